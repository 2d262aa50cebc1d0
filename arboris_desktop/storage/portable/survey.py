"""A look through all rows of a novel from a file, before any of them is stored."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.storage.portable.row_codec import decode_row
from arboris_desktop.storage.portable.row_ids import RowId, dangling, is_kept, with_new_ids
from arboris_desktop.storage.portable.tables import Reference, carried_tables
from arboris_desktop.storage.tables.novels import novel_projects

JsonRow = dict[str, Any]
JsonRows = Callable[[str], Iterator[JsonRow]]
"""Reads the rows of a table from a file, from its beginning at each call."""


@record
class Survey:
    """The ids of a file's rows by table, in order; and those that are named but gone."""

    ids: dict[str, dict[RowId, None]]
    gone: dict[str, list[RowId]]

    @property
    def project_id(self) -> RowId:
        """The id that the novel has in the file."""
        return next(iter(self.ids[novel_projects.name]))


def survey_rows(rows: JsonRows) -> Survey:
    """Reads all rows, and checks them as far as that goes without the database.

    Raises ``StorageError`` (``NOVEL_FILE_DAMAGED``) for values that a column cannot have, ids that
    occur twice, references that lead nowhere, and any number of novels but one.
    """
    found = _Found()
    for carried in carried_tables().values():
        own = found.ids.setdefault(carried.name, {})
        for row in rows(carried.name):
            values = decode_row(carried, row)
            if carried.key is not None:
                if values[carried.key] in own:
                    raise _damaged(f"two rows of {carried.name} have the same id")
                own[values[carried.key]] = None
            with_new_ids(carried, values, found)
    if len(found.ids[novel_projects.name]) != 1:
        raise _damaged(f"it holds {len(found.ids[novel_projects.name])} novels")
    return Survey(found.ids, found.gone())


@dataclass(slots=True)
class _Found:
    """Notes what is referred to, in the place of giving it a new id."""

    ids: dict[str, dict[RowId, None]] = field(default_factory=dict)
    _referred: dict[Reference, dict[RowId, None]] = field(default_factory=dict)

    def map(self, reference: Reference, old: RowId) -> RowId:
        self._referred.setdefault(reference, {})[old] = None
        return old

    def gone(self) -> dict[str, list[RowId]]:
        gone: dict[str, dict[RowId, None]] = {}
        for reference, referred in self._referred.items():
            missing = [old for old in referred if old not in self.ids.get(reference.table, {})]
            if missing and reference.is_enforced:
                raise dangling(reference, missing[0])
            if is_kept(reference):
                gone.setdefault(reference.table, {}).update(dict.fromkeys(missing))
        return {table: list(ids) for table, ids in gone.items() if ids}


def _damaged(reason: str) -> StorageError:
    return StorageError(ErrorKind.NOVEL_FILE_DAMAGED, reason)
