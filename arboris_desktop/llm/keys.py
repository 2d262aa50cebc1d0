"""Keys of providers: in the operating system's keyring, and nowhere else."""

from __future__ import annotations

from typing import Protocol

from arboris_desktop.domain.errors import ArborisError, ErrorKind


class KeyStore(Protocol):
    """Keeps one key for each provider address."""

    def get(self, profile: str) -> str | None:
        """The key, or ``None``; raises ``ArborisError`` (``KEYRING``)."""
        ...

    def set(self, profile: str, key: str) -> None:
        """Stores a key, or removes it when empty; raises ``ArborisError`` (``KEYRING``)."""
        ...


class KeyringStore:
    """The keyring of the desktop session.

    Where there is none, a key is kept in memory until the app ends, and ``set`` says so by
    raising after it has been kept.
    """

    def __init__(self, service: str = "arboris-desktop") -> None:
        self._service = service
        self._session: dict[str, str] = {}

    def get(self, profile: str) -> str | None:
        """See ``KeyStore``."""
        if profile in self._session:
            return self._session[profile]
        import keyring  # imported when a key is needed: it looks for back ends on import
        from keyring.errors import KeyringError

        try:
            return keyring.get_password(self._service, profile)
        except (KeyringError, OSError, RuntimeError):
            # No keyring to ask means no stored key: the provider will say if it needs one.
            return None

    def set(self, profile: str, key: str) -> None:
        """See ``KeyStore``."""
        import keyring
        from keyring.errors import KeyringError, PasswordDeleteError

        self._session.pop(profile, None)
        try:
            if key:
                keyring.set_password(self._service, profile, key)
            elif self.get(profile) is not None:
                keyring.delete_password(self._service, profile)
        except PasswordDeleteError:
            return
        except (KeyringError, OSError, RuntimeError) as error:
            self._session[profile] = key
            raise ArborisError(
                ErrorKind.KEYRING, "no keyring is available; the key is kept until the app ends"
            ) from error


class SessionKeyStore:
    """Keys in memory only, for scripts and tests."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def get(self, profile: str) -> str | None:
        """See ``KeyStore``."""
        return self._keys.get(profile)

    def set(self, profile: str, key: str) -> None:
        """See ``KeyStore``."""
        self._keys[profile] = key
