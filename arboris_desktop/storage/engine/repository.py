"""The base of all repositories."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any

from sqlalchemy import Connection, Table

from arboris_desktop.domain.clock import Clock


class Repository:
    """Rows of one subject, read and written on the connection of one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def _upsert(
        self,
        table: Table,
        key: Mapping[str, Any],
        values: Mapping[str, Any],
        first: Mapping[str, Any] | None = None,
    ) -> None:
        """Stores the row with a unique key, in place of the one that has it.

        ``first`` are values that only a new row gets.
        """
        # SQLAlchemy has this statement for each database by itself.
        dialect = import_module(f"sqlalchemy.dialects.{self._connection.dialect.name}")
        new = dialect.insert(table).values(**key, **values, **(first or {}))
        self._connection.execute(
            new.on_conflict_do_update(index_elements=list(key), set_=dict(values))
        )
