"""All rows of a novel, read for another computer, and stored when they come from one."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Integer, func

from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.portable.acceptance import accepted
from arboris_desktop.storage.portable.arriving import ArrivingRows, Piece
from arboris_desktop.storage.portable.columns import without_this_computer
from arboris_desktop.storage.portable.row_codec import encode_row
from arboris_desktop.storage.portable.row_ids import RowId, RowIds, with_new_ids
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows, Survey
from arboris_desktop.storage.portable.tables import CarriedTable, carried_tables

_AT_ONCE = 200
"""Rows of one fetch."""


class ProjectRows(Repository):
    """Reads and writes whole novels within the caller's transaction.

    In a file the rows of each table are numbered from one, so that it does not depend on the
    database it comes from: exported, imported and exported again, a novel gives the same rows.
    """

    def counts(self, project_id: str) -> dict[str, int]:
        """The number of a novel's rows in each table; all tables that are carried."""
        return {
            one.name: self._connection.execute(
                one.rows(project_id).with_only_columns(func.count()).order_by(None)
            ).scalar_one()
            for one in carried_tables().values()
        }

    def chapters_with(self, project_id: str, table: str) -> list[int]:
        """The chapters that have rows in a table that belongs to chapters."""
        return self._named_in(project_id, table, "chapter_id")

    def tasks_with_steps(self, project_id: str) -> list[int]:
        """The tasks of which a step is stored."""
        return self._named_in(project_id, "analysis_steps", "pending_analysis_id")

    def _named_in(self, project_id: str, table: str, column: str) -> list[int]:
        carried = carried_tables()[table]
        query = carried.rows(project_id).with_only_columns(carried.table.c[column])
        return list(self._connection.execute(query.order_by(None).distinct()).scalars())

    def read(self, project_id: str) -> Iterator[tuple[str, Iterator[JsonRow]]]:
        """The tables of a novel with their rows, to be read in this order."""
        ids = self._numbered(project_id)
        for carried in carried_tables().values():
            yield carried.name, self._rows(carried, project_id, ids)

    def _numbered(self, project_id: str) -> RowIds:
        totals: dict[str, int] = {}

        def after_the_last(table: str) -> RowId:
            totals[table] += 1
            return _as_key(carried_tables()[table], totals[table])

        ids = RowIds(after_the_last)
        for carried in carried_tables().values():
            totals[carried.name] = 0
            for old in self._keys(carried, project_id):
                ids.put(carried.name, old, after_the_last(carried.name))
        return ids

    def _keys(self, carried: CarriedTable, project_id: str) -> list[RowId]:
        if carried.key is None:
            return []
        column = carried.table.c[carried.key]
        query = carried.rows(project_id).with_only_columns(column)
        return list(self._connection.execute(query).scalars())

    def _rows(self, carried: CarriedTable, project_id: str, ids: RowIds) -> Iterator[JsonRow]:
        found = self._connection.execute(carried.rows(project_id)).yield_per(_AT_ONCE)
        for row in found.mappings():
            clean = accepted(carried, without_this_computer(carried, dict(row)))
            yield encode_row(carried, with_new_ids(carried, clean, ids))

    def add(self, rows: JsonRows, survey: Survey) -> str:
        """Stores a novel, of which ``survey`` was made, beside all others; returns its new id.

        Raises ``StorageError`` (``NOVEL_FILE_DAMAGED``) for rows that contradict each other; the
        caller's transaction is undone by the exception.
        """
        arriving = ArrivingRows(survey)
        for piece in arriving.pieces(rows):
            self.store(piece)
        self.store(arriving.show)
        return arriving.project_id

    def store(self, piece: Piece) -> None:
        """Stores a piece of a novel that arrives."""
        piece(self._connection)


def _is_text_key(carried: CarriedTable) -> bool:
    return carried.key is not None and not isinstance(carried.table.c[carried.key].type, Integer)


def _as_key(carried: CarriedTable, number: int) -> RowId:
    return str(number) if _is_text_key(carried) else number
