"""The tables that belong to a novel, and the references between their rows.

Nothing here names the tables that are carried to another computer: they are found by following
foreign keys from ``novel_projects``, so that a new table is carried without new code. What cannot
be seen in the schema is declared: tables left out, and the ids within JSON (``project_columns``).
"""

from __future__ import annotations

from dataclasses import field
from functools import cache
from typing import Any

from sqlalchemy import Column, Integer, MetaData, Select, String, Table, select

from arboris_desktop.domain.record import record
from arboris_desktop.storage.tables.novels import novel_projects
from arboris_desktop.storage.tables.schema import metadata

LEFT_OUT = {
    "app_settings": "belongs to the computer and its author, not to a novel",
    "provider_profiles": "names the servers of this computer's author, and what they cost",
    "model_traits": "what this computer has learnt of its servers",
    "provider_routes": "which of this computer's servers does which work",
    "passages": "an index of the chapters' texts, which is made again where it is missing",
    "analysis_durations": "how long this computer's analyses took",
    "analysis_counts": "how many tasks there are, which is counted where they arrive",
    "call_totals": "what this library's calls took, by whoever was asked",
    "analysis_errors": "tells of this computer's connections; the task keeps the kind of error",
    "kept_answers": "what the author at this computer has not decided on yet",
    "call_places": "which process asks a model just now",
    "provider_circuits": "which provider a process has found out of order",
    "chapter_writers": "which process of this computer writes a chapter just now",
    "analysis_notifications": "a message to the author at this computer; what it tells is carried",
}
"""Tables whose rows stay where they are, with the reason."""

SOFT_REFERENCES: dict[str, str | None] = {}
"""Columns named ``*_id`` without a foreign key whose table the name does not tell (see
``_inferred``): "table.column" to the table, or to ``None`` when it is not the id of a row."""


@record
class Reference:
    """A column that holds the id of another row.

    ``is_enforced``: by a foreign key. Without one the row may be gone, as in the codex's journal.
    """

    table: str
    is_enforced: bool
    is_nullable: bool


@record
class CarriedTable:
    """A table whose rows belong to a novel.

    ``key`` is the column whose ids are new in another database; a table whose primary key
    refers to other rows has none. ``owner`` leads to the novel: the column, and the table it
    refers to; ``None`` for the novels themselves.
    """

    table: Table
    key: str | None
    owner: tuple[str, CarriedTable] | None
    references: dict[str, Reference] = field(hash=False)

    @property
    def name(self) -> str:
        """The table's name."""
        return self.table.name

    def rows(self, project_id: str) -> Select[Any]:
        """All rows of a novel in the order of their keys."""
        mine = select(self.table).where(self._belongs(project_id))
        return mine.order_by(*self.table.primary_key.columns)

    def _belongs(self, project_id: str) -> Any:
        if self.owner is None:
            return self.table.c.id == project_id
        column, owner = self.owner
        if owner.owner is None:
            return self.table.c[column] == project_id
        owner_key = next(iter(owner.table.primary_key.columns))
        return self.table.c[column].in_(select(owner_key).where(owner._belongs(project_id)))


@cache
def carried_tables(schema: MetaData = metadata) -> dict[str, CarriedTable]:
    """The tables of a novel by name: the novel first, then those that refer to it, and so on."""
    names = _names_of_references(schema)
    root = schema.tables[novel_projects.name]
    found = {root.name: CarriedTable(root, "id", None, _references(root, names))}
    while nearer := _next(schema, found):
        for name, owner in nearer:
            table = schema.tables[name]
            key = _key(table)
            found[name] = CarriedTable(table, key, owner, _references(table, names))
    return found


def _next(
    schema: MetaData, found: dict[str, CarriedTable]
) -> list[tuple[str, tuple[str, CarriedTable]]]:
    """The tables not found yet that refer to one found; by the one found first if to several."""
    nearer = []
    for name in sorted(set(schema.tables) - set(found) - set(LEFT_OUT)):
        targets = {
            key.column.table.name: key.parent.name
            for key in schema.tables[name].foreign_keys
            if key.column.primary_key
        }
        owner = next((found[target] for target in found if target in targets), None)
        if owner is not None:
            nearer.append((name, (targets[owner.name], owner)))
    return nearer


def _key(table: Table) -> str | None:
    columns = list(table.primary_key.columns)
    return columns[0].name if len(columns) == 1 and not columns[0].foreign_keys else None


def _references(table: Table, names: dict[str, str]) -> dict[str, Reference]:
    found = {}
    for column in table.columns:
        enforced = next(iter(column.foreign_keys), None)
        target = _root(enforced.column) if enforced else _inferred(column, names)
        if target is not None:
            found[column.name] = Reference(target, enforced is not None, bool(column.nullable))
    return found


def _root(column: Column[Any]) -> str:
    """The table in which an id was made; a key may be that of another table."""
    while column.foreign_keys:
        column = next(iter(column.foreign_keys)).column
    return column.table.name


def _inferred(column: Column[Any], names: dict[str, str]) -> str | None:
    """The table that a column without a foreign key means, by what its name means elsewhere."""
    place = f"{column.table.name}.{column.name}"
    if place in SOFT_REFERENCES:
        return SOFT_REFERENCES[place]
    return names.get(column.name) if isinstance(column.type, Integer | String) else None


def _names_of_references(schema: MetaData) -> dict[str, str]:
    """Columns with a foreign key: by their name the table, where that is always the same."""
    targets: dict[str, set[str]] = {}
    for table in schema.tables.values():
        for key in table.foreign_keys:
            targets.setdefault(key.parent.name, set()).add(_root(key.column))
    return {name: next(iter(found)) for name, found in targets.items() if len(found) == 1}


def unexplained(schema: MetaData = metadata) -> list[str]:
    """Tells in words what another computer would miss or misread; empty as long as all is well."""
    carried = carried_tables(schema)
    problems = [
        f"table {name} is neither carried (a foreign key to the novel or to what belongs to it)"
        " nor in LEFT_OUT with a reason"
        for name in schema.tables
        if name not in carried and name not in LEFT_OUT
    ]
    for one in carried.values():
        for column in one.table.columns:
            if column.name.endswith("_id") and not _is_explained(one, column):
                problems.append(f"{one.name}.{column.name}: name its table in SOFT_REFERENCES")
        for name, reference in one.references.items():
            if reference.is_enforced and reference.table not in carried:
                problems.append(f"{one.name}.{name} refers to {reference.table}, which is left out")
    return problems


def _is_explained(one: CarriedTable, column: Column[Any]) -> bool:
    place = f"{one.name}.{column.name}"
    return column.name in one.references or column.name == one.key or place in SOFT_REFERENCES
