"""The base of all repositories, and how a transaction comes to those that it is asked for."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from typing import Any, Generic, Protocol, TypeVar, cast

from sqlalchemy import Connection, Insert, Row, Select, Table, select

from arboris_desktop.domain.clock import Clock

Kind = TypeVar("Kind")

_STORAGE = "arboris_desktop.storage"


class Repository:
    """Rows of one subject, read and written on the connection of one transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def _insert_row(self, statement: Insert) -> int:
        """Stores a row, and returns the id that it got."""
        # RETURNING is what not every database has.
        key = self._connection.execute(statement).inserted_primary_key
        assert key is not None
        return int(key[0])

    def _row(self, table: Table, row_id: int) -> Row[Any]:
        """The row with an id."""
        return self._connection.execute(select(table).where(table.c.id == row_id)).one()

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
        if self._connection.dialect.name == "mysql":
            other = new.on_duplicate_key_update(**(values or key))
        else:
            other = new.on_conflict_do_update(index_elements=list(key), set_=dict(values))
        self._connection.execute(other)


def limited(query: Select[Any]) -> Select[Any]:
    """The rows of a query with a LIMIT, to be compared by IN: some databases take that only one
    level deeper."""
    inner = query.subquery()
    return select(*inner.c)


class Connected(Protocol):
    """A transaction as its repositories need it."""

    connection: Connection
    clock: Clock


class Part(Generic[Kind]):
    """A repository of a transaction, read and made when it is first asked for.

    Its class is that of the annotation, in a module of the storage.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._kind: Any = None

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name
        self._class = owner.__annotations__[name].removeprefix("Part[").removesuffix("]")

    def __get__(self, transaction: Connected, owner: type) -> Kind:
        if self._kind is None:
            self._kind = getattr(import_module(f"{_STORAGE}.{self._module}"), self._class)
        repository = self._kind(transaction.connection, transaction.clock)
        vars(transaction)[self._name] = repository
        return cast(Kind, repository)
