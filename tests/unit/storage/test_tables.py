"""Rules for all tables of the schema."""

from __future__ import annotations

from sqlalchemy import Table, UniqueConstraint

from arboris_desktop.storage.tables.schema import metadata

_FEW_ROWS = {"provider_routes"}


def _first_columns(table: Table) -> set[str]:
    """The columns by which an index, also that of a constraint, finds rows."""
    found = {next(iter(index.columns)).name for index in table.indexes}
    keys = [table.primary_key, *(c for c in table.constraints if isinstance(c, UniqueConstraint))]
    return found | {next(iter(key.columns)).name for key in keys if len(key.columns)}


def test_no_removal_looks_through_a_whole_table_for_what_refers_to_it() -> None:
    missing = [
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if column.foreign_keys
        and column.name not in _first_columns(table)
        and table.name not in _FEW_ROWS
    ]
    assert missing == []
