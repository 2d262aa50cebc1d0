"""The parts summed up as a novel grows, and how few of them are made again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.story import ChapterNote, StorySummary, SummaryLevel
from arboris_desktop.domain.summary_plan import (
    WantedSummary,
    wanted_book,
    wanted_parts,
    wanted_volumes,
)

Made = dict[tuple[SummaryLevel, int], StorySummary]


def novel(sizes: Sequence[int | None], written: int) -> list[ChapterNote]:
    """A novel of volumes of these sizes (``None``: 15 chapters without one), told so far."""
    notes: list[ChapterNote] = []
    for volume, size in enumerate(sizes, start=1):
        for _ in range(size or 15):
            number = len(notes) + 1
            told = f"Told {number}." if number <= written else ""
            volume_id = None if size is None else volume
            notes.append(ChapterNote(number, "T", "", told, volume_id, is_written=bool(told)))
    return notes


def make_due(notes: Sequence[ChapterNote], made: Made) -> list[WantedSummary]:
    """Makes what is due, as ``Summaries`` does, and returns it."""
    due = []
    for wanted_of in (wanted_parts, wanted_volumes, wanted_book):
        for wanted in wanted_of(notes, made):
            if wanted.is_due(made):
                due.append(wanted)
                made[wanted.key] = StorySummary(
                    wanted.level,
                    wanted.first,
                    wanted.last,
                    f"Sum of {' '.join(wanted.sources)}"[:400],
                    wanted.source_hash,
                )
    return due


def spans(summaries: Sequence[WantedSummary]) -> list[tuple[str, int, int]]:
    return [(each.level.value, each.first, each.last) for each in summaries]


def test_volumes_and_the_book_follow_from_parts() -> None:
    made: Made = {}

    assert spans(make_due(novel([25, 8, 20], 53), made)) == [
        ("part", 1, 10),
        ("part", 11, 20),
        ("part", 21, 25),
        ("volume", 26, 33),
        ("part", 34, 43),
        ("part", 44, 53),
        ("volume", 1, 25),
        ("volume", 34, 53),
        ("book", 1, 53),
    ]


def test_chapters_without_volumes_make_parts_of_twenty() -> None:
    assert spans(make_due(novel([None, None, None], 45), {})) == [
        ("part", 1, 10),
        ("part", 11, 20),
        ("part", 21, 30),
        ("part", 31, 40),
        ("volume", 1, 20),
        ("volume", 21, 40),
        ("book", 1, 40),
    ]


@pytest.mark.parametrize("written", [0, 5, 9])
def test_a_short_beginning_is_not_summed_up(written: int) -> None:
    assert make_due(novel([12, 30], written), {}) == []


def test_one_more_chapter_changes_nothing_until_ten_are_told() -> None:
    made: Made = {}
    make_due(novel([60], 30), made)

    for written in range(31, 40):
        assert make_due(novel([60], written), made) == []
    assert spans(make_due(novel([60], 40), made)) == [("part", 31, 40), ("volume", 1, 40)]


def test_only_summaries_with_a_changed_chapter_are_remade() -> None:
    notes = novel([30, 30, 30], 90)
    made: Made = {}
    make_due(notes, made)
    notes[34] = notes[34]._replace(summary="Another turn.")

    assert spans(make_due(notes, made)) == [
        ("part", 31, 40),
        ("volume", 31, 60),
        ("book", 1, 90),
    ]


def test_a_chapter_that_is_being_analysed_is_waited_for() -> None:
    notes = novel([30], 30)
    notes[4] = notes[4]._replace(summary="", is_waiting=True)

    assert spans(make_due(notes, {})) == [("part", 11, 20), ("part", 21, 30), ("volume", 1, 30)]


def test_a_summary_stays_while_one_of_its_chapters_has_none() -> None:
    notes = novel([30], 30)
    made: Made = {}
    make_due(notes, made)
    notes[4] = notes[4]._replace(summary="")

    assert make_due(notes, made) == []
    assert (SummaryLevel.PART, 1) in {wanted.key for wanted in wanted_parts(notes, made)}


def test_a_chapter_that_was_never_analysed_is_done_without() -> None:
    notes = novel([30], 30)
    notes[4] = notes[4]._replace(summary="")

    first = make_due(notes, {})[0]

    assert len(first.sources) == 9


@settings(max_examples=50, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(1, 40)), min_size=1, max_size=6))
def test_a_growing_novel_asks_seldom_and_leaves_nothing_out(sizes: list[int | None]) -> None:
    total = len(novel(sizes, 0))
    made: Made = {}
    asked = 0
    for written in range(1, total + 1):
        notes = novel(sizes, written)
        asked += len(make_due(notes, made))
        assert make_due(notes, made) == []

    chunks = total // 10 + 2 * len(sizes)
    assert asked <= 3 * chunks
    covered = {
        number
        for summary in made.values()
        if summary.level is not SummaryLevel.BOOK
        for number in range(summary.first_chapter, summary.last_chapter + 1)
    }
    told_one_by_one = 10
    assert covered >= set(range(1, total - told_one_by_one + 1))
    assert all(summary.last_chapter <= total for summary in made.values())
