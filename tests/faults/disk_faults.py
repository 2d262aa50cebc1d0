"""Faults that keep the database from being written while they last."""

from __future__ import annotations

import sqlite3
from typing import Protocol

from sqlalchemy import event

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
    """A setting of SQLite's that our one writing connection is given with each transaction."""

    during = after = ""

    def __init__(self, desk: ProviderDesk) -> None:
        self._now = self.after
        event.listen(desk.database._writer, "checkout", self._set)

    def _set(self, connection: sqlite3.Connection, *_others: object) -> None:
        connection.execute(f"PRAGMA {self._now}")

    def begin(self) -> None:
        self._now = self.during

    def end(self) -> None:
        self._now = self.after


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
