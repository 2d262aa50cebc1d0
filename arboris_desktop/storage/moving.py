"""Moving house: a whole library from one kind of database into another, checked row by row."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, delete, select, update

from arboris_desktop.domain.errors import ErrorKind, RuleError, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.sequences import let_ids_follow
from arboris_desktop.storage.portable.arriving import insert_into
from arboris_desktop.storage.tables.counting import COUNTED, counted_at_once
from arboris_desktop.storage.tables.schema import metadata

_AT_ONCE = 500

_FILLED_AT_ONCE = ("analysis_durations",)
"""Tables that have rows in a new library; they hold counts, and begin with none."""


@record
class Moved:
    """The content of the new place, as it was in the old one."""

    tables: int
    rows: int


def move_library(source: Database, target: Database) -> Moved:
    """Copies all rows of a library into an empty one, in one transaction, and compares both.

    The index of the search is made again where it is missing. Raises ``RuleError`` for a target
    that is not empty, and ``StorageError``; then nothing is in the target.
    """
    with source.read() as reading, target.write() as writing:
        old, new = reading.connection, writing.connection
        _refuse_full(new)
        with counted_at_once(new):
            for table in _tables():
                _copy(old, new, table)
        for table in _tables():
            _link(old, new, table)
        for table in _tables():
            let_ids_follow(new, table)
        return _compared(old, new)


def _tables() -> list[Table]:
    """All tables but those that are counted in the new place itself."""
    return [table for table in metadata.sorted_tables if table.name not in COUNTED]


def _refuse_full(new: Connection) -> None:
    for table in metadata.sorted_tables:
        if table.name not in _FILLED_AT_ONCE and new.execute(select(table).limit(1)).first():
            raise RuleError(
                ErrorKind.INVALID_VALUE, f"the new place is not empty, it has {table.name}"
            )
    for name in _FILLED_AT_ONCE:
        new.execute(delete(metadata.tables[name]))


def _later(table: Table) -> list[Column[Any]]:
    """The columns that refer to rows which are not there yet when the table's turn has come."""
    order = metadata.sorted_tables
    return [
        key.parent
        for key in table.foreign_keys
        if order.index(key.column.table) >= order.index(table)
    ]


def _copy(old: Connection, new: Connection, table: Table) -> None:
    empty = {column.name: None for column in _later(table)}
    for rows in _some_at_once(old, table):
        new.execute(insert_into(table), [row | empty for row in rows])


def _link(old: Connection, new: Connection, table: Table) -> None:
    for column in _later(table):
        (key,) = table.primary_key.columns
        statement = (
            update(table)
            .where(key == bindparam("own_row"))
            .values({column.name: bindparam("new_value")})
        )
        for rows in _some_at_once(old, table):
            links = [
                {"own_row": row[key.name], "new_value": row[column.name]}
                for row in rows
                if row[column.name] is not None
            ]
            if links:
                new.execute(statement, links)


def _some_at_once(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    query = select(table).execution_options(yield_per=_AT_ONCE)
    rows = connection.execute(query).mappings()
    while some := [dict(row) for row in islice(rows, _AT_ONCE)]:
        yield some


def _compared(old: Connection, new: Connection) -> Moved:
    total = 0
    for table in _tables():
        was, is_now = _checksum(old, table), _checksum(new, table)
        if was != is_now:
            raise StorageError(
                ErrorKind.DATABASE_CORRUPT,
                f"{table.name} is not the same in the new place: {was[0]} and {is_now[0]} rows",
            )
        total += was[0]
    return Moved(len(_tables()), total)


def _checksum(connection: Connection, table: Table) -> tuple[int, int]:
    """The number of rows and a sum over them, in whatever order a database gives them."""
    number, total = 0, 0
    for rows in _some_at_once(connection, table):
        for row in rows:
            said = json.dumps(row, default=str, sort_keys=True).replace("\\u0000", "\\ufffd")
            total += int.from_bytes(hashlib.sha256(said.encode()).digest())
            number += 1
    return number, total
