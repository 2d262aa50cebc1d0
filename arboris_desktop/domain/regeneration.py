"""The consequences of planning chapters again, as far as they are known without reading the
texts."""

from __future__ import annotations

from collections.abc import Iterable

from arboris_desktop.domain.outline import ChapterPlan, ChapterRange, Outline
from arboris_desktop.domain.record import record


@record
class OpenThread:
    """Something open in the codex that hangs on chapters: a seed, or a contradiction alert.

    ``chapters`` are the numbers of those that planted it, touch it, or are to pay it off.
    """

    name: str
    chapters: tuple[int, ...]


@record
class RegenerationImpact:
    """The chapters that stay, those that would change, and what relies on them.

    ``kept`` are written chapters in the range, ``replaced`` planned ones with a plan, ``planned``
    all numbers that would be planned. ``later_written`` come after the range: they may rely on the
    plans that go. ``seeds`` are open and planted in the range or due in it; ``alerts`` are open in
    written chapters of the range or after it.
    """

    range: ChapterRange
    kept: tuple[ChapterPlan, ...]
    replaced: tuple[ChapterPlan, ...]
    planned: tuple[int, ...]
    later_written: tuple[ChapterPlan, ...]
    seeds: tuple[OpenThread, ...] = ()
    alerts: tuple[OpenThread, ...] = ()


def regeneration_impact(
    outline: Outline,
    within: ChapterRange,
    seeds: Iterable[OpenThread] = (),
    alerts: Iterable[OpenThread] = (),
) -> RegenerationImpact:
    """Works out the consequences of planning these chapters again; see ``RegenerationImpact``."""
    inside = [c for c in outline.chapters if c.number in within]
    kept = tuple(c for c in inside if c.has_text)
    kept_numbers = {chapter.number for chapter in kept}
    return RegenerationImpact(
        range=within,
        kept=kept,
        replaced=tuple(c for c in inside if not c.has_text and c.plan.strip()),
        planned=tuple(number for number in within if number not in kept_numbers),
        later_written=tuple(c for c in outline.chapters if c.has_text and c.number > within.last),
        seeds=tuple(seed for seed in seeds if any(n in within for n in seed.chapters)),
        alerts=tuple(a for a in alerts if any(n >= within.first for n in a.chapters)),
    )


@record
class LostName:
    """A person, place or thing that only the old plans brought in, and later chapters need."""

    name: str
    old: tuple[int, ...]
    later: tuple[int, ...]


def lost_names(
    outline: Outline,
    within: ChapterRange,
    new_plans: dict[int, str],
    names: Iterable[tuple[str, ...]],
) -> tuple[LostName, ...]:
    """The names in plans that go which no new plan has, but chapters after the range do.

    ``names`` are the known ones, each with its aliases. A name that an earlier chapter or a
    written one in the range has too is not lost.
    """
    found = []
    new = "\n".join(new_plans.values())
    for aliases in names:
        if _named(aliases, new):
            continue
        old = tuple(n for n in new_plans if _is_named_in(outline.by_number.get(n), aliases))
        later = tuple(
            c.number
            for c in outline.chapters
            if c.number > within.last and _is_named_in(c, aliases)
        )
        elsewhere = any(
            _is_named_in(c, aliases)
            for c in outline.chapters
            if c.number <= within.last and c.number not in new_plans
        )
        if old and later and not elsewhere:
            found.append(LostName(aliases[0], old, later))
    return tuple(found)


def _is_named_in(chapter: ChapterPlan | None, aliases: tuple[str, ...]) -> bool:
    return chapter is not None and _named(
        aliases, f"{chapter.title}\n{chapter.plan}\n{chapter.summary}"
    )


def _named(aliases: tuple[str, ...], text: str) -> bool:
    return any(alias and alias in text for alias in aliases)
