"""One SQLite engine with the pragmas that make a commit mean something."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, create_engine, event

BUSY_SECONDS = 5.0
"""How long a statement waits for another writer before it reports a locked database."""


def create_database_engine(path: Path, *, only_one: bool = False) -> Engine:
    """An engine for the file in WAL mode; each commit is flushed to the disk (``FULL``).

    ``only_one``: it never has more than one connection; whoever comes second waits.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=1 if only_one else 5,
        max_overflow=0 if only_one else 10,
    )
    event.listen(engine, "connect", _set_pragmas)
    event.listen(engine, "begin", _begin)
    return engine


def _set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
    # We begin transactions ourselves: the driver's own would begin too late and not IMMEDIATE.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.close()


def _begin(connection: Connection) -> None:
    # A deferred transaction that reads first and writes later fails with SQLITE_BUSY however
    # long it would have waited; a writer therefore takes the lock at once.
    immediate = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")
