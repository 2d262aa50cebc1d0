"""The database of a server, by its address in ``ARBORIS_DATABASE_URL``."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from arboris_desktop.domain.errors import ErrorKind, StorageError

if TYPE_CHECKING:
    from arboris_desktop.storage.engine.port import Store


_DRIVERS = {
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "mysql+pymysql": "mysql+pymysql",
    "mariadb": "mysql+pymysql",
    "mariadb+pymysql": "mysql+pymysql",
}
"""By the beginnings of addresses."""


def open_server(address: str) -> Store:
    """Connects to the database of an address; raises ``StorageError``."""
    url = _url(address)
    try:
        return _store_of(url.get_backend_name())(url)
    except ImportError as error:
        raise _refusal("its driver is missing: install arboris-desktop[databases]") from error


def _store_of(kind: str) -> Callable[[URL], Store]:
    if kind == "mysql":
        from arboris_desktop.storage.mysql.store import MySqlStore

        return MySqlStore
    from arboris_desktop.storage.postgres.store import PostgresStore

    return PostgresStore


def _url(address: str) -> URL:
    try:
        url = make_url(address)
    except ArgumentError as error:
        # Without the address: there may be a password in it.
        raise _refusal("that is no address such as postgresql+psycopg://user@host/name") from error
    driver = _DRIVERS.get(url.drivername)
    if driver is None:
        known = "postgresql+psycopg://… and mysql+pymysql://…"
        raise _refusal(f"{url.drivername}: only {known} can be used")
    if not url.database:
        raise _refusal("the address names no database")
    return url.set(drivername=driver)


def _refusal(reason: str) -> StorageError:
    return StorageError(ErrorKind.BROKEN_VARIABLE, f"ARBORIS_DATABASE_URL: {reason}")
