"""The database of a server, by its address in ``ARBORIS_DATABASE_URL``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from arboris_desktop.domain.errors import ErrorKind, StorageError

if TYPE_CHECKING:
    from arboris_desktop.storage.engine.port import Store


def open_server(address: str) -> Store:
    """Connects to the database of an address; raises ``StorageError``."""
    url = _url(address)
    try:
        from arboris_desktop.storage.postgres.store import PostgresStore
    except ImportError as error:
        raise _refusal("its driver is missing: install arboris-desktop[databases]") from error
    return PostgresStore(url)


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        # Without the address: there may be a password in it.
        raise _refusal("that is no address such as postgresql+psycopg://user@host/name") from error
    kind = url.get_backend_name()
    if kind in ("mysql", "mariadb"):
        raise _refusal("MySQL and MariaDB cannot be used yet, PostgreSQL can")
    if url.drivername not in ("postgresql", "postgresql+psycopg"):
        raise _refusal(f"{url.drivername}: only postgresql+psycopg://… can be used")
    if not url.database:
        raise _refusal("the address names no database")
    return url.set(drivername="postgresql+psycopg")


def _refusal(reason: str) -> StorageError:
    return StorageError(ErrorKind.BROKEN_VARIABLE, f"ARBORIS_DATABASE_URL: {reason}")
