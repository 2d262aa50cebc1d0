"""Which open seeds a chapter should be reminded of, the most pressing first."""

from __future__ import annotations

from arboris_desktop.domain.context import Reason, ReasonKind
from arboris_desktop.domain.foreshadowing import is_overdue
from arboris_desktop.domain.story import EntryGlance
from arboris_desktop.writing.context.reading import BookSoFar

_RANKS = (ReasonKind.OVERDUE, ReasonKind.DUE, ReasonKind.OPEN)
MOST_SEEDS = 40
"""More are not even considered: an author cannot pay off so many in one chapter."""


def seeds_by_urgency(book: BookSoFar) -> list[tuple[EntryGlance, Reason]]:
    """The overdue first, then those with a date, then the others in the order of their planting."""
    seeds = [(seed, _reason(seed, book)) for seed in book.seeds]

    def urgency(found: tuple[EntryGlance, Reason]) -> tuple[int, int, int, int]:
        seed, reason = found
        due = seed.due_chapter if seed.due_chapter is not None else book.number
        return _RANKS.index(reason.kind), due, seed.since, seed.id

    return sorted(seeds, key=urgency)[:MOST_SEEDS]


def _reason(seed: EntryGlance, book: BookSoFar) -> Reason:
    newest = book.number - 1
    if is_overdue(seed.due_chapter, seed.seen_in, newest, book.overdue_after_chapters):
        return Reason(ReasonKind.OVERDUE, number=seed.since)
    if seed.due_chapter is not None:
        return Reason(ReasonKind.DUE, number=seed.due_chapter)
    return Reason(ReasonKind.OPEN, number=seed.since)
