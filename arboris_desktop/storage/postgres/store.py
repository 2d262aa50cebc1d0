"""A library in a database of a PostgreSQL server (``engine.port``)."""

from __future__ import annotations

import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

import psycopg
from psycopg.types.string import StrDumper
from sqlalchemy import URL, Connection, Dialect, Engine, create_engine, event, text
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.pool import ConnectionPoolEntry

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.server_store import ServerStore
from arboris_desktop.storage.postgres.faults import server_errors
from arboris_desktop.storage.postgres.owners import PostgresInstance
from arboris_desktop.storage.postgres.schema import prepare
from arboris_desktop.storage.postgres.write_listener import WriteListener
from arboris_desktop.storage.postgres.write_transactions import WriteTransactions

_SESSION = {
    # For as long as SQLite's writers wait.
    "lock_timeout": "5s",
    # Nobody else could write while somebody's machine has gone to sleep in a transaction.
    "idle_in_transaction_session_timeout": "60s",
    # A machine that lost its network is noticed, and with it that its locks are free.
    "tcp_keepalives_idle": "20",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "4",
    # Its compiling takes a second, the statements a millisecond.
    "jit": "off",
    "client_min_messages": "warning",
}
_CONNECT = {
    "connect_timeout": 10,
    # A server that vanished amid a statement is not waited for until the system gives up, in hours.
    "keepalives_idle": 15,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 30_000,
}

_NOW = text("SELECT clock_timestamp()")
_NEWEST = text("SELECT CAST(pg_current_snapshot() AS text)")
"""The newest committed state: it changes with each transaction that writes."""

_USED = "used"
_ASK_SECONDS = 0.05
"""The time for which a connection is taken to be there still: no server is back sooner."""

_LOOK_SECONDS = 10.0
"""The interval at which it is looked even while the server tells: claims of tasks are not told."""


class PostgresStore(ServerStore):
    """The store of a PostgreSQL server."""

    def __init__(self, url: URL) -> None:
        process = uuid.uuid4().hex
        self._transactions = WriteTransactions(process)
        self._news = WriteListener(lambda: _listening_session(self._readers.dialect, url), process)
        self._seen: str | None = None
        self._look_at = 0.0
        # What begins and ends a transaction is said by hand.
        super().__init__(url, _engine, server_errors, writers="AUTOCOMMIT")

    def _prepare_schema(self) -> None:
        prepare(self._writers.execution_options(isolation_level="READ COMMITTED"))

    def _ask_time(self, connection: Connection) -> None:
        self._clock.set(connection.execute(_NOW).scalar_one())

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """One transaction at a time, by a lock that the server frees at its end."""
        with server_errors(), self._writers.begin() as connection:
            self._clock.set(self._transactions.begin(connection))
            yield connection

    @contextmanager
    def writing_in(self, novel: str) -> Iterator[Connection]:
        """One transaction at a time for each novel, and then the news that it is stored."""
        with server_errors(), self._writers.begin() as connection:
            self._clock.set(self._transactions.begin_in(connection, novel))
            yield connection
            self._transactions.end(connection)

    @contextmanager
    def claiming(self) -> Iterator[Connection]:
        """Each statement is a transaction by itself, beside others: rows are locked one by one."""
        with server_errors(), self._writers.connect() as connection:
            self._ask_time_if_due(connection)
            yield connection

    def changed_elsewhere(self, *, wait: bool) -> bool:
        """As the server tells it; where that fails, and for who has it ``wait``, also true after
        what this process wrote itself, or anybody at the same server."""
        self._news.begin()
        is_told = self._news.hears and time.monotonic() < self._look_at and not wait
        is_news = self._news.take()
        return is_news if is_told else self._has_moved() or is_news

    def _has_moved(self) -> bool:
        self._look_at = time.monotonic() + _LOOK_SECONDS
        with server_errors(), self._readers.connect() as connection:
            newest = str(connection.execute(_NEWEST).scalar_one())
        seen, self._seen = self._seen, newest
        return seen is not None and seen != newest

    def on_change(self, heard: Callable[[], None]) -> Callable[[], None]:
        """By the server's notifications."""
        return self._news.tell(heard)

    def known_to_others(self, instance: Instance) -> Instance:
        """The instance with a session of its own at the server."""
        return PostgresInstance(instance, self._sessions)

    def close(self) -> None:
        """Closes every connection."""
        self._news.close()
        super().close()


def _listening_session(dialect: Dialect, url: URL) -> psycopg.Connection[Any]:
    """A session of the driver's own: the pool's are for statements."""
    _given, named = dialect.create_connect_args(url)
    options: dict[str, Any] = {**named, **_CONNECT}
    return psycopg.connect(autocommit=True, **options)


class _WithoutNul(StrDumper):
    """SQLite keeps a NUL in a text, the server does not; in novel files it is replaced as well."""

    def dump(self, obj: str) -> Any:
        return super().dump(obj.replace("\0", "\ufffd") if "\0" in obj else obj)


def _engine(url: URL, **options: Any) -> Engine:
    settings = " ".join(f"-c {name}={value}" for name, value in _SESSION.items())
    if "poolclass" not in options:
        options |= {"pool_size": 5, "max_overflow": 10}
    engine = create_engine(url, connect_args={"options": settings, **_CONNECT}, **options)
    event.listen(engine, "connect", _prepare)
    event.listen(engine, "checkin", _note_use)
    event.listen(engine, "checkout", partial(_refuse_lost, engine.dialect))
    return engine


def _note_use(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_USED] = time.monotonic()


def _refuse_lost(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """Lets another connection be opened in the place of one whose server has gone. To ask takes as
    long as to claim a task, so that one which was used just now is not asked."""
    used = record.info.get(_USED)
    if used is None or time.monotonic() - used < _ASK_SECONDS:
        return
    try:
        is_there = dialect.do_ping(connection)
    except psycopg.Error:
        is_there = False
    if not is_there:
        raise InvalidatePoolError


def _prepare(connection: psycopg.Connection[Any], _record: object) -> None:
    connection.adapters.register_dumper(str, _WithoutNul)
