"""All rows of a novel, read for another computer, and stored when they come from one."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from typing import Any

from sqlalchemy import JSON, Insert, Integer, Table, bindparam, func, insert, select
from sqlalchemy.exc import IntegrityError

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.portable.columns import without_this_computer
from arboris_desktop.storage.portable.row_codec import decode_row, encode_row
from arboris_desktop.storage.portable.row_ids import RowId, RowIds, with_new_ids
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows, Survey
from arboris_desktop.storage.portable.tables import CarriedTable, Reference, carried_tables
from arboris_desktop.storage.tables.novels import novel_projects

_AT_ONCE = 200
"""Rows of one statement, and of one fetch."""


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
            clean = without_this_computer(carried, dict(row))
            yield encode_row(carried, with_new_ids(carried, clean, ids))

    def add(self, rows: JsonRows, survey: Survey) -> str:
        """Stores a novel, of which ``survey`` was made, beside all others; returns its new id.

        Raises ``StorageError`` (``NOVEL_FILE_DAMAGED``) for rows that contradict each other; the
        caller's transaction is undone by the exception.
        """
        ids = self._fresh_ids(survey)
        # The rows refer to one another in circles; the survey has seen that none leads nowhere.
        self._connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        try:
            for carried in carried_tables().values():
                self._insert(carried, rows(carried.name), ids)
        except IntegrityError as error:
            reason = f"its rows contradict each other ({error.orig})"
            raise StorageError(ErrorKind.NOVEL_FILE_DAMAGED, reason) from error
        novel = Reference(novel_projects.name, is_enforced=True, is_nullable=False)
        return str(ids.map(novel, survey.project_id))

    def _fresh_ids(self, survey: Survey) -> RowIds:
        """New ids for the rows of a file, and for those that are gone but still named.

        The latter come first: SQLite gives the id after the largest one to the next row, and
        that must not be one of theirs.
        """
        next_ids: dict[str, int] = {}

        def take(table: str) -> RowId:
            carried = carried_tables()[table]
            if _is_text_key(carried):
                return str(uuid.uuid4())
            if table not in next_ids:
                next_ids[table] = self._largest_id(carried)
            next_ids[table] += 1
            return next_ids[table]

        ids = RowIds(take)
        for table, gone in survey.gone.items():
            for old in gone:
                ids.gone(table, old)
        for table, live in survey.ids.items():
            for old in live:
                ids.put(table, old, take(table))
        return ids

    def _largest_id(self, carried: CarriedTable) -> int:
        assert carried.key is not None
        largest = select(func.coalesce(func.max(carried.table.c[carried.key]), 0))
        return int(self._connection.execute(largest).scalar_one())

    def _insert(self, carried: CarriedTable, rows: Iterator[JsonRow], ids: RowIds) -> None:
        statement = _insert_into(carried.table)
        waiting: list[dict[str, Any]] = []
        for row in rows:
            values = without_this_computer(carried, decode_row(carried, row))
            waiting.append(with_new_ids(carried, values, ids))
            if len(waiting) == _AT_ONCE:
                self._connection.execute(statement, waiting)
                waiting.clear()
        if waiting:
            self._connection.execute(statement, waiting)


def _insert_into(table: Table) -> Insert:
    """An insert that stores nothing as SQL's NULL, also in a column of JSON."""
    nothing_is_null = {
        column.name: bindparam(column.name, type_=JSON(none_as_null=True))
        for column in table.columns
        if isinstance(column.type, JSON)
    }
    return insert(table).values(
        {column.name: bindparam(column.name) for column in table.columns} | nothing_is_null
    )


def _is_text_key(carried: CarriedTable) -> bool:
    return carried.key is not None and not isinstance(carried.table.c[carried.key].type, Integer)


def _as_key(carried: CarriedTable, number: int) -> RowId:
    return str(number) if _is_text_key(carried) else number
