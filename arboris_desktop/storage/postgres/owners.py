"""Living processes on all machines, known by the locks of their sessions at the server.

The server frees them when a process or its machine is gone, as the system frees those of files.
"""

from __future__ import annotations

import threading
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlalchemy.exc import DBAPIError

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.postgres.faults import server_errors

_NAME = "arboris "
"""Before the owner in the name of its session."""

_LOCK = text("SELECT pg_try_advisory_lock(:family, :name)")
_UNLOCK = text("SELECT pg_advisory_unlock(:family, :name)")
_RELEASE = text("SELECT pg_advisory_unlock_all(), set_config('application_name', 'arboris', false)")
_LIVE = text(
    "SELECT DISTINCT substr(application_name, :after) FROM pg_stat_activity"
    " WHERE datname = current_database() AND starts_with(application_name, :name)"
)
_COUNT = text(
    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2 AND granted"
    " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
    " AND classid = CAST(:family AS oid)"
)


class ServerInstance(Instance):
    """This process as all processes at a server's database see it.

    Its session stays open; one that was lost is reopened with what it held when it is next
    asked for. The files that are noted stay this machine's affair.
    """

    def __init__(self, local: Instance, engine: Engine) -> None:
        self.owner = local.owner
        self._local = local
        self._engine = engine
        self._one_at_a_time = threading.RLock()
        self._held: set[str] = set()
        self._connection: Connection | None = None
        with self._session():
            pass

    def live_owners(self) -> list[str]:
        """Owners whose session is open, this one included."""
        with self._session() as connection:
            found = connection.execute(_LIVE, {"name": _NAME, "after": len(_NAME) + 1}).scalars()
            return sorted({*found, self.owner})

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
            if name in self._held or not connection.execute(_LOCK, _key(name)).scalar_one():
                return False
            self._held.add(name)
            return True

    def _give_back(self, name: str) -> None:
        with self._one_at_a_time:
            self._held.discard(name)
            if self._connection is None:
                return
            try:
                self._connection.execute(_UNLOCK, _key(name))
            except DBAPIError:
                self._drop()  # and with the session its locks

    def claimed(self, prefix: str) -> int:
        """The number of names that begin so and that a living process holds, this one included."""
        with self._session() as connection:
            return int(connection.execute(_COUNT, {"family": _number(prefix)}).scalar_one())

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
                    self._connection.execute(_RELEASE)
            self._drop()
        self._local.close()

    # --- the session ---

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
        name = {"name": f"{_NAME}{self.owner}"}
        connection.execute(text("SELECT set_config('application_name', :name, false)"), name)
        for held in self._held:
            connection.execute(_LOCK, _key(held))
        return connection

    def _drop(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.invalidate()
            connection.close()


def _key(name: str) -> dict[str, int]:
    family, dash, _rest = name.partition("-")
    return {"family": _number(family + dash), "name": _number(name)}


def _number(name: str) -> int:
    """A number of 31 bits, as the server has for locks."""
    return zlib.crc32(name.encode()) & 0x7FFF_FFFF
