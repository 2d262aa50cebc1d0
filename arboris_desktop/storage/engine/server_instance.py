"""A living process as a server's database knows it: by a session that stays open, and its locks.

The server frees them when a process or its machine is gone, as the system frees those of files.
"""

from __future__ import annotations

import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from arboris_desktop.storage.engine.instances import Instance


class ServerInstance(Instance, ABC):
    """This process as all processes at a server's database see it.

    A session that was lost is opened again with what it held when it is next asked for. The files
    that are noted stay this machine's affair. ``errors`` raises the server's errors as ours.
    """

    def __init__(
        self, local: Instance, engine: Engine, errors: Callable[[], AbstractContextManager[None]]
    ) -> None:
        self.owner = local.owner
        self._local = local
        self._engine = engine
        self._errors = errors
        self._one_at_a_time = threading.RLock()
        self._held: list[str] = []
        self._connection: Connection | None = None

    @abstractmethod
    def _prepare(self, connection: Connection) -> None:
        """Makes a session that was just opened known as this process's."""

    @abstractmethod
    def _acquire(self, connection: Connection, name: str) -> bool:
        """Takes the lock of a name; false if another session has it."""

    @abstractmethod
    def _release(self, connection: Connection, name: str) -> None: ...

    @abstractmethod
    def _release_all(self, connection: Connection) -> None:
        """Gives up all that the session holds, itself included."""

    def is_live(self, owner: str) -> bool:
        """True if an owner's session is open."""
        return owner in self.live_owners()

    @contextmanager
    def claim(self, name: str) -> Iterator[bool]:
        """Yields true if this block alone, of all processes on all machines, holds the name."""
        is_free = self._take(name)
        try:
            yield is_free
        finally:
            if is_free:
                self._give_back(name)

    def _take(self, name: str) -> bool:
        with self._session() as connection:
            # A session is given a lock again that it holds.
            if name in self._held or not self._acquire(connection, name):
                return False
            self._held.append(name)
            return True

    def _give_back(self, name: str) -> None:
        with self._one_at_a_time:
            self._held.remove(name)
            if self._connection is None:
                return
            try:
                self._release(self._connection, name)
            except DBAPIError:
                self._drop()  # and with the session its locks

    @contextmanager
    def noting(self, path: Path) -> Iterator[None]:
        """Notes a file of this machine that is only there while the block runs."""
        with self._local.noting(path):
            yield

    def close(self) -> None:
        """Says that this process no longer owns anything."""
        with self._one_at_a_time:
            if self._connection is not None:
                # The server takes a moment to notice that a session has ended.
                with suppress(DBAPIError):
                    self._release_all(self._connection)
            self._drop()
        self._local.close()

    @contextmanager
    def _session(self) -> Iterator[Connection]:
        with self._one_at_a_time, self._errors():
            try:
                yield self._open()
            except DBAPIError:
                self._drop()
                raise

    def _open(self) -> Connection:
        if self._connection is not None:
            try:
                self._connection.execute(text("SELECT 1"))
            except DBAPIError:
                self._drop()
        if self._connection is None:
            self._connection = self._begin()
        return self._connection

    def _begin(self) -> Connection:
        connection = self._engine.connect()
        try:
            self._prepare(connection)
            for held in self._held:
                self._acquire(connection, held)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()
