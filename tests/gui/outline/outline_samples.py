"""Outlines for tests of the widgets that show them."""

from __future__ import annotations

from arboris_desktop.domain.outline import ChapterPlan, Outline, VolumePlan


def make_plan(
    number: int, volume_id: int | None = 1, *, written: bool = False, plan: str | None = None
) -> ChapterPlan:
    """A planned or written chapter with ten times its number as id."""
    return ChapterPlan(
        id=number * 10,
        number=number,
        volume_id=volume_id,
        title=f"Title {number}",
        plan=f"Plan {number}" if plan is None else plan,
        is_written=written,
        has_text=written,
        word_count=1200 if written else 0,
    )


def small_outline() -> Outline:
    """Two volumes: 1 (written), 2, 3, a gap at 4 and 5, 6; then 7 and 8, and two more to come."""
    volumes = (VolumePlan(1, "Ebb", "The water goes.", 6), VolumePlan(2, "Flow", "", 4))
    first = [make_plan(n, written=n == 1) for n in (1, 2, 3, 6)]
    return Outline(volumes, (*first, make_plan(7, 2), make_plan(8, 2, plan="")))


def long_outline(count: int = 500, per_volume: int = 50) -> Outline:
    """A long book without gaps, of which the first ten chapters are written."""
    volumes = tuple(
        VolumePlan(n + 1, f"Tide {n + 1}", "What it takes.", per_volume)
        for n in range(count // per_volume)
    )
    chapters = tuple(
        make_plan(n, (n - 1) // per_volume + 1, written=n <= 10) for n in range(1, count + 1)
    )
    return Outline(volumes, chapters)
