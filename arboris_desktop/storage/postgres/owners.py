"""Living processes at a PostgreSQL server, known by advisory locks and the names of sessions."""

from __future__ import annotations

import zlib

from sqlalchemy import Connection, Engine, text

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.server_instance import ServerInstance
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


class PostgresInstance(ServerInstance):
    """This process at a PostgreSQL server, whose sessions bear the names of their owners."""

    def __init__(self, local: Instance, engine: Engine) -> None:
        super().__init__(local, engine, server_errors)
        with self._session():
            pass

    def live_owners(self) -> list[str]:
        """Owners whose session is open, this one included."""
        with self._session() as connection:
            found = connection.execute(_LIVE, {"name": _NAME, "after": len(_NAME) + 1}).scalars()
            return sorted({*found, self.owner})

    def claimed(self, prefix: str) -> int:
        """The number of names that begin so and that a living process holds, this one included."""
        with self._session() as connection:
            return int(connection.execute(_COUNT, {"family": _number(prefix)}).scalar_one())

    def _prepare(self, connection: Connection) -> None:
        name = {"name": f"{_NAME}{self.owner}"}
        connection.execute(text("SELECT set_config('application_name', :name, false)"), name)

    def _acquire(self, connection: Connection, name: str) -> bool:
        return bool(connection.execute(_LOCK, _key(name)).scalar_one())

    def _release(self, connection: Connection, name: str) -> None:
        connection.execute(_UNLOCK, _key(name))

    def _release_all(self, connection: Connection) -> None:
        connection.execute(_RELEASE)


def _key(name: str) -> dict[str, int]:
    family, dash, _rest = name.partition("-")
    return {"family": _number(family + dash), "name": _number(name)}


def _number(name: str) -> int:
    """A number of 31 bits, as the server has for locks."""
    return zlib.crc32(name.encode()) & 0x7FFF_FFFF
