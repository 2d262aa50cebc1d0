"""Statements that SQLAlchemy builds once and the driver runs: for the hot paths of the queue.

SQLAlchemy's own execution takes about three times as long as SQLite does for one row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.sql.dml import UpdateBase
from sqlalchemy.sql.selectable import Select
from sqlalchemy.types import TypeEngine

_Processor = Callable[[Any], Any]


class Prepared:
    """A statement with named parameters; its result has the columns that it selects or returns."""

    def __init__(self, statement: Select[Any] | UpdateBase) -> None:
        self._statement = statement
        self._compiled: dict[str, _Compiled] = {}

    def first(self, connection: Connection, **values: Any) -> dict[str, Any] | None:
        """Runs the statement and returns its first row by column names, ``None`` without one."""
        compiled = self._for(connection.dialect)
        cursor = compiled.run(connection, values)
        try:
            row = cursor.fetchone()
            return None if row is None else compiled.named(row, cursor)
        finally:
            cursor.close()

    def changed(self, connection: Connection, **values: Any) -> int:
        """Runs the statement and returns how many rows it changed."""
        cursor = self._for(connection.dialect).run(connection, values)
        changed = cursor.rowcount
        cursor.close()
        return int(changed)

    def _for(self, dialect: Dialect) -> _Compiled:
        compiled = self._compiled.get(dialect.name)
        if compiled is None:
            compiled = self._compiled[dialect.name] = _compile(self._statement, dialect)
        return compiled


@dataclass(slots=True)
class _Compiled:
    """A statement's text for one database, and how values get in and out."""

    text: str
    defaults: dict[str, Any]
    """The values that the statement has itself, as the driver takes them."""
    order: tuple[str, ...] | None
    """The names by place, ``None`` where the driver takes them by name."""
    inward: dict[str, _Processor]
    columns: tuple[str, ...]
    types: tuple[TypeEngine[Any], ...]
    dialect: Dialect
    outward: tuple[tuple[str, _Processor], ...] | None = None
    """For columns that need it; known with the first row, since it depends on what the driver makes
    of it."""

    def run(self, connection: Connection, values: Mapping[str, Any]) -> DBAPICursor:
        bound = self.defaults.copy()
        for name, value in values.items():
            process = self.inward.get(name)
            bound[name] = value if process is None else process(value)
        cursor = connection.connection.cursor()
        cursor.execute(self.text, bound if self.order is None else [bound[n] for n in self.order])
        return cursor

    def named(self, row: Any, cursor: DBAPICursor) -> dict[str, Any]:
        if self.outward is None:
            self.outward = tuple(self._processors(cursor))
        found = dict(zip(self.columns, row, strict=True))
        for name, process in self.outward:
            value = found[name]
            if value is not None:
                found[name] = process(value)
        return found

    def _processors(self, cursor: DBAPICursor) -> Iterator[tuple[str, _Processor]]:
        columns = zip(self.columns, self.types, cursor.description, strict=True)
        for name, kind, described in columns:
            own = kind.dialect_impl(self.dialect)
            if process := own.result_processor(self.dialect, described[1]):
                yield name, process


def _compile(statement: Select[Any] | UpdateBase, dialect: Dialect) -> _Compiled:
    compiled = statement.compile(dialect=dialect)
    inward = {
        name: process
        for bind, name in compiled.bind_names.items()
        if (process := _inward(bind.type, dialect))
    }
    columns = statement.exported_columns
    order = compiled.positiontup
    return _Compiled(
        text=compiled.string,
        defaults={
            name: inward[name](value) if name in inward else value
            for name, value in compiled.params.items()
        },
        order=None if order is None else tuple(order),
        inward=inward,
        columns=tuple(map(str, columns.keys())),
        types=tuple(column.type for column in columns),
        dialect=dialect,
    )


def _inward(kind: TypeEngine[Any], dialect: Dialect) -> _Processor | None:
    return kind.dialect_impl(dialect).bind_processor(dialect)
