"""The ledger of foreshadowing: its seeds, which are open, advanced, paid off, or overdue."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from arboris_desktop.domain.codex import CodexEntry, EntryKind, Origin, SeedEffect
from arboris_desktop.domain.record import record

PAID_OFF_IN = "paid_off_in"
"""Attribute of a seed that the author marked as paid off: the chapter's number, or ``?``."""


class SeedState(StrEnum):
    """The state of a seed in the foreshadowing ledger."""

    OPEN = "open"
    ADVANCED = "advanced"
    PAID_OFF = "paid_off"
    OVERDUE = "overdue"


@record
class Seed:
    """A line of the foreshadowing ledger.

    Chapter numbers; ``None`` where there is none, and 0 for a seed of the author's that no chapter
    has planted yet.
    """

    entry: CodexEntry
    state: SeedState
    planted_in: int
    last_touched_in: int
    paid_off_in: int | None
    due_chapter: int | None


def ledger(
    entries: Iterable[CodexEntry],
    newest_chapter: int,
    overdue_after_chapters: int,
    newest_analysed: int | None = None,
) -> list[Seed]:
    """The seeds that count, in the order in which they were planted.

    ``newest_chapter`` is the number of the newest written chapter. Nobody has looked yet whether
    those after ``newest_analysed`` take a seed up again: imported books begin with many of them.
    """
    analysed = newest_chapter if newest_analysed is None else newest_analysed
    seeds = [
        seed_of(
            entry,
            analysed if entry.due_chapter is None else newest_chapter,
            overdue_after_chapters,
        )
        for entry in entries
        if entry.kind is EntryKind.FORESHADOWING and _counts(entry)
    ]
    return sorted(seeds, key=lambda seed: (seed.planted_in, seed.entry.id))


def _counts(entry: CodexEntry) -> bool:
    return entry.origin is Origin.AUTHOR or any(fact.counts for fact in entry.facts)


def seed_of(entry: CodexEntry, newest_chapter: int, overdue_after_chapters: int) -> Seed:
    """The line of the ledger for a seed."""
    facts = [fact for fact in entry.facts if fact.counts]
    planted = min((fact.chapter_number for fact in facts), default=0)
    touched = max((fact.chapter_number for fact in facts), default=0)
    paid_off_in = _paid_off_in(entry)
    if paid_off_in is not None or entry.attributes.get(PAID_OFF_IN):
        state = SeedState.PAID_OFF
    elif is_overdue(entry.due_chapter, touched, newest_chapter, overdue_after_chapters):
        state = SeedState.OVERDUE
    elif any(fact.effect is SeedEffect.ADVANCED for fact in facts):
        state = SeedState.ADVANCED
    else:
        state = SeedState.OPEN
    return Seed(entry, state, planted, touched, paid_off_in, entry.due_chapter)


def _paid_off_in(entry: CodexEntry) -> int | None:
    marked = entry.attributes.get(PAID_OFF_IN, "")
    if marked.isdecimal():
        return int(marked)
    return next(
        (f.chapter_number for f in entry.facts if f.counts and f.effect is SeedEffect.PAID_OFF),
        None,
    )


def is_overdue(due: int | None, touched: int, newest: int, after: int) -> bool:
    """True if a seed should have come up by chapter ``newest``: it is due (``due``), or ``after``
    chapters have passed since the one in which it was last touched (0 for none)."""
    if due is not None:
        return newest >= due
    return touched > 0 and newest - touched >= after
