"""API keys: in the operating system's keyring, or in memory for the session only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from arboris_desktop.domain.errors import ArborisError, ErrorKind

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")


class KeyStore(Protocol):
    """Stores one secret per profile. Every method may raise ``ArborisError`` (KEYRING)."""

    def get(self, profile: str) -> str | None:
        """Returns the key, or ``None`` if none is set."""
        ...

    def set(self, profile: str, key: str) -> None:
        """Stores the key, replacing an older one."""
        ...

    def delete(self, profile: str) -> None:
        """Deletes the key; does nothing if there is none."""
        ...


class SessionKeyStore:
    """Keeps keys in memory, as the fallback without a keyring. They are gone at exit."""

    def __init__(self) -> None:
        self._keys: dict[str, str] = {}

    def get(self, profile: str) -> str | None:
        """The key, or ``None``."""
        return self._keys.get(profile)

    def set(self, profile: str, key: str) -> None:
        """Remembers the key until the process ends."""
        self._keys[profile] = key

    def delete(self, profile: str) -> None:
        """Forgets the key."""
        self._keys.pop(profile, None)


class KeyringStore:
    """Keeps keys in the operating system's keyring.

    Calls may block: make them off the GUI thread.
    """

    def __init__(self, service: str = "arboris-desktop") -> None:
        self._service = service

    def get(self, profile: str) -> str | None:
        """Returns the key, or ``None``; without a keyring there is none.

        Raises ``ArborisError`` (KEYRING) if the keyring is locked or fails.
        """
        if keyring_name() is None:
            # A server on this computer needs no key, and therefore no keyring.
            return None
        keyring = _keyring()
        return _guarded(lambda: keyring.get_password(self._service, profile))

    def set(self, profile: str, key: str) -> None:
        """Stores the key. Raises ``ArborisError`` (KEYRING) without a usable keyring."""
        keyring = _keyring()
        _guarded(lambda: keyring.set_password(self._service, profile, key))

    def delete(self, profile: str) -> None:
        """Deletes the key. Raises ``ArborisError`` (KEYRING) without a usable keyring."""
        # Backends disagree about deleting a missing entry; asking first works with all of them.
        if self.get(profile) is not None:
            keyring = _keyring()
            _guarded(lambda: keyring.delete_password(self._service, profile))


class KeyringOrSession:
    """The keyring, and the keys that the author allowed to be kept for this session."""

    def __init__(self, keyring: KeyStore) -> None:
        self._keyring = keyring
        self._session = SessionKeyStore()

    def get(self, profile: str) -> str | None:
        """The key of this session, else that of the keyring. Raises ``ArborisError`` (KEYRING)."""
        return self._session.get(profile) or self._keyring.get(profile)

    def set(self, profile: str, key: str) -> None:
        """Stores the key in the keyring. Raises ``ArborisError`` (KEYRING)."""
        self._keyring.set(profile, key)
        self._session.delete(profile)

    def keep_for_session(self, profile: str, key: str) -> None:
        """Keeps the key in memory, ahead of the keyring's, until the process ends."""
        self._session.set(profile, key)

    def delete(self, profile: str) -> None:
        """Deletes the key everywhere. Raises ``ArborisError`` (KEYRING)."""
        self._session.delete(profile)
        self._keyring.delete(profile)


def keyring_name() -> str | None:
    """Returns a short name of the keyring, such as ``SecretService``; ``None`` if there is none.

    It reads nothing, so that a locked keyring does not prompt for a password.
    """
    chosen = type(_keyring())
    place = chosen.__module__.removeprefix("keyring.backends.")
    return None if place in ("fail", "null") else place


class _Keyring(Protocol):
    def get_password(self, service: str, user: str) -> str | None: ...
    def set_password(self, service: str, user: str, password: str) -> None: ...
    def delete_password(self, service: str, user: str) -> None: ...


def _keyring() -> _Keyring:
    # Imported at first use: it searches all installed packages for backends, which would delay the
    # start of the window.
    import keyring

    return _guarded(keyring.get_keyring)


def _guarded(call: Callable[[], T]) -> T:
    try:
        return call()
    except Exception as error:
        # Backends raise errors of their own libraries (D-Bus, Win32, macOS) besides KeyringError.
        # Only the type is reported and the chain is cut: the messages might contain the secret.
        name = type(error).__name__
    raise ArborisError(ErrorKind.KEYRING, f"the system's keyring cannot be used ({name})")
