"""Ids that are given out by the database, after rows that came with theirs."""

from __future__ import annotations

from sqlalchemy import Connection, Integer, Table, func, select


def let_ids_follow(connection: Connection, table: Table) -> None:
    """Lets the next row of anybody get an id after the largest, as SQLite does by itself."""
    columns = list(table.primary_key.columns)
    if connection.dialect.name != "postgresql" or len(columns) != 1:
        return
    (key,) = columns
    if not isinstance(key.type, Integer):
        return
    sequence = connection.execute(select(func.pg_get_serial_sequence(table.name, key.name)))
    name = sequence.scalar_one()
    largest = connection.execute(select(func.max(key))).scalar_one()
    if name is not None and largest is not None:
        connection.execute(select(func.setval(name, largest)))
