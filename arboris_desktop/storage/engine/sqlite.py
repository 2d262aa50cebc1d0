"""One SQLite engine with the pragmas that make a commit mean something."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, ExceptionContext, create_engine, event

from arboris_desktop.storage.engine.private_files import close_to_others

BUSY_SECONDS = 5.0
"""The time for which a statement waits for another writer before it reports a locked database."""


def create_database_engine(
    path: Path, before_connecting: Callable[[], None] = lambda: None, *, writes: bool = False
) -> Engine:
    """An engine for the file in WAL mode; each commit is flushed to the disk (``FULL``).

    ``writes``: its transactions take the lock for writing at once, and it never has more than
    one connection; whoever comes second waits. A deferred transaction that reads first and writes
    later would fail with SQLITE_BUSY however long it had waited. ``before_connecting`` may raise
    what forbids another connection.
    """
    engine = create_engine(
        URL.create("sqlite", database=str(path)),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False},
        pool_size=1 if writes else 5,
        max_overflow=0 if writes else 10,
    )
    event.listen(engine, "do_connect", lambda *_of_connection: before_connecting())
    event.listen(engine, "connect", lambda connection, _record: _prepare(connection, path))
    event.listen(engine, "begin", _begin_immediate if writes else _begin)
    event.listen(engine, "handle_error", _stay_connected)
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


def _stay_connected(context: ExceptionContext) -> None:
    """Keeps the connection when a signal ends a command amid a statement.

    SQLAlchemy would close it, as a server's is in an unknown state then. One to a file is not: the
    signal waits until SQLite has done the statement. Closed with a result that is not read to its
    end, it would keep the lock for writing from whoever is to clear up.
    """
    if not isinstance(context.original_exception, Exception):
        context.is_disconnect = False


def _begin(connection: Connection) -> None:
    _execute_bare(connection, "BEGIN")


def _begin_immediate(connection: Connection) -> None:
    # Within ``writing`` the transaction has begun before SQLAlchemy took part in it.
    if not driver_connection(connection).in_transaction:
        _execute_bare(connection, "BEGIN IMMEDIATE")


class Writing:
    """One transaction that holds the lock for writing from its begin to its end.

    It begins and ends past SQLAlchemy, whose own bookkeeping takes longer than SQLite where a
    block runs but one prepared statement; SQLAlchemy joins with the first statement it is given.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._driver = driver_connection(connection)

    def __enter__(self) -> sqlite3.Connection:
        self._driver.execute("BEGIN IMMEDIATE")
        return self._driver

    def __exit__(self, kind: type[BaseException] | None, _error: object, _trace: object) -> None:
        if kind is not None:
            self._ending().rollback()
            return
        try:
            self._ending().commit()
        except BaseException:
            # A commit that met a full disk may leave the transaction open.
            self._ending().rollback()
            raise

    def _ending(self) -> Connection | sqlite3.Connection:
        """Returns who ends what the driver has begun: SQLAlchemy where it takes part."""
        return self._connection if self._connection.in_transaction() else self._driver


def driver_connection(connection: Connection) -> sqlite3.Connection:
    """Returns the driver's own connection, for the few statements that pass SQLAlchemy by."""
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection)
    return driver


def _execute_bare(connection: Connection, statement: str) -> None:
    """Past SQLAlchemy, whose care for a result that has no rows takes longer than the statement."""
    driver_connection(connection).execute(statement)


def raise_generation(driver: sqlite3.Connection, *, by_much: bool = False) -> int:
    """Raises the number in the file's header within a transaction, and returns it.

    ``by_much`` makes one that no copy of the file can have come to by itself.
    """
    (present,) = driver.execute("PRAGMA user_version").fetchone()
    generation = int(present) + 1 + (secrets.randbelow(1 << 16) if by_much else 0)
    driver.execute(f"PRAGMA user_version = {generation}")
    return generation


def empty_log(driver: sqlite3.Connection) -> bool:
    """Moves all of the write-ahead log into the file; false while somebody still reads from it."""
    (busy, _frames, _moved) = driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy
