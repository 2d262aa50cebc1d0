"""Ids of rows here and there: what is carried to another database gets new ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, Protocol

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.portable.columns import (
    JSON_COLUMNS,
    KEPT_WHEN_GONE,
    id_in_text,
)
from arboris_desktop.storage.portable.tables import CarriedTable, Reference, carried_tables

RowId = int | str


class IdMap(Protocol):
    """Gives a row that is referred to its new id."""

    def map(self, reference: Reference, old: RowId) -> RowId | None:
        """The new id; raises ``StorageError`` for a reference that must not lead nowhere."""


class RowIds:
    """The new id of each row, by its table and its old id.

    A reference without a foreign key may be to a row that is gone. Where the journal needs it
    nevertheless, so that changes can still be told apart and undone, ``make_gone`` gives it an
    id of its own, always the same one.
    """

    def __init__(self, make_gone: Callable[[str], RowId]) -> None:
        self._new: dict[str, dict[RowId, RowId]] = {}
        self._gone: dict[tuple[str, RowId], RowId] = {}
        self._make_gone = make_gone

    def put(self, table: str, old: RowId, new: RowId) -> None:
        """Notes the new id of a row."""
        self._new.setdefault(table, {})[old] = new

    def map(self, reference: Reference, old: RowId) -> RowId | None:
        """See ``IdMap``."""
        new = self._new.get(reference.table, {}).get(old)
        if new is not None:
            return new
        if is_lost(reference):
            raise dangling(reference, old)
        return self.gone(reference.table, old) if is_kept(reference) else None

    def gone(self, table: str, old: RowId) -> RowId:
        """The id for a row that no longer exists."""
        row = (table, old)
        if row not in self._gone:
            self._gone[row] = self._make_gone(table)
        return self._gone[row]


def is_lost(reference: Reference) -> bool:
    """True if nothing can stand in the place of a row that this reference does not find."""
    return reference.is_enforced and not reference.is_nullable


def is_kept(reference: Reference) -> bool:
    """True if the id of a row that is gone still has to be told from all others."""
    if reference.is_enforced:
        return False
    return not reference.is_nullable or reference.table in KEPT_WHEN_GONE


def dangling(reference: Reference, old: RowId) -> StorageError:
    """The error for a reference that leads nowhere."""
    reason = f"row {str(old)[:40]} of {reference.table} is missing"
    return StorageError(ErrorKind.NOVEL_FILE_DAMAGED, reason)


def with_new_ids(carried: CarriedTable, row: dict[str, Any], ids: IdMap) -> dict[str, Any]:
    """The row with its own id, and all that it refers to, in the new numbering."""
    return {name: _new_value(carried, name, value, row, ids) for name, value in row.items()}


def _new_value(
    carried: CarriedTable, name: str, value: Any, row: dict[str, Any], ids: IdMap
) -> Any:
    if value is None:
        return None
    if reference := _reference(carried, name):
        return ids.map(reference, value)
    place = f"{carried.name}.{name}"
    if named := id_in_text(place, row):
        table, old, rest = named
        return f"{ids.map(Reference(table, is_enforced=False, is_nullable=False), old)}{rest}"
    declared = JSON_COLUMNS.get(place)
    if declared is not None and declared.ids is not None:
        return declared.ids(value, lambda table, part: _in_json(table, part, ids))
    return value


def _reference(carried: CarriedTable, name: str) -> Reference | None:
    if name == carried.key:
        return Reference(carried.name, is_enforced=False, is_nullable=False)
    return carried.references.get(name)


def _in_json(table: str, part: dict[str, Any], ids: IdMap) -> dict[str, Any]:
    """An image of a row, or a part of one such as ``{"id": 7}``: no foreign key guards it."""
    carried = carried_tables()[table]
    mapped = dict(part)
    for name, value in part.items():
        reference = _reference(carried, name)
        if reference is not None and value is not None:
            mapped[name] = ids.map(replace(reference, is_enforced=False), value)
    return mapped
