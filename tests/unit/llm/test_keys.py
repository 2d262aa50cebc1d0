from __future__ import annotations

from collections.abc import Iterator

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring
from keyring.errors import KeyringLocked

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.llm.keys import KeyringOrSession, KeyringStore, KeyStore, SessionKeyStore


class MemoryKeyring(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.stored: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.stored.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.stored[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.stored[service, username]


class LockedKeyring(MemoryKeyring):
    def get_password(self, service: str, username: str) -> str | None:
        raise KeyringLocked("locked")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise RuntimeError(f"D-Bus says no to {password}")


@pytest.fixture
def backend() -> Iterator[MemoryKeyring]:
    before = keyring.get_keyring()
    backend = MemoryKeyring()
    keyring.set_keyring(backend)
    yield backend
    keyring.set_keyring(before)


@pytest.fixture(params=["keyring", "session"])
def store(request: pytest.FixtureRequest, backend: MemoryKeyring) -> KeyStore:
    return KeyringStore() if request.param == "keyring" else SessionKeyStore()


def test_a_key_is_kept_replaced_and_forgotten(store: KeyStore) -> None:
    assert store.get("provider") is None
    store.set("provider", "first")
    store.set("provider", "second")
    store.set("other", "third")
    assert store.get("provider") == "second"
    store.delete("provider")
    store.delete("provider")
    assert store.get("provider") is None
    assert store.get("other") == "third"


def test_keys_lie_under_the_name_of_the_application(backend: MemoryKeyring) -> None:
    KeyringStore().set("provider", "secret")
    assert backend.stored == {("arboris-desktop", "provider"): "secret"}


def test_a_locked_keyring_is_named(backend: MemoryKeyring) -> None:
    keyring.set_keyring(LockedKeyring())
    for call in (lambda: KeyringStore().get("p"), lambda: KeyringStore().delete("p")):
        with pytest.raises(ArborisError) as caught:
            call()  # type: ignore[no-untyped-call]
        assert caught.value.kind is ErrorKind.KEYRING


def test_where_there_is_no_keyring_there_is_no_key(backend: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    KeyringStore().delete("p")
    assert KeyringStore().get("p") is None
    with pytest.raises(ArborisError) as caught:
        KeyringStore().set("p", "sk-secret")
    assert caught.value.kind is ErrorKind.KEYRING


def test_a_key_for_the_session_needs_no_keyring(backend: MemoryKeyring) -> None:
    keyring.set_keyring(NoKeyring())  # type: ignore[no-untyped-call]
    keys = KeyringOrSession(KeyringStore())
    keys.keep_for_session("p", "sk-secret")
    assert keys.get("p") == "sk-secret"
    keys.delete("p")
    assert keys.get("p") is None


def test_a_key_that_can_be_stored_replaces_that_of_the_session(backend: MemoryKeyring) -> None:
    keys = KeyringOrSession(KeyringStore())
    keys.keep_for_session("p", "of the session")
    keys.set("p", "stored")
    assert keys.get("p") == "stored"
    assert backend.stored == {("arboris-desktop", "p"): "stored"}


def test_the_error_does_not_quote_the_key(backend: MemoryKeyring) -> None:
    keyring.set_keyring(LockedKeyring())
    with pytest.raises(ArborisError) as caught:
        KeyringStore().set("provider", "sk-secret")
    assert "sk-secret" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
