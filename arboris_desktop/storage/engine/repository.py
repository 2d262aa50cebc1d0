"""The base of all repositories."""

from __future__ import annotations

from sqlalchemy import Connection

from arboris_desktop.domain.clock import Clock


class Repository:
    """Rows of one subject, read and written on the connection of one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock
