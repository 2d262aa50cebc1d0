"""One SQLite engine with the pragmas that make a commit mean something."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

from arboris_desktop.storage.engine.private_files import close_to_others

BUSY_SECONDS = 5.0
"""The time for which a statement waits for another writer before it reports a locked database."""


def create_database_engine(path: Path, *, writes: bool = False) -> Engine:
    """An engine for the file in WAL mode; each commit is flushed to the disk (``FULL``).

    ``writes``: its transactions take the lock for writing at once, and it never has more than
    one connection; whoever comes second waits. A deferred transaction that reads first and writes
    later would fail with SQLITE_BUSY however long it had waited.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=1 if writes else 5,
        max_overflow=0 if writes else 10,
    )
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, path))
    event.listen(engine, "begin", _begin_immediate if writes else _begin)
    return engine


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    # SQLite has made the file if there was none; what it makes beside it gets the same rights.
    close_to_others(path)
    # We begin transactions ourselves: the driver's own would begin too late and not IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    _execute_bare(connection, "BEGIN")


def _begin_immediate(connection: Connection) -> None:
    _execute_bare(connection, "BEGIN IMMEDIATE")


def _execute_bare(connection: Connection, statement: str) -> None:
    """Past SQLAlchemy, whose care for a result that has no rows takes longer than the statement."""
    driver_connection = connection.connection.driver_connection
    assert isinstance(driver_connection, sqlite3.Connection)
    driver_connection.execute(statement)
