"""Beginning and ending a transaction that writes in one way to the server and back each.

The driver would send a BEGIN, what takes the turn, and the COMMIT one after the other. So the
session is one that begins nothing by itself, and these statements go together.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

import psycopg
from psycopg.sql import SQL, Composed, Literal
from sqlalchemy import Connection

from arboris_desktop.storage.postgres.write_listener import CHANNEL

_EVERYWHERE = SQL(
    "BEGIN; SELECT clock_timestamp(), pg_advisory_xact_lock(hashtext('arboris write')),"
    " pg_notify({channel}, {process})"
)
"""The turn to write, the time, and the news that this process wrote, told when it is stored."""

_IN_NOVEL = SQL(
    "BEGIN; SELECT clock_timestamp(), pg_advisory_xact_lock_shared(hashtext('arboris write')),"
    " pg_advisory_xact_lock(hashtext('arboris novel'), hashtext({novel}))"
)
"""The turn to write in a novel: beside others who do, and beside nobody who writes anywhere."""

_STORED = SQL(
    "COMMIT; SELECT set_config('synchronous_commit', 'off', true), pg_notify({channel}, {process})"
)
"""The end, and the news by itself: those who tell something wait for each other until it is on the
disk."""


class WriteTransactions:
    """The statements of one process, on connections whose driver begins no transaction."""

    def __init__(self, process: str) -> None:
        named = {"channel": Literal(CHANNEL), "process": Literal(process)}
        self._everywhere = _EVERYWHERE.format(**named)
        self._stored = _STORED.format(**named)

    def begin(self, connection: Connection) -> datetime:
        """Begins a transaction and waits until nobody else writes; returns the server's time."""
        return self._begun(connection, self._everywhere)

    def begin_in(self, connection: Connection, novel: str) -> datetime:
        """Begins a transaction and waits until nobody else writes in the novel, or everywhere;
        returns the server's time."""
        return self._begun(connection, _IN_NOVEL.format(novel=Literal(novel)))

    def _begun(self, connection: Connection, statements: Composed) -> datetime:
        with _session(connection).cursor() as cursor:
            # Several statements at once cannot be kept prepared.
            cursor.execute(statements, prepare=False)
            cursor.nextset()
            row = cursor.fetchone()
        assert row is not None
        now: datetime = row[0]
        return now

    def end(self, connection: Connection) -> None:
        """Stores what was written in a novel, and tells the other processes."""
        _session(connection).execute(self._stored, prepare=False)


def _session(connection: Connection) -> psycopg.Connection[Any]:
    session = connection.connection.driver_connection
    assert isinstance(session, psycopg.Connection)
    return session
