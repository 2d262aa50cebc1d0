"""A round's library on a server, looked at past the app: it may be the app that is wrong."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from tests.faults.invariants import Snapshot
from tests.support.servers import Reading, Server


@dataclass(frozen=True, slots=True)
class ServerLibrary:
    """A database of the tests' server."""

    server: Server
    address: str

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Runs a statement that is written for SQLite, and returns its rows."""
        found = self.server.rows(self.address, query, *values)
        assert found is not None, "there is no server"
        return found

    def look(self, query: str, *values: object) -> object:
        """The first value of a query; ``None`` if there is none, or no server now."""
        found = self.server.rows(self.address, query, *values)
        return found[0][0] if found else None

    @contextmanager
    def as_file(self, empty: Path, folder: Path) -> Iterator[Snapshot]:
        """All of it at one moment, in a file with the tables of another one: what is asked of a
        file can be asked of it."""
        folder.mkdir(parents=True, exist_ok=True)
        copy = folder / empty.name
        for left in folder.glob(f"{copy.name}*"):
            left.unlink()
        shutil.copy(empty, copy)
        with closing(sqlite3.connect(copy)) as file:
            file.execute("PRAGMA foreign_keys = OFF")
            with self.server.snapshot(self.address) as read, file:
                for table in _tables(file):
                    _copy(read, file, table)
            yield Snapshot(file, copy)

    def blocked(self) -> list[str]:
        """Nothing that a dead process left keeps others out."""
        return ["the turn to write is taken"] if self.server.is_blocked(self.address) else []


def _tables(file: sqlite3.Connection) -> list[str]:
    names = file.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in names if not name.startswith(("passages_fts", "sqlite_"))]


def _copy(read: Reading, file: sqlite3.Connection, table: str) -> None:
    columns = [row[1] for row in file.execute(f"PRAGMA table_info({table})")]
    names = ", ".join(f'"{name}"' for name in columns)
    file.execute(f"DELETE FROM {table}")
    rows = read(table, columns)
    places = ", ".join("?" * len(columns))
    file.executemany(
        f"INSERT INTO {table} ({names}) VALUES ({places})",
        (tuple(map(_stored, row)) for row in rows),
    )


def _stored(value: Any) -> Any:
    """The value as SQLite keeps it."""
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S.%f")
    return json.dumps(value) if isinstance(value, dict | list) else value
