"""Statements that a database was asked."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from arboris_desktop.storage.database import Database
from tests.support.sqlite_of import sqlite_of


@contextmanager
def counted(database: Database) -> Iterator[list[str]]:
    """The reading statements that are run within the block."""
    statements: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_others: object) -> None:
        statements.append(statement)

    event.listen(sqlite_of(database)._readers, "before_cursor_execute", note)
    yield statements
    event.remove(sqlite_of(database)._readers, "before_cursor_execute", note)
