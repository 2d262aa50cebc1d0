"""Reading the rows of a foreign database, which may be damaged, forged, or in use."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from arboris_desktop.domain.errors import ArborisError, ErrorKind

Row = dict[str, Any]

_CHANGES = b"\x37\x7f\x06"
"""The beginning of every file of changes that SQLite writes; it passes over others in silence."""
_PROJECTS = "novel_projects"
_MOST_ROWS = 2_000_000
_LONGEST = 128 * 1024 * 1024
"""Bytes of one value."""


class ForeignDatabase:
    """An open database of Arboris-Novel. Nothing is written to it."""

    def __init__(self, connection: sqlite3.Connection, *, is_behind: bool = False) -> None:
        self._connection = connection
        self.is_behind = is_behind
        """True if changes of the last minutes lie in a file beside it that could not be read."""
        self.columns = {name: self._columns_of(name) for name in self._tables()}
        """The columns of each table."""
        self._rows_left = _MOST_ROWS

    def projects(self) -> list[Row]:
        """The novels, the oldest first. Raises ``ArborisError`` where there are none."""
        columns = self.columns.get(_PROJECTS, ())
        if "id" not in columns or "title" not in columns:
            raise unreadable("the database is not one of Arboris-Novel")
        if "provider_profiles" in self.columns and "user_id" not in columns:
            raise unreadable("this is a library of Arboris Desktop: restore it as a backup")
        found = list(self.rows(_PROJECTS, "1", ()))
        if not found:
            raise unreadable("there is no novel in the database")
        return found

    def of_project(self, table: str, project_id: Any) -> list[Row]:
        """The rows of a table that belong to a novel, in the order of their ids."""
        columns = self.columns.get(table, ())
        if "project_id" in columns:
            return list(self.rows(table, "project_id = ?", (project_id,)))
        if "chapter_id" in columns and "project_id" in self.columns.get("chapters", ()):
            where = "chapter_id IN (SELECT id FROM chapters WHERE project_id = ?)"
            return list(self.rows(table, where, (project_id,)))
        return []

    def rows(self, table: str, where: str, values: tuple[Any, ...]) -> Iterator[Row]:
        """The rows for which a condition holds."""
        columns = self.columns[table]
        names = ", ".join(map(_quoted, columns))
        order = " ORDER BY id" if "id" in columns else ""
        query = f"SELECT {names} FROM {_quoted(table)} WHERE {where}{order}"
        for row in self._connection.execute(query, values):
            self._rows_left -= 1
            if self._rows_left < 0:
                raise unreadable("the database has too many rows")
            yield dict(zip(columns, row, strict=True))

    def _tables(self) -> list[str]:
        query = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        return [str(name) for (name,) in self._connection.execute(query)]

    def _columns_of(self, table: str) -> tuple[str, ...]:
        query = f"PRAGMA table_info({_quoted(table)})"
        return tuple(str(row[1]) for row in self._connection.execute(query))


@contextmanager
def open_database(path: Path) -> Iterator[ForeignDatabase]:
    """Opens a file to read; raises ``ArborisError`` (``FILE_UNREADABLE``) with what is wrong."""
    try:
        found, is_behind = _connect(path)
        with closing(found) as connection:
            yield ForeignDatabase(connection, is_behind=is_behind)
    except (sqlite3.Error, UnicodeDecodeError, OverflowError) as error:
        raise unreadable(f"{path.name} is damaged or in use ({error})") from error


def unreadable(reason: str) -> ArborisError:
    """The error for a database from which no book can be read."""
    return ArborisError(ErrorKind.FILE_UNREADABLE, reason)


def _connect(path: Path) -> tuple[sqlite3.Connection, bool]:
    """The database, and whether it was opened without the changes that lie beside it."""
    try:
        found = _checked(f"{path.absolute().as_uri()}?mode=ro")
        return found, _beside(path)[:3] not in (b"", _CHANGES)
    except sqlite3.OperationalError:
        # Beside a file that was copied from a running server, what it needs may be missing.
        found = _checked(f"{path.absolute().as_uri()}?mode=ro&immutable=1")
        return found, bool(_beside(path))


def _beside(path: Path) -> bytes:
    """The beginning of the file with the newest changes; empty if there are none."""
    try:
        with path.with_name(f"{path.name}-wal").open("rb") as file:
            return file.read(len(_CHANGES))
    except FileNotFoundError:
        return b""
    except OSError:  # it is there and cannot be read
        return b"?"


def _checked(address: str) -> sqlite3.Connection:
    connection = sqlite3.connect(address, uri=True, timeout=5, check_same_thread=False)
    try:
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST)
        for pragma in ("trusted_schema = OFF", "query_only = ON", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
        answer = connection.execute("PRAGMA quick_check(1)").fetchone()
        if answer is None or answer[0] != "ok":
            raise sqlite3.DatabaseError(str(answer[0]) if answer else "no answer")
    except BaseException:
        connection.close()
        raise
    return connection


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
