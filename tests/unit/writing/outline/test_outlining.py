"""Planning with a model: in ranges, checked, repaired within bounds, and never twice."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import OutlineRunStatus, RunKind
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.call_events import CallEnded
from arboris_desktop.writing.outline.book import plan_whole_book
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining
from arboris_desktop.writing.outline.planning_run import ChaptersPlanned
from tests.support.outline_provider import Chapter, asked_numbers, cut_off, planned, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    prompt_of,
    schema_name,
    text,
)
from tests.unit.writing.outline.outline_runs import fill, is_perfect, tokens_of

# --- ranges ---


def test_chapters_are_asked_for_in_ranges_and_stored(
    outlining: Outlining,
    editing: OutlineEditing,
    empty: str,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()

    events = fill(outlining, empty, 25, instruction="Let it rain.")

    assert [asked_numbers(r) for r in scripted_provider.requests] == [
        list(range(1, 11)),
        list(range(11, 21)),
        list(range(21, 26)),
    ]
    assert is_perfect(editing.open(empty), 25)
    steps = [event for event in events if isinstance(event, ChaptersPlanned)]
    assert [(step.done, step.total) for step in steps] == [(10, 25), (20, 25), (25, 25)]
    end = events[-1]
    assert isinstance(end, CallEnded)
    with database.read() as transaction:
        calls = transaction.calls.of_project(empty)
    assert {call.purpose.task for call in calls} == {ModelTask.PLANNING}
    assert end.spent == all_spent(call.spent for call in calls)
    assert outlining.unfinished(empty) is None
    assert all("Let it rain." in prompt_of(r) for r in scripted_provider.requests)


# --- 500 chapters, and a model that makes every mistake ---


def spoiled(chapters: list[Chapter], turn: int) -> list[Chapter]:
    """Holes, repetitions, other numbers, empty plans and repeated titles, one after the other."""
    match turn % 7:
        case 0:
            return [c for c in chapters if c["number"] % 3]
        case 1:
            return [*chapters[:4], chapters[1], planned(chapters[0]["number"] - 1 or 999)]
        case 2:
            return [{**c, "number": place} for place, c in enumerate(chapters, start=1001)]
        case 3:
            return [{**c, "plan": "" if c["number"] % 2 else c["plan"]} for c in chapters]
        case 4:
            return [{**c, "title": chapters[0]["title"]} for c in chapters]
        case 5:
            return [{**c, "number": str(c["number"])} for c in reversed(chapters)]
    return chapters


def test_500_chapters_from_a_careless_model_have_no_gap_and_no_repetition(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule(spoiled)
    cuts = 0

    def with_cuts(request: dict[str, object]) -> object:
        nonlocal cuts
        if schema_name(request) == "plan_chapters" and len(scripted_provider.requests) % 11 == 5:
            cuts += 1
            return cut_off([planned(n) for n in asked_numbers(request)], 400)
        return rule(request)

    rule = scripted_provider.rule
    scripted_provider.rule = with_cuts  # type: ignore[assignment]

    done = asyncio.run(plan_whole_book(outlining, editing, empty, 500))

    assert cuts > 5
    assert is_perfect(done.outline, 500)
    assert sum(v.size for v in done.outline.volumes) == 500
    assert len(done.outline.volumes) == 12
    assert all(
        len(group.slots) == group.volume.size for group in done.outline.groups if group.volume
    )
    assert len(scripted_provider.requests) < 250, "what is missing is asked for, not everything"


def test_only_what_is_missing_is_asked_for_again(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule(
        lambda chapters, turn: [c for c in chapters if turn or c["number"] not in (3, 7)]
    )
    fill(outlining, empty, 10)
    assert [asked_numbers(r) for r in scripted_provider.requests] == [list(range(1, 11)), [3, 7]]
    assert is_perfect(editing.open(empty), 10)


def test_an_answer_that_was_cut_gives_what_it_has(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    scripted_provider.behaviours.append(cut_off([planned(n) for n in range(1, 11)], 500))
    fill(outlining, empty, 10)
    assert 1 < asked_numbers(scripted_provider.requests[1])[0] < 10
    assert is_perfect(editing.open(empty), 10)


def test_a_model_that_cannot_write_json_is_asked_in_words(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    perfect = planning_rule()
    scripted_provider.rule = lambda request: (
        text("Certainly! Here is a story.") if schema_name(request) else perfect(request)
    )
    fill(outlining, empty, 4)
    assert scripted_provider.schema_names() == ["plan_chapters"] * 2 + [None] * 4
    assert is_perfect(editing.open(empty), 4)


def test_a_model_that_brings_nothing_is_given_up(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text("…")
    with pytest.raises(ProviderError) as caught:
        fill(outlining, empty, 10)
    assert caught.value.kind is ErrorKind.INVALID_ANSWER
    assert len(scripted_provider.requests) == 4, "two in JSON, two in words"
    left = outlining.unfinished(empty)
    assert left is not None
    assert (left.status, left.error_type) == (OutlineRunStatus.FAILED, "invalid_answer")


@pytest.mark.parametrize("within", [ChapterRange(0, 3), ChapterRange(5, 4), ChapterRange(1, 9999)])
def test_a_range_that_no_book_has_is_refused(
    outlining: Outlining, empty: str, within: ChapterRange
) -> None:
    with pytest.raises(RuleError):
        outlining.begin(empty, RunKind.FILL, within)


def test_a_model_that_cannot_plan_volumes_gets_even_ones(
    outlining: Outlining,
    editing: OutlineEditing,
    database: Database,
    empty: str,
    scripted_provider: ScriptedProvider,
) -> None:
    perfect = planning_rule()
    scripted_provider.rule = lambda request: (
        text("I like volumes.") if schema_name(request) == "plan_volumes" else perfect(request)
    )
    done = asyncio.run(plan_whole_book(outlining, editing, empty, 20, volumes=3))
    assert not done.volumes_in_words
    assert done.spent.tokens == tokens_of(database, empty), "answers of no use are paid for"
    assert [v.size for v in done.outline.volumes] == [7, 7, 6]
    assert is_perfect(done.outline, 20)
