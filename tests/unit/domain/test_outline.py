"""The rules of an outline: gaps, repetitions, places, and changes that lose nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.outline import (
    ChapterPlan,
    ChapterRange,
    Outline,
    VolumePlan,
    normalised,
    ranges_of,
)
from arboris_desktop.domain.outline_changes import (
    OutlinePlace,
    add_volume,
    insert_chapter,
    lay_out_volumes,
    merge_chapters,
    move_chapters,
    move_volume,
    number_map,
    place_of,
    remove_chapters,
    remove_volume,
    renumber,
    shift_chapters,
    split_chapter,
)


def book(*numbers: int, volumes: tuple[VolumePlan, ...] = (), home: int | None = None) -> Outline:
    chapters = tuple(ChapterPlan(n * 10, n, home, f"Title {n}", f"Plan {n}") for n in numbers)
    return Outline(volumes, chapters)


def two_volumes() -> Outline:
    """Chapters 1 to 3 and 6 of the first volume, planned for six, and 7 to 8 of the second."""
    volumes = (VolumePlan(1, "Ebb", size=6), VolumePlan(2, "Flow", size=4))
    chapters = tuple(
        ChapterPlan(n * 10, n, 1 if n <= 6 else 2, f"Title {n}", f"Plan {n}")
        for n in (1, 2, 3, 6, 7, 8)
    )
    return Outline(volumes, chapters)


def places(outline: Outline) -> list[list[int | None]]:
    """The ids in each group, ``None`` for a gap."""
    return [[s.id if s else None for s in group.slots] for group in outline.groups]


def numbers(outline: Outline) -> dict[int, int]:
    return {chapter.id: chapter.number for chapter in outline.chapters}


# --- looking ---


def test_gaps_lie_in_the_volume_whose_size_reaches_so_far() -> None:
    outline = two_volumes()
    assert places(outline) == [[10, 20, 30, None, None, 60], [70, 80, None, None]]
    assert [group.first for group in outline.groups] == [1, 7]
    assert outline.gaps() == (ChapterRange(4, 5), ChapterRange(9, 10))
    assert outline.length == 10
    assert [outline.volume_of(n) for n in (4, 7, 10, 99)] == [1, 2, 2, 2]


def test_a_gap_that_no_volume_claims_is_before_the_chapter_that_follows() -> None:
    outline = Outline(
        (VolumePlan(1), VolumePlan(2)), (ChapterPlan(10, 1, 1), ChapterPlan(40, 4, 2))
    )
    assert places(outline) == [[10], [None, None, 40]]


def test_chapters_without_a_volume_stand_where_they_are_read() -> None:
    outline = Outline(
        (VolumePlan(1),),
        (ChapterPlan(10, 1, None), ChapterPlan(20, 2, 1), ChapterPlan(30, 3, None)),
    )
    assert places(outline) == [[10], [20], [30]]
    assert [group.volume is None for group in outline.groups] == [True, False, True]


def test_what_is_wrong_is_named_by_numbers() -> None:
    outline = Outline(
        (VolumePlan(1), VolumePlan(2)),
        (
            ChapterPlan(1, 1, 1, "The Storm", "Mara waits."),
            ChapterPlan(2, 2, 2, "the storm!", "The boats leave."),
            ChapterPlan(3, 3, 1, "Home", "mara  waits"),
            ChapterPlan(5, 5, 2, "Later"),
        ),
    )
    found = outline.problems
    assert found.repeated_titles == ((1, 2),)
    assert found.repeated_plans == ((1, 3),)
    assert found.misplaced == (2,)
    assert found.gaps == (ChapterRange(4, 4),)
    assert found.without_plan == (5,)
    assert not book(1, 2, 3).problems


def test_what_is_to_be_planned_leaves_plans_and_texts_alone() -> None:
    outline = Outline(
        (),
        (
            ChapterPlan(1, 1, None, "Has a plan", "Mara waits."),
            ChapterPlan(2, 2, None, "Has only a title", "  "),
            ChapterPlan(3, 3, None, "Has a text", "", has_text=True),
        ),
    )
    assert outline.to_be_planned(ChapterRange(1, 5)) == (2, 4, 5)


def test_the_next_chapter_to_write_is_the_first_without_a_text_as_they_are_read() -> None:
    chapters = tuple(
        ChapterPlan(n * 10, n, home, is_written=n == 3)
        for n, home in ((1, 2), (2, 2), (3, 1), (4, 1))
    )
    volumes = (VolumePlan(1), VolumePlan(2))
    found = Outline(volumes, chapters).next_to_write
    assert found is not None
    assert found.number == 4
    assert Outline(volumes, chapters[2:3]).next_to_write is None


@pytest.mark.parametrize(
    ("one", "other"),
    [("The Storm", "the storm."), ("灯塔", "《灯塔》"), ("Ａ１", "a1"), ("Mara’s", "maras")],
)
def test_the_same_title_is_recognised(one: str, other: str) -> None:
    assert normalised(one) == normalised(other)


@given(st.sets(st.integers(1, 200)))
def test_ranges_are_exact_and_as_few_as_can_be(numbers: set[int]) -> None:
    ranges = ranges_of(numbers)
    assert [n for each in ranges for n in each] == sorted(numbers)
    ends = [each.last + 1 for each in ranges]
    assert not set(ends) & {each.first for each in ranges}


@given(st.sets(st.integers(1, 60)), st.lists(st.integers(0, 12), max_size=4))
def test_no_number_is_both_a_gap_and_a_chapter(numbers: set[int], sizes: list[int]) -> None:
    volumes = tuple(VolumePlan(n + 1, size=size) for n, size in enumerate(sizes))
    outline = lay_out_volumes(book(*sorted(numbers)), volumes) if volumes else book(*numbers)
    gaps = [n for each in outline.gaps() for n in each]
    assert not set(gaps) & numbers
    assert len(gaps) + len(numbers) == max([sum(sizes), *numbers], default=0)
    assert sum(slot is None for group in outline.groups for slot in group.slots) == len(gaps)


# --- changing ---


def test_chapters_move_between_volumes_and_are_renumbered() -> None:
    moved = move_chapters(two_volumes(), [20, 70], OutlinePlace(1, 2))
    assert places(moved) == [[10, 30, None, None, 60], [80, 20, 70, None, None]]
    assert numbers(moved) == {10: 1, 30: 2, 60: 5, 80: 6, 20: 7, 70: 8}
    assert [volume.size for volume in moved.volumes] == [5, 5]


def test_a_place_within_what_is_moved_is_where_it_was() -> None:
    outline = book(1, 2, 3, 4)
    assert move_chapters(outline, [20, 30], OutlinePlace(0, 2)) == outline


@pytest.mark.parametrize(
    ("step", "chosen", "expected"),
    [
        (-1, [20], [[20, 10, 30, None, None, 60], [70, 80, None, None]]),
        (1, [10, 20], [[30, 10, 20, None, None, 60], [70, 80, None, None]]),
        (1, [60], [[10, 20, 30, None, None], [60, 70, 80, None, None]]),
        (-1, [70], [[10, 20, 30, None, None, 60, 70], [80, None, None]]),
        (-1, [10], [[10, 20, 30, None, None, 60], [70, 80, None, None]]),
    ],
)
def test_chapters_are_shifted_by_one_place(
    step: int, chosen: list[int], expected: list[list[int | None]]
) -> None:
    assert places(shift_chapters(two_volumes(), chosen, step)) == expected


def test_an_inserted_chapter_moves_those_after_it() -> None:
    outline = insert_chapter(two_volumes(), OutlinePlace(0, 1), "New", "Something.")
    assert numbers(outline) == {10: 1, -1: 2, 20: 3, 30: 4, 60: 7, 70: 8, 80: 9}
    assert outline.by_id[-1].volume_id == 1
    assert insert_chapter(Outline(), OutlinePlace(0, 0), "First").chapters[0].number == 1


def test_a_split_chapter_keeps_its_text_in_the_first_half() -> None:
    outline = book(1, 2)
    written = replace(outline.chapters[0], has_text=True)
    outline = replace(outline, chapters=(written, outline.chapters[1]))
    halves = split_chapter(outline, 10, ("A", "a"), ("B", "b"))
    assert [(c.id, c.number, c.title, c.plan, c.has_text) for c in halves.chapters] == [
        (10, 1, "A", "a", True),
        (-1, 2, "B", "b", False),
        (20, 3, "Title 2", "Plan 2", False),
    ]


def test_merged_chapters_have_both_plans() -> None:
    merged = merge_chapters(book(1, 2, 3), [20, 30])
    assert [(c.id, c.number, c.plan) for c in merged.chapters] == [
        (10, 1, "Plan 1"),
        (20, 2, "Plan 2\n\nPlan 3"),
    ]
    with pytest.raises(RuleError, match="follow one another"):
        merge_chapters(book(1, 2, 3), [10, 30])
    with pytest.raises(RuleError, match="two chapters"):
        merge_chapters(book(1, 2, 3), [10])
    written = replace(book(1, 2).chapters[0], has_text=True)
    with pytest.raises(RuleError, match="has text"):
        merge_chapters(Outline((), (written, book(2).chapters[0])), [10, 20])


def test_a_volume_leaves_its_chapters_to_its_neighbour() -> None:
    without = remove_volume(two_volumes(), 2)
    assert {c.volume_id for c in without.chapters} == {1}
    assert without.volumes == (VolumePlan(1, "Ebb", size=10),)
    none = remove_volume(without, 1)
    assert {c.volume_id for c in none.chapters} == {None}
    assert len(none.chapters) == 6


def test_volumes_move_with_their_chapters_and_gaps() -> None:
    moved = move_volume(two_volumes(), 2, -1)
    assert places(moved) == [[70, 80, None, None], [10, 20, 30, None, None, 60]]
    assert move_volume(two_volumes(), 1, -1) == two_volumes()
    assert [v.id for v in add_volume(two_volumes(), after=1).volumes] == [1, -1, 2]


def test_another_lay_out_puts_chapters_where_their_numbers_fall() -> None:
    laid = lay_out_volumes(book(1, 2, 5, 9), [VolumePlan(-1, size=3), VolumePlan(-2, size=3)])
    assert [(c.number, c.volume_id) for c in laid.chapters] == [(1, -1), (2, -1), (5, -2), (9, -2)]


def test_what_is_not_there_cannot_be_moved() -> None:
    with pytest.raises(NotFoundError):
        move_chapters(book(1), [99], OutlinePlace(0, 0))
    with pytest.raises(NotFoundError):
        place_of(book(1), 99)


def test_noted_numbers_follow_their_chapters() -> None:
    before = book(1, 2, 3, 4)
    after = insert_chapter(remove_chapters(before, [20]), OutlinePlace(0, 0))
    follow = number_map(before, after)
    assert [follow(n) for n in (1, 3, 4)] == [2, 3, 4]
    assert follow(2) == 3, "the number of a chapter that is gone leads to what is there now"
    assert follow(10) == 10, "a number past the end keeps its distance to the last chapter"


@st.composite
def outlines(draw: st.DrawFn) -> Outline:
    known = sorted(draw(st.sets(st.integers(1, 30), min_size=1, max_size=15)))
    sizes = draw(st.lists(st.integers(0, 8), max_size=4))
    volumes = [VolumePlan(n + 1, size=size) for n, size in enumerate(sizes)]
    homes = st.sampled_from([None, *(volume.id for volume in volumes)])
    chapters = tuple(ChapterPlan(n * 10, n, draw(homes), plan=str(n)) for n in known)
    return Outline(tuple(volumes), chapters)


@given(outlines(), st.data())
def test_moving_loses_nothing_and_numbers_in_reading_order(
    outline: Outline, data: st.DataObject
) -> None:
    ids = sorted(outline.by_id)
    chosen = data.draw(st.sets(st.sampled_from(ids), min_size=1, max_size=4))
    group = data.draw(st.integers(0, len(outline.groups) - 1))
    index = data.draw(st.integers(0, len(outline.groups[group].slots)))

    moved = move_chapters(outline, chosen, OutlinePlace(group, index))

    assert sorted(moved.by_id) == ids
    assert {c.id: c.plan for c in moved.chapters} == {c.id: c.plan for c in outline.chapters}
    read = [c.number for c in moved.in_reading_order()]
    assert read == sorted(set(read)), "each number once, in the order of reading"
    order = [c.id for c in moved.in_reading_order() if c.id in chosen]
    assert order == [c.id for c in outline.in_reading_order() if c.id in chosen]
    assert not moved.problems.misplaced


@given(outlines())
def test_numbering_twice_changes_nothing_more(outline: Outline) -> None:
    once = renumber(outline)
    assert renumber(once) == once
    assert [c.id for c in once.in_reading_order()] == [c.id for c in outline.in_reading_order()]


@given(outlines(), st.data())
def test_what_is_inserted_and_removed_again_leaves_no_trace(
    outline: Outline, data: st.DataObject
) -> None:
    outline = renumber(outline)
    place = place_of(outline, data.draw(st.sampled_from(sorted(outline.by_id))))
    assert remove_chapters(insert_chapter(outline, place), [-1]) == outline


@pytest.mark.parametrize("change", [lambda o, to: move_chapters(o, [1], to), insert_chapter])
def test_a_place_in_a_volume_that_is_gone_is_refused(
    change: Callable[[Outline, OutlinePlace], Outline],
) -> None:
    """Another window has removed it since the author looked."""
    outline = Outline((), (ChapterPlan(1, 1, None, "One", ""),))
    with pytest.raises(RuleError) as refused:
        change(outline, OutlinePlace(len(outline.groups), 0))
    assert refused.value.kind is ErrorKind.CHANGED_SINCE
