"""A library in a file of this machine: SQLite's side of the port (``engine.port``)."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from sqlalchemy import Connection, Engine

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.database_file import DatabaseFile
from arboris_desktop.storage.engine.errors import storage_errors
from arboris_desktop.storage.engine.group_commit import GroupCommit
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.migrate import upgrade
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.sqlite import (
    Writing,
    create_database_engine,
    driver_connection,
    empty_log,
    raise_generation,
)

_GENERATION_SECONDS = 1.0
"""The shortest time between two raises of the file's generation, in seconds."""


class SqliteStore:
    """Opens the file, migrated to the present schema, or makes it."""

    is_shared = False

    def __init__(
        self, paths: DataPaths, clock: Clock, make_schema: Callable[[Engine], None]
    ) -> None:
        self.place = str(paths.database)
        self._commits = GroupCommit(self._transaction)
        if not paths.database.exists():
            # A start that finds a library makes none.
            from arboris_desktop.storage.engine.creation import create_database

            create_database(paths.database, make_schema)
        self._file = DatabaseFile(paths.database)
        self._readers = create_database_engine(paths.database, self._refuse_another)
        # One connection for all writing: SQLite then tells by it what others wrote.
        self._writer = create_database_engine(paths.database, writes=True)
        self._connection: Connection | None = None
        self._seen_version: int | None = None
        self._generation_at = 0.0
        try:
            with storage_errors():
                upgrade(self._writer, paths.database, paths.backups, clock)
                # What hinders opening it, such as a full disk, is told now; the connection stays.
                with self._readers.connect(), self._writer.connect():
                    pass
            self._refuse_another()
        except BaseException:
            self.close()
            raise

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A consistent view; what is written in it is not kept."""
        with storage_errors(), self._readers.connect() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction that is on the disk when the block has ended, or left no trace."""
        with self._commits.alone(), self._transaction() as connection:
            yield connection

    def claiming(self) -> AbstractContextManager[Connection]:
        """As ``writing``, but what other threads do meanwhile may be committed with it."""
        return self._commits.together()

    def writing_in(self, _novel: str) -> AbstractContextManager[Connection]:
        """As ``claiming``: a file has one writer."""
        return self._commits.together()

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        """One of who has the right to write."""
        self._file.refuse_exchanged(self._renew)
        try:
            connection = self._writing_connection()
            with storage_errors(), Writing(connection) as driver:
                self._age(driver)
                yield connection
        except BaseException:
            self._drop_writing_connection()
            raise
        # What was written into a file that is not there any more is not stored.
        self._file.refuse_exchanged(self._renew)

    def _writing_connection(self) -> Connection:
        """Returns the connection that writes; it stays open, for whoever has the turn."""
        if self._connection is None:
            with storage_errors():
                self._connection = self._writer.connect()
        return self._connection

    def _drop_writing_connection(self) -> None:
        """Gives the connection back after a failure: the pool knows if it can be used again."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.close()

    def clock(self) -> Clock:
        """This machine's, which all who open the file share."""
        return utc_now

    def known_to_others(self, instance: Instance) -> Instance:
        """The instance itself: its locks are files beside the library."""
        return instance

    # --- the file ---

    def refuse_exchanged(self) -> None:
        """Raises ``StorageError`` (DATABASE_EXCHANGED) when another file is in the place of the one
        that is open, or none."""
        with self._commits.alone():
            self._file.refuse_exchanged(self._renew)

    def _refuse_another(self) -> None:
        """Nobody may connect to a file that came to the place of the one that is open."""
        if not self._file.seems_in_place():
            self.refuse_exchanged()

    @contextmanager
    def open_file(self) -> Iterator[sqlite3.Connection]:
        """The file that is open, wherever it is by now; nothing is written meanwhile."""
        with self._commits.alone(), storage_errors():
            yield driver_connection(self._writing_connection())

    def _age(self, driver: sqlite3.Connection) -> None:
        """Lets older copies of the file be told from it, by one more write each second."""
        if time.monotonic() - self._generation_at >= _GENERATION_SECONDS:
            raise_generation(driver)
            self._generation_at = time.monotonic()

    def _renew(self) -> int:
        try:
            with storage_errors(), Writing(self._writing_connection()) as driver:
                generation = raise_generation(driver, by_much=True)
            with storage_errors():
                is_empty = empty_log(driver_connection(self._writing_connection()))
        except BaseException:
            self._drop_writing_connection()
            raise
        if not is_empty:
            raise StorageError(ErrorKind.DATABASE_LOCKED, "its log is being read")
        return generation

    def changed_elsewhere(self, *, wait: bool) -> bool:
        """True if another process wrote since the last call.

        Costs no more than a look at the shared memory of the WAL (SQLite's ``data_version``), and
        at the file itself.
        """
        with self._commits.alone(wait=wait) as is_alone:
            if not is_alone:
                return False
            self._file.refuse_exchanged(self._renew)
            with storage_errors():
                version = self._data_version()
        seen, self._seen_version = self._seen_version, version
        return seen is not None and seen != version

    def on_change(self, _heard: Callable[[], None]) -> Callable[[], None]:
        """Nobody tells: a look costs no query."""
        return lambda: None

    def _data_version(self) -> int:
        """Reads outside any transaction: this connection's would take the lock for writing."""
        cursor = driver_connection(self._writing_connection()).execute("PRAGMA data_version")
        return int(cursor.fetchone()[0])

    def close(self) -> None:
        """Closes every connection."""
        self._drop_writing_connection()
        self._readers.dispose()
        self._writer.dispose()
        self._file.close()
