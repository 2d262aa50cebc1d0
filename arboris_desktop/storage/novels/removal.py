"""Deleting the rows of a novel, a part at a time: nobody waits long for a transaction to end."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, Connection, Table, delete, select, tuple_, update

from arboris_desktop.storage.engine.repository import limited
from arboris_desktop.storage.tables.columns import metadata
from arboris_desktop.storage.tables.costs import model_calls
from arboris_desktop.storage.tables.novels import ARRIVING, chapters, novel_projects
from arboris_desktop.storage.tables.tasks import analysis_counts

_CHAPTERS_AT_ONCE, _ROWS_AT_ONCE = 20, 500
"""The chapters and rows that one step removes: a chapter goes with all that belongs to it."""


def remove_some(connection: Connection, project_id: str) -> bool:
    """Deletes a part of a novel that is off the list; false when nothing is left of it."""
    if _remove_calls(connection, project_id):
        return True
    if any(_remove_rows(connection, table, project_id) for table in _parts()):
        return True
    # Nothing is counted there any more.
    connection.execute(delete(analysis_counts).where(analysis_counts.c.project_id == project_id))
    connection.execute(delete(novel_projects).where(novel_projects.c.id == project_id))
    return False


def _remove_calls(connection: Connection, project_id: str) -> int:
    """Keeps the calls that a novel took as costs, unless it never was on the list."""
    query = select(novel_projects.c.status).where(novel_projects.c.id == project_id)
    if connection.execute(query).scalar_one_or_none() == ARRIVING:
        return _remove_rows(connection, model_calls, project_id)
    some = _some_rows(model_calls, project_id)
    return connection.execute(update(model_calls).where(some).values(project_id=None)).rowcount


def _remove_rows(connection: Connection, table: Table, project_id: str) -> int:
    return connection.execute(delete(table).where(_some_rows(table, project_id))).rowcount


@cache
def _parts() -> list[Table]:
    """The tables whose rows belong to a novel by themselves; chapters, with the most, first."""
    found = [
        table
        for table in metadata.sorted_tables
        if any(key.column.table is novel_projects for key in table.foreign_keys)
    ]
    return sorted(found, key=lambda table: table is not chapters)


def _some_rows(table: Table, project_id: str) -> ColumnElement[bool]:
    key = tuple_(*table.primary_key.columns)
    at_once = _CHAPTERS_AT_ONCE if table is chapters else _ROWS_AT_ONCE
    mine = select(*table.primary_key.columns).where(table.c.project_id == project_id)
    return key.in_(limited(mine.limit(at_once)))
