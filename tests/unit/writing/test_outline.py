"""Planning with a model: in ranges, checked, repaired within bounds, and never twice."""

from __future__ import annotations

import asyncio
import json
import threading
from contextlib import aclosing
from dataclasses import replace

import pytest

from arboris_desktop.domain.codex import EntryKind, Origin
from arboris_desktop.domain.concept import Brief, Topic
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume, VersionOrigin
from arboris_desktop.domain.outline import ChapterRange, Outline
from arboris_desktop.domain.outline_changes import OutlinePlace, insert_chapter
from arboris_desktop.domain.outline_runs import OutlineRunStatus, RunKind
from arboris_desktop.domain.spent import all_spent
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.asking import CallEnded, CallText, ModelCalls
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.outline.book import outline_book
from arboris_desktop.writing.outline.editing import OutlineEditing
from arboris_desktop.writing.outline.outlining import Outlining, WaitingSplit, WaitingVolumes
from arboris_desktop.writing.outline.regeneration import Regeneration, taken_over
from arboris_desktop.writing.outline.work import ChaptersPlanned, OutlineEvent
from tests.support.outline_provider import Chapter, asked_numbers, cut_off, planned, planning_rule
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    in_two_parts,
    json_answer,
    prompt_of,
    reset_after,
    schema_name,
    stall,
    text,
)


@pytest.fixture
def outlining(database: Database, source: ProviderSource) -> Outlining:
    return Outlining(database, ModelCalls(database, source, PromptLibrary()))


@pytest.fixture
def editing(database: Database) -> OutlineEditing:
    return OutlineEditing(database)


@pytest.fixture
def empty(database: Database) -> str:
    """A novel without chapters."""
    return Novels(database).create(NewNovel(title="The Long Ebb", premise="The tide stays away."))


async def collect(outlining: Outlining, run_id: int) -> list[OutlineEvent]:
    async with aclosing(outlining.run(run_id)) as events:
        return [event async for event in events]


def fill(
    outlining: Outlining, project_id: str, last: int, first: int = 1, instruction: str = ""
) -> list[OutlineEvent]:
    within = ChapterRange(first, last)
    run = outlining.begin(project_id, RunKind.FILL, within, instruction)
    return asyncio.run(collect(outlining, run.id))


def is_perfect(outline: Outline, last: int) -> bool:
    assert not outline.problems
    return [c.number for c in outline.chapters] == list(range(1, last + 1)) and all(
        c.plan == planned(c.number)["plan"] for c in outline.chapters
    )


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


def test_a_request_tells_what_is_near_and_the_plan_of_the_volume(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(outline_book(outlining, editing, empty, 40, volumes=4))
    asked = [prompt_of(r) for r in scripted_provider.requests[1:]]
    assert len(asked) == 4, "a range does not reach into the next volume"
    assert "volume 2 Tide 2 (chapters 11–20)" in asked[1]
    assert "What the tide of year 2 takes." in asked[1]
    assert "Then comes volume 3 Tide 3" in asked[1]
    assert "10. The night of lamp 10: Mara lights lamp 10" in asked[1]
    assert "Planned or written so far: 10 of 40 chapters." in asked[1]
    assert "The tide stays away." in asked[1]


def test_a_request_tells_what_the_dialogue_has_settled(
    outlining: Outlining, database: Database, empty: str, scripted_provider: ScriptedProvider
) -> None:
    with database.write() as transaction:
        brief = Brief().with_text(Topic.ENDING, "The tide comes back, and takes the town.")
        transaction.concepts.set_brief(empty, brief)
    scripted_provider.rule = planning_rule()
    fill(outlining, empty, 3)
    asyncio.run(outlining.plan_volumes(empty, 2, 30))
    for request in scripted_provider.requests:
        assert "- The tide comes back, and takes the town." in prompt_of(request)


def test_the_request_for_chapter_490_is_no_longer_than_that_for_40(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(outline_book(outlining, editing, empty, 500))
    sizes = {
        asked_numbers(r)[0]: len(prompt_of(r))
        for r in scripted_provider.requests
        if schema_name(r) == "plan_chapters" and len(asked_numbers(r)) == 10
    }
    near, far = min(n for n in sizes if n > 30), max(sizes)
    assert far > 470
    assert sizes[far] < sizes[near] * 1.1


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

    done = asyncio.run(outline_book(outlining, editing, empty, 500))

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


# --- stopping and going on ---


def test_a_failed_run_goes_on_at_the_first_missing_chapter(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    first = {"chapters": [planned(n) for n in range(1, 11)]}
    scripted_provider.behaviours.extend([json_answer(first), error(503, "overloaded")])
    with pytest.raises(ProviderError):
        fill(outlining, empty, 30)
    left = outlining.unfinished(empty)
    assert left is not None
    assert left.status is OutlineRunStatus.FAILED
    assert len(editing.open(empty).chapters) == 10

    asyncio.run(collect(outlining, left.id))

    assert asked_numbers(scripted_provider.requests[2])[0] == 11
    assert is_perfect(editing.open(empty), 30)


def test_what_came_before_a_broken_connection_is_kept(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 11)]})
    scripted_provider.behaviours.append(reset_after(whole[:450]))
    with pytest.raises(ProviderError):
        fill(outlining, empty, 10)
    kept = [c.number for c in editing.open(empty).chapters]
    assert kept == list(range(1, len(kept) + 1))
    assert 2 <= len(kept) < 10


def test_a_stopped_run_keeps_what_came_and_goes_on(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 11)]})
    scripted_provider.rule = planning_rule()
    scripted_provider.behaviours.append(stall(after=whole[:450]))
    run = outlining.begin(empty, RunKind.FILL, ChapterRange(1, 10))

    async def stop_when_text_came() -> None:
        async with aclosing(outlining.run(run.id)) as events:
            async for event in events:
                if isinstance(event, CallText):
                    return

    asyncio.run(stop_when_text_came())

    left = outlining.unfinished(empty)
    assert left is not None
    assert left.status is OutlineRunStatus.STOPPED
    kept = len(editing.open(empty).chapters)
    assert kept >= 2
    asyncio.run(collect(outlining, run.id))
    assert asked_numbers(scripted_provider.requests[1])[0] == kept + 1
    assert is_perfect(editing.open(empty), 10)


def test_what_the_author_plans_meanwhile_stays(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    gate = threading.Event()
    whole = json.dumps({"chapters": [planned(n) for n in range(1, 6)]})
    scripted_provider.behaviours.append(in_two_parts(whole[:10], whole[10:], gate))
    run = outlining.begin(empty, RunKind.FILL, ChapterRange(1, 5))

    async def plan_one_oneself() -> None:
        async with aclosing(outlining.run(run.id)) as events:
            async for event in events:
                if isinstance(event, CallText) and not gate.is_set():
                    editing.change(empty, first_by_author)
                    gate.set()

    def first_by_author(outline: Outline) -> Outline:
        return insert_chapter(outline, OutlinePlace(0, 0), "Mine", "My own plan.")

    asyncio.run(plan_one_oneself())
    outline = editing.open(empty)
    assert [c.number for c in outline.chapters] == [1, 2, 3, 4, 5]
    assert (outline.chapters[0].title, outline.chapters[0].plan) == ("Mine", "My own plan.")


@pytest.mark.parametrize("within", [ChapterRange(0, 3), ChapterRange(5, 4), ChapterRange(1, 9999)])
def test_a_range_that_no_book_has_is_refused(
    outlining: Outlining, empty: str, within: ChapterRange
) -> None:
    with pytest.raises(RuleError):
        outlining.begin(empty, RunKind.FILL, within)


# --- previews ---


def test_the_preview_is_what_is_sent(
    outlining: Outlining, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    shown = asyncio.run(outlining.preview(empty, RunKind.FILL, ChapterRange(1, 12), "Rain."))
    assert scripted_provider.requests == []
    fill(outlining, empty, 12, instruction="Rain.")
    sent = scripted_provider.requests[0]["messages"]
    assert [m["content"] for m in sent] == [m.content for m in shown.messages]
    with pytest.raises(RuleError, match="have a plan"):
        asyncio.run(outlining.preview(empty, RunKind.FILL, ChapterRange(1, 12)))


def test_the_previews_of_volumes_and_of_a_split_are_what_is_sent(
    outlining: Outlining, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    project_id, chapter_id = novel.project.id, novel.chapters[0].id
    volumes = asyncio.run(outlining.preview_volumes(project_id, 2, 30))
    asyncio.run(outlining.plan_volumes(project_id, 2, 30))
    split = asyncio.run(outlining.preview_split(project_id, chapter_id, "At dusk."))
    answer = asyncio.run(outlining.propose_split(project_id, chapter_id, "At dusk."))
    sent = [[m["content"] for m in r["messages"]] for r in scripted_provider.requests]
    assert sent == [[m.content for m in shown.messages] for shown in (volumes, split)]
    assert (answer.value.first.title, answer.value.second.title) == ("Ebb", "Flow")
    with pytest.raises(RuleError):
        asyncio.run(outlining.plan_volumes(project_id, 5, 3))


def test_volumes_and_a_split_wait_for_the_author_also_over_a_crash(
    outlining: Outlining,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    project_id, chapter_id = novel.project.id, novel.chapters[0].id
    planned = asyncio.run(outlining.plan_volumes(project_id, 2, 30, "Two ebbs.")).value
    split = asyncio.run(outlining.propose_split(project_id, chapter_id)).value
    chapter = OutlineEditing(database).open(project_id).by_id[chapter_id]

    # Another program knows nothing but what is stored.
    again = Outlining(database, outlining._calls)
    waiting = again.waiting_volumes(project_id)
    assert waiting == WaitingVolumes(2, 30, "Two ebbs.", planned)
    assert again.waiting_split(project_id, chapter) == WaitingSplit("", split)
    taken = replace(chapter, title=split.first.title, plan=split.first.plan)
    assert again.waiting_split(project_id, taken) is None, "it is applied once"

    with database._store.writing() as connection:
        connection.exec_driver_sql(
            "UPDATE kept_answers SET content = json_set(content, '$.answer', json('[7]'))"
        )
    assert again.waiting_volumes(project_id) is None
    assert again.waiting_split(project_id, chapter) is None
    again.forget_volumes(project_id)
    again.forget_split(project_id, chapter_id)
    with database.read() as transaction:
        assert transaction.kept_answers.of_project(project_id) == []


def test_volumes_that_were_paid_for_before_a_crash_are_taken(
    outlining: Outlining, editing: OutlineEditing, empty: str, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(outlining.plan_volumes(empty, 3, 20))

    done = asyncio.run(outline_book(outlining, editing, empty, 20, volumes=3))

    names = [schema_name(request) for request in scripted_provider.requests]
    assert names.count("plan_volumes") == 1
    assert len(done.outline.volumes) == 3
    assert outlining.waiting_volumes(empty) is None


# --- regenerating ---


@pytest.fixture
def half_written(database: Database) -> str:
    """Ten planned chapters, of which 4 and 9 are written."""
    chapters = tuple(
        OutlineChapter(f"Old {n}", f"Old plan {n}" + (" with Anselm." if n in (5, 8) else "."))
        for n in range(1, 11)
    )
    project_id = Novels(database).create(
        NewNovel(title="The Long Ebb", volumes=(OutlineVolume("", chapters),))
    )
    with database.write() as transaction:
        for number in (4, 9):
            chapter = transaction.chapters.by_number(project_id, number)
            transaction.chapters.add_version(
                chapter.id, content="Text.", word_count=1, origin=VersionOrigin.AUTHOR
            )
        transaction.codex.add_entry(project_id, EntryKind.CHARACTER, "Anselm", origin=Origin.AUTHOR)
        seed = transaction.codex.add_entry(
            project_id, EntryKind.FORESHADOWING, "The key", origin=Origin.AUTHOR
        )
        transaction.codex.change_entry(seed, due_chapter=6)
    return project_id


def test_regenerating_says_what_it_meets(database: Database, half_written: str) -> None:
    met = Regeneration(database).impact(half_written, ChapterRange(3, 6))
    assert [c.number for c in met.kept] == [4]
    assert [c.number for c in met.replaced] == [3, 5, 6]
    assert met.planned == (3, 5, 6)
    assert [c.number for c in met.later_written] == [9]
    assert [(seed.name, seed.chapters) for seed in met.seeds] == [("The key", (6,))]
    assert met.alerts == ()


def test_regenerated_plans_wait_for_the_author(
    outlining: Outlining,
    editing: OutlineEditing,
    database: Database,
    half_written: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    before = editing.open(half_written)
    run = outlining.begin(half_written, RunKind.REGENERATE, ChapterRange(3, 6), "Darker.")
    asyncio.run(collect(outlining, run.id))

    assert editing.open(half_written) == before, "nothing is changed before the author accepts"
    assert asked_numbers(scripted_provider.requests[0]) == [3, 5, 6]
    prompt = prompt_of(scripted_provider.requests[0])
    assert "Old plan 5" not in prompt
    assert "4. Old 4 (written)" in prompt
    waiting = outlining.unfinished(half_written)
    assert waiting is not None
    assert waiting.status is OutlineRunStatus.COMPLETED
    result = Regeneration(database).result(run.id)
    assert [(c.old.plan if c.old else "", c.new.number) for c in result.comparisons] == [
        ("Old plan 3.", 3),
        ("Old plan 5 with Anselm.", 5),
        ("Old plan 6.", 6),
    ]
    assert [(lost.name, lost.old, lost.later) for lost in result.lost] == [("Anselm", (5,), (8,))]

    editing.change_chapter(before.by_number[6].id, "Old 6", "The author's own since.")
    made = editing.change(half_written, taken_over(result, {3, 6}))

    plans = {c.number: c.plan for c in made.after.chapters}
    assert plans[3] == planned(3)["plan"]
    assert plans[5] == "Old plan 5 with Anselm."
    assert plans[6] == "The author's own since."
    assert editing.undo(made).by_number[3].plan == "Old plan 3."
    outlining.settle(run.id)
    assert outlining.unfinished(half_written) is None


def test_a_regeneration_that_failed_goes_on(
    outlining: Outlining,
    database: Database,
    half_written: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule(lambda chapters, turn: chapters[: 1 if not turn else 9])
    run = outlining.begin(half_written, RunKind.REGENERATE, ChapterRange(1, 3))
    scripted_provider.behaviours.append(
        cut_off([planned(n) for n in (1, 2, 3)], 150),
    )
    asyncio.run(collect(outlining, run.id))
    assert [asked_numbers(r) for r in scripted_provider.requests] == [[1, 2, 3], [2, 3], [3]]
    result = Regeneration(database).result(run.id)
    assert [c.new.plan for c in result.comparisons] == [planned(n)["plan"] for n in (1, 2, 3)]


# --- a whole book ---


def tokens_of(database: Database, project_id: str) -> int:
    with database.read() as transaction:
        return transaction.calls.spent(project_id=project_id).tokens


def test_a_book_is_outlined_and_goes_on_where_it_stopped(
    outlining: Outlining,
    editing: OutlineEditing,
    database: Database,
    empty: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.rule = planning_rule()
    asyncio.run(outline_book(outlining, editing, empty, 10))
    assert len(scripted_provider.requests) == 1, "a short book has no volumes"
    before = tokens_of(database, empty)
    done = asyncio.run(outline_book(outlining, editing, empty, 20, volumes=2))
    assert is_perfect(done.outline, 20)
    planning = tokens_of(database, empty) - before
    assert done.spent.tokens == planning, "the plan of the volumes is paid for, too"
    assert [group.volume and group.volume.title for group in done.outline.groups] == [
        "Tide 1",
        "Tide 2",
    ]
    count = len(scripted_provider.requests)
    asyncio.run(outline_book(outlining, editing, empty, 20))
    assert len(scripted_provider.requests) == count, "nothing is left to ask"


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
    done = asyncio.run(outline_book(outlining, editing, empty, 20, volumes=3))
    assert not done.volumes_in_words
    assert done.spent.tokens == tokens_of(database, empty), "answers of no use are paid for"
    assert [v.size for v in done.outline.volumes] == [7, 7, 6]
    assert is_perfect(done.outline, 20)
