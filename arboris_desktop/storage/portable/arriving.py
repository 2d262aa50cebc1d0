"""The rows of a novel from a file, stored piece by piece; nobody sees it before the last one.

After each piece the database is sound and may be committed, so that others can write in between.
References in a circle are set when all rows are there. Ids are given out piece by piece, since
others give out ids meanwhile.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import (
    JSON,
    Connection,
    Insert,
    Integer,
    Table,
    bindparam,
    func,
    insert,
    select,
    update,
)
from sqlalchemy.exc import IntegrityError

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.storage.engine.sequences import let_ids_follow
from arboris_desktop.storage.portable.acceptance import accepted
from arboris_desktop.storage.portable.columns import without_this_computer
from arboris_desktop.storage.portable.order import InsertionTurn, insertion_order
from arboris_desktop.storage.portable.row_codec import decode_row
from arboris_desktop.storage.portable.row_ids import RowId, RowIds, with_new_ids
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows, Survey
from arboris_desktop.storage.portable.tables import CarriedTable
from arboris_desktop.storage.tables.novels import ARRIVING, LISTED, UNLISTED

AT_ONCE = 200
"""Rows of one piece."""

Piece = Callable[[Connection], None]
"""Stores a little."""

Item = TypeVar("Item")

_WAITING = {"pending_analysis": ("resting",)}
"""The states of rows that the author might take up; they count as cancelled while they arrive."""


@record
class _Later:
    """A value that a row gets when all rows are there."""

    carried: CarriedTable
    column: str
    row: RowId
    value: Any


class ArrivingRows:
    """Stores the novel of a file, of which a survey was made, beside all others.

    Pieces raise ``StorageError`` (``NOVEL_FILE_DAMAGED``) for rows that contradict each other.
    """

    def __init__(self, survey: Survey) -> None:
        self.project_id = str(uuid.uuid4())
        self._survey = survey
        self._ids = RowIds(self._take)
        self._last_id = 0
        self._links: list[_Later] = []
        self._unseen: list[_Later] = []

    def pieces(self, rows: JsonRows) -> Iterator[Piece]:
        """All that is to be stored, in order. What is shown of it comes with ``show``."""
        for turn in insertion_order():
            is_first = True
            for some in _some_at_once(rows(turn.carried.name)):
                yield self._rows_piece(turn, some, is_first)
                is_first = False
            if is_first:
                yield self._rows_piece(turn, [], is_first)
        for later in _some_at_once(self._links):
            yield partial(self._link, later)

    def show(self, connection: Connection) -> None:
        """Lets the novel be seen and its tasks be worked, in one go."""
        with _contradictions_told():
            _set(connection, self._unseen)

    def _rows_piece(self, turn: InsertionTurn, rows: Sequence[JsonRow], is_first: bool) -> Piece:
        def piece(connection: Connection) -> None:
            self._last_id = _largest_id(connection, turn.carried)
            if is_first:
                # Of rows that are gone but still named. They come before the others: SQLite gives
                # the next row the id after the largest, and that must not be one of theirs.
                for old in self._survey.gone.get(turn.carried.name, ()):
                    self._ids.gone(turn.carried.name, old)
            values = [self._row(turn, row) for row in rows]
            if values:
                with _contradictions_told():
                    connection.execute(insert_into(turn.carried.table), values)
                let_ids_follow(connection, turn.carried.table)

        return piece

    def _row(self, turn: InsertionTurn, row: JsonRow) -> dict[str, Any]:
        carried = turn.carried
        values = accepted(carried, without_this_computer(carried, decode_row(carried, row)))
        own: RowId = ""
        if carried.key is not None:
            own = self._take(carried.name)
            self._ids.put(carried.name, values[carried.key], own)
        for column in turn.open:
            if values[column] is not None:
                self._links.append(_Later(carried, column, own, values[column]))
                values[column] = None
        mapped = with_new_ids(carried, values, self._ids)
        unseen = _unseen(carried.name, mapped)
        self._unseen += [_Later(carried, column, own, mapped[column]) for column in unseen]
        return mapped | unseen

    def _take(self, table: str) -> RowId:
        """The next id of the table whose turn it is."""
        if table == self._novels:
            return self.project_id
        self._last_id += 1
        return self._last_id

    def _link(self, later: Iterable[_Later], connection: Connection) -> None:
        _set(
            connection,
            [
                _Later(
                    one.carried,
                    one.column,
                    one.row,
                    self._ids.map(one.carried.references[one.column], one.value),
                )
                for one in later
            ],
        )

    @property
    def _novels(self) -> str:
        return insertion_order()[0].carried.name


def _unseen(table: str, values: dict[str, Any]) -> dict[str, Any]:
    """The values that differ in a row while the novel arrives."""
    if "status" not in values:
        return {}
    if table == "novel_projects":
        if values["status"] in UNLISTED:
            values["status"] = LISTED
        return {"status": ARRIVING, "title": ""}
    return {"status": "cancelled"} if values["status"] in _WAITING.get(table, ()) else {}


def _set(connection: Connection, values: Sequence[_Later]) -> None:
    """Updates the rows, those of a column with one statement."""
    places: dict[tuple[CarriedTable, str], list[dict[str, Any]]] = {}
    for one in values:
        rows = places.setdefault((one.carried, one.column), [])
        rows.append({"own_row": one.row, "new_value": one.value})
    for (carried, column), rows in places.items():
        assert carried.key is not None
        statement = (
            update(carried.table)
            .where(carried.table.c[carried.key] == bindparam("own_row"))
            .values({column: bindparam("new_value")})
        )
        connection.execute(statement, rows)


@contextmanager
def _contradictions_told() -> Iterator[None]:
    try:
        yield
    except IntegrityError as error:
        reason = f"its rows contradict each other ({error.orig})"
        raise StorageError(ErrorKind.NOVEL_FILE_DAMAGED, reason) from error


def _largest_id(connection: Connection, carried: CarriedTable) -> int:
    if carried.key is None or not isinstance(carried.table.c[carried.key].type, Integer):
        return 0
    largest = select(func.coalesce(func.max(carried.table.c[carried.key]), 0))
    return int(connection.execute(largest).scalar_one())


def insert_into(table: Table) -> Insert:
    """An insert that stores nothing as SQL's NULL, also in a column of JSON."""
    nothing_is_null = {
        column.name: bindparam(column.name, type_=JSON(none_as_null=True))
        for column in table.columns
        if isinstance(column.type, JSON)
    }
    return insert(table).values(
        {column.name: bindparam(column.name) for column in table.columns} | nothing_is_null
    )


def _some_at_once(items: Iterable[Item]) -> Iterator[list[Item]]:
    remaining = iter(items)
    while some := list(islice(remaining, AT_ONCE)):
        yield some
