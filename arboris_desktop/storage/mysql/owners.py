"""Living processes at a MySQL or MariaDB server, known by the locks of their sessions.

The server does not list its locks: the names that are held are rows, which count while their lock
is held.
"""

from __future__ import annotations

import logging
import threading

from sqlalchemy import Connection, Engine, text

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.server_instance import ServerInstance
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


class MySqlInstance(ServerInstance):
    """This process at a MySQL or MariaDB server; its session gives signs of life."""

    def __init__(self, local: Instance, engine: Engine) -> None:
        super().__init__(local, engine, server_errors)
        self._held.append(f"{_OWNER}{self.owner}")
        with self._session() as connection:
            connection.execute(_FORGET_DEAD)
        self._is_closed = threading.Event()
        self._signs = threading.Thread(target=self._give_signs, name="signs", daemon=True)
        self._signs.start()

    def live_owners(self) -> list[str]:
        """Owners whose session is open, this one included."""
        found = [name.removeprefix(_OWNER) for name in self._live(_OWNER)]
        return sorted({*found, self.owner})

    def claimed(self, prefix: str) -> int:
        """The number of names that begin so and that a living process holds, this one included."""
        return len(self._live(prefix))

    def close(self) -> None:
        """Says that this process no longer owns anything."""
        self._is_closed.set()
        self._signs.join()
        super().close()

    def _live(self, prefix: str) -> list[str]:
        with self._session() as connection:
            return list(connection.execute(_LIVE, {"prefix": prefix}).scalars())

    def _give_signs(self) -> None:
        while not self._is_closed.wait(_SIGN_SECONDS):
            try:
                with self._session():
                    pass
            except StorageError as error:
                log.warning("the database does not hear that this process lives: %s", error)

    def _prepare(self, connection: Connection) -> None:
        connection.execute(text(f"SET SESSION wait_timeout = {SESSION_SECONDS}"))

    def _acquire(self, connection: Connection, name: str) -> bool:
        if connection.execute(_LOCK, {"name": name}).scalar_one() != 1:
            return False
        connection.execute(_NOTE, {"name": name})
        return True

    def _release(self, connection: Connection, name: str) -> None:
        connection.execute(_FORGET, {"name": name})
        connection.execute(_UNLOCK, {"name": name})

    def _release_all(self, connection: Connection) -> None:
        for name in self._held:
            self._release(connection, name)
