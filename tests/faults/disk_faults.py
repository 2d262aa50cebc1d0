"""Faults that keep the database from being written while they last."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from arboris_desktop.domain.errors import StorageError
from tests.faults.provider_desk import ProviderDesk
from tests.faults.small_disk import fill


class DiskFault(Protocol):
    """Something that keeps the database from being written while it lasts."""

    def begin(self) -> None:
        """From now on nothing can be stored."""

    def end(self) -> None:
        """From now on everything can be stored again."""


class Locked:
    """Another program writes and does not end."""

    def __init__(self, desk: ProviderDesk) -> None:
        self._path = desk.database.paths.database
        self._other: sqlite3.Connection | None = None

    def begin(self) -> None:
        self._other = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        self._other.execute("BEGIN IMMEDIATE")

    def end(self) -> None:
        assert self._other is not None
        self._other.close()


class _Pragma:
    """A setting of SQLite's that our one writing connection is given between two transactions."""

    during = after = ""

    def __init__(self, desk: ProviderDesk) -> None:
        self._database = desk.database

    def _set(self, pragma: str) -> None:
        with self._database.open_file() as writer:
            writer.execute(f"PRAGMA {pragma}")

    def begin(self) -> None:
        self._set(self.during)

    def end(self) -> None:
        self._set(self.after)


class MayNotGrow(_Pragma):
    """The database may not take another page, as on a full disk."""

    during, after = "max_page_count = 1", "max_page_count = 1000000"


class ReadOnly(_Pragma):
    """The database may only be read."""

    during, after = "query_only = ON", "query_only = OFF"


class Full:
    """The disk is really full."""

    def __init__(self, desk: ProviderDesk) -> None:
        self._disk = desk.database.paths.home.parent
        self._ballast = self._disk

    def begin(self) -> None:
        self._ballast = fill(self._disk)

    def end(self) -> None:
        self._ballast.unlink()


class _Listener(logging.Handler):
    def __init__(self, noticed: threading.Event) -> None:
        super().__init__(logging.WARNING)
        self._noticed = noticed

    def emit(self, record: logging.LogRecord) -> None:
        values = record.args if isinstance(record.args, tuple) else ()
        if any(isinstance(value, StorageError) for value in values):
            self._noticed.set()


@contextmanager
def storage_fault_noticed() -> Iterator[threading.Event]:
    """An event that is set as soon as the application logs that something cannot be stored.

    Not SQLAlchemy's ``handle_error``: the statements that begin transactions pass it by.
    """
    noticed = threading.Event()
    listener = _Listener(noticed)
    log = logging.getLogger("arboris_desktop")
    log.addHandler(listener)
    try:
        yield noticed
    finally:
        log.removeHandler(listener)
