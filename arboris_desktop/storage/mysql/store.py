"""A library in a database of a MariaDB or MySQL server (``engine.port``)."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from typing import Any

import pymysql
from pymysql.constants import FIELD_TYPE
from pymysql.converters import conversions
from sqlalchemy import URL, Connection, Engine, create_engine, event, text

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.server_store import ServerStore
from arboris_desktop.storage.mysql.connecting import connect
from arboris_desktop.storage.mysql.ddl import speak
from arboris_desktop.storage.mysql.faults import server_errors
from arboris_desktop.storage.mysql.owners import MySqlInstance
from arboris_desktop.storage.mysql.schema import TURN, prepare

_SESSION = {
    # Nothing is cut or made fit in silence.
    "sql_mode": "'STRICT_ALL_TABLES,NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION,NO_AUTO_VALUE_ON_ZERO'",
    # For as long as SQLite's writers wait.
    "innodb_lock_wait_timeout": "5",
    "wait_timeout": "28800",
}
_SESSION_OF_MARIADB = {
    # Nobody else could write while somebody's machine has gone to sleep in a transaction.
    "idle_write_transaction_timeout": "60",
}
_COLLATIONS = {True: "utf8mb4_nopad_bin", False: "utf8mb4_0900_bin"}
"""By whether it is MariaDB: neither makes any two texts alike that are not the same."""

_OLDEST = {True: (10, 6), False: (8, 0)}
"""The versions that pass over rows which somebody has locked."""

_TURN = text(f"UPDATE {TURN} SET changes = LAST_INSERT_ID(changes + 1) WHERE id = 1")
"""The turn to write, which ends with the transaction, and the number of those who had it."""

_NOW = text("SELECT UTC_TIMESTAMP(6)")
_CHANGES = text(f"SELECT changes FROM {TURN}")
_CLAIMS = text(
    "SELECT count(*), max(attempt), max(lease_expires_at) FROM pending_analysis"
    " WHERE status = 'processing'"
)
"""Figures that change with claims and leases, which take no turn."""

_LOOK_SECONDS = 1.0
"""The interval at which whoever relies on it looks in any case."""


class MySqlStore(ServerStore):
    """The store of a MariaDB or MySQL server."""

    def __init__(self, url: URL) -> None:
        self._lock = threading.Lock()
        self._seen: int | None = None
        self._look_at = 0.0
        self._seen_claims: tuple[Any, ...] | None = None
        super().__init__(url, _engine, server_errors, writers="READ COMMITTED")

    def _prepare_schema(self) -> None:
        with self._writers.connect() as connection:
            is_mariadb = _is_mariadb(connection.connection.driver_connection)
            version = connection.dialect.server_version_info or ()
        if version[:2] < _OLDEST[is_mariadb]:
            found = ".".join(map(str, version))
            reason = f"the server is too old ({found}): MariaDB 10.6 or MySQL 8 is needed"
            raise StorageError(ErrorKind.BROKEN_VARIABLE, reason)
        speak(self._writers, _COLLATIONS[is_mariadb])
        prepare(self._writers)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction at a time, by a row that the server frees at its end."""
        with server_errors(), self._writers.begin() as connection:
            number = connection.execute(_TURN).lastrowid
            self._ask_time_if_due(connection)
            yield connection
        self._know_own(int(number))

    def writing_in(self, _novel: str) -> AbstractContextManager[Connection]:
        """As ``writing``: there is one turn for all."""
        return self.writing()

    @contextmanager
    def claiming(self) -> Iterator[Connection]:
        """A transaction beside others: rows that it changes are locked one by one."""
        with server_errors(), self._writers.begin() as connection:
            self._ask_time_if_due(connection)
            yield connection

    def _ask_time(self, connection: Connection) -> None:
        now: datetime = connection.execute(_NOW).scalar_one()
        self._clock.set(now.replace(tzinfo=UTC))

    def _know_own(self, number: int) -> None:
        """Makes no news of what this process wrote, if nobody wrote in between."""
        with self._lock:
            if self._seen == number - 1:
                self._seen = number

    def changed_elsewhere(self, *, wait: bool) -> bool:
        """By a look at two rows; this process's own claims are counted too.

        For who has it ``wait`` it is true now and then in any case: somebody may have written who
        takes no turn, without this program.
        """
        with server_errors(), self._readers.connect() as connection:
            claims = tuple(connection.execute(_CLAIMS).one())
            changes = int(connection.execute(_CHANGES).scalar_one())
        with self._lock:
            seen, self._seen = self._seen, changes
            seen_claims, self._seen_claims = self._seen_claims, claims
            if wait and time.monotonic() >= self._look_at:
                self._look_at = time.monotonic() + _LOOK_SECONDS
                return True
        return seen is not None and (seen, seen_claims) != (changes, claims)

    def on_change(self, _heard: Callable[[], None]) -> Callable[[], None]:
        """Nobody tells: these servers have no word for it."""
        return lambda: None

    def known_to_others(self, instance: Instance) -> Instance:
        """The instance with a session of its own at the server."""
        return MySqlInstance(instance, self._sessions)


def _engine(url: URL, **options: Any) -> Engine:
    if "poolclass" not in options:
        options |= {"pool_size": 5, "max_overflow": 10, "pool_pre_ping": True}
    # Sums are numbers here too, and not decimals.
    conv = {**conversions, FIELD_TYPE.DECIMAL: _number, FIELD_TYPE.NEWDECIMAL: _number}
    engine = create_engine(url, connect_args={"charset": "utf8mb4", "conv": conv}, **options)
    event.listen(engine, "do_connect", lambda _dialect, _record, _given, named: connect(named))
    event.listen(engine, "connect", _prepare)
    return engine


def _number(said: str) -> int | float:
    return float(said) if "." in said else int(said)


def _is_mariadb(connection: Any) -> bool:
    return "mariadb" in connection.get_server_info().lower()


def _prepare(connection: pymysql.Connection[Any], _record: object) -> None:
    is_mariadb = _is_mariadb(connection)
    settings = _SESSION | (_SESSION_OF_MARIADB if is_mariadb else {})
    said = ", ".join(f"SESSION {name} = {value}" for name, value in settings.items())
    with connection.cursor() as cursor:
        cursor.execute(f"SET NAMES utf8mb4 COLLATE {_COLLATIONS[is_mariadb]}")
        cursor.execute(f"SET {said}")
