"""Living processes on all machines, known by the locks of their sessions at the server.

The server frees them when a process or its machine is gone, as the system frees those of files.
It does not list them: the names that are held are rows, which count while their lock is held.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.mysql.faults import server_errors
from arboris_desktop.storage.mysql.schema import LIVING

log = logging.getLogger(__name__)

SESSION_SECONDS = 60
"""The time after which the server ends the session of a machine that says nothing any more."""

_SIGN_SECONDS = 15.0

_OWNER = "owner "
"""Before an owner in its name."""


def _lock_of(name: str) -> str:
    """The server's locks are those of all its databases, and have short names."""
    return f"CONCAT('arboris ', SHA1(CONCAT(DATABASE(), ' ', {name})))"


_LOCK = text(f"SELECT GET_LOCK({_lock_of(':name')}, 0)")
_UNLOCK = text(f"SELECT RELEASE_LOCK({_lock_of(':name')})")
_NOTE = text(f"INSERT IGNORE INTO {LIVING} (name) VALUES (:name)")
_FORGET = text(f"DELETE FROM {LIVING} WHERE name = :name")
_HELD = f"IS_USED_LOCK({_lock_of('name')})"
_FORGET_DEAD = text(f"DELETE FROM {LIVING} WHERE {_HELD} IS NULL")
_LIVE = text(
    f"SELECT name FROM {LIVING} WHERE LEFT(name, CHAR_LENGTH(:prefix)) = :prefix"
    f" AND {_HELD} IS NOT NULL"
)


class NotedInstance(Instance):
    """This process as all processes at a server's database see it.

    Its session stays open, and gives signs of life; one that was lost is opened again with what it
    held when it is next asked for. The files that are noted stay this machine's affair.
    """

    def __init__(self, local: Instance, engine: Engine) -> None:
        self.owner = local.owner
        self._local = local
        self._engine = engine
        self._one_at_a_time = threading.RLock()
        self._held = [f"{_OWNER}{self.owner}"]
        self._connection: Connection | None = None
        with self._session() as connection:
            connection.execute(_FORGET_DEAD)
        self._is_closed = threading.Event()
        self._signs = threading.Thread(target=self._give_signs, name="signs", daemon=True)
        self._signs.start()

    def live_owners(self) -> list[str]:
        """Owners whose session is open, this one included."""
        found = [name.removeprefix(_OWNER) for name in self._live(_OWNER)]
        return sorted({*found, self.owner})

    def is_live(self, owner: str) -> bool:
        """True if an owner's session is open."""
        return owner in self.live_owners()

    def _live(self, prefix: str) -> list[str]:
        with self._session() as connection:
            return list(connection.execute(_LIVE, {"prefix": prefix}).scalars())

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
            if name in self._held or not _is_taken(connection, name):
                return False
            self._held.append(name)
            return True

    def _give_back(self, name: str) -> None:
        with self._one_at_a_time:
            self._held.remove(name)
            if self._connection is None:
                return
            try:
                _give_up(self._connection, name)
            except DBAPIError:
                self._drop()  # and with the session its locks

    def claimed(self, prefix: str) -> int:
        """The number of names that begin so and that a living process holds, this one included."""
        return len(self._live(prefix))

    @contextmanager
    def noting(self, path: Path) -> Iterator[None]:
        """Notes a file of this machine that is only there while the block runs."""
        with self._local.noting(path):
            yield

    def close(self) -> None:
        """Says that this process no longer owns anything."""
        self._is_closed.set()
        self._signs.join()
        with self._one_at_a_time:
            if self._connection is not None:
                # The server takes a moment to notice that a session has ended.
                with suppress(DBAPIError):
                    for name in self._held:
                        _give_up(self._connection, name)
            self._drop()
        self._local.close()

    # --- the session ---

    def _give_signs(self) -> None:
        while not self._is_closed.wait(_SIGN_SECONDS):
            try:
                with self._session():
                    pass
            except StorageError as error:
                log.warning("the database does not hear that this process lives: %s", error)

    @contextmanager
    def _session(self) -> Iterator[Connection]:
        with self._one_at_a_time, server_errors():
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
            connection.execute(text(f"SET SESSION wait_timeout = {SESSION_SECONDS}"))
            for held in self._held:
                _is_taken(connection, held)
        except BaseException:
            connection.close()
            raise
        return connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _is_taken(connection: Connection, name: str) -> bool:
    """True if the session has got the name's lock."""
    if connection.execute(_LOCK, {"name": name}).scalar_one() != 1:
        return False
    connection.execute(_NOTE, {"name": name})
    return True


def _give_up(connection: Connection, name: str) -> None:
    connection.execute(_FORGET, {"name": name})
    connection.execute(_UNLOCK, {"name": name})
