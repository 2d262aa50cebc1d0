"""In which order the rows of a novel are stored, so that what they refer to is there already."""

from __future__ import annotations

from functools import cache

from arboris_desktop.domain.record import record
from arboris_desktop.storage.portable.tables import CarriedTable, carried_tables

NAMED_WITHIN = {
    "codex_journal": ("codex_entries", "codex_facts"),
    "pending_analysis": ("codex_entries",),
    "analysis_steps": ("codex_entries",),
    "context_choices": ("chapters", "codex_entries"),
}
"""The tables whose ids stand within JSON or text of a table's rows (see ``columns``)."""


@record
class InsertionTurn:
    """A table whose turn it is. ``open`` are its columns that refer to rows which come later."""

    carried: CarriedTable
    open: tuple[str, ...]


@cache
def insertion_order() -> tuple[InsertionTurn, ...]:
    """Every carried table: after all that it refers to, or all but what may be set afterwards."""
    waiting, turns, stored = dict(carried_tables()), list[InsertionTurn](), set[str]()
    while waiting:
        chosen = next(
            (one for one in waiting.values() if not _missing(one, stored)),
            next((one for one in waiting.values() if _may_be_set_later(one, stored)), None),
        )
        if chosen is None:
            raise RuntimeError(f"no order of tables: {', '.join(waiting)} refer to one another")
        turns.append(InsertionTurn(chosen, _open(chosen, stored)))
        stored.add(chosen.name)
        del waiting[chosen.name]
    return tuple(turns)


def _missing(carried: CarriedTable, stored: set[str]) -> set[str]:
    """The tables that the rows need and that are not stored."""
    needed = {reference.table for reference in carried.references.values()}
    return (needed | set(NAMED_WITHIN.get(carried.name, ()))) - stored - {carried.name}


def _may_be_set_later(carried: CarriedTable, stored: set[str]) -> bool:
    later = {carried.references[name].table for name in _open(carried, stored)}
    return _missing(carried, stored) <= later


def _open(carried: CarriedTable, stored: set[str]) -> tuple[str, ...]:
    return tuple(
        name
        for name, reference in carried.references.items()
        if reference.is_enforced and reference.is_nullable and reference.table not in stored
    )
