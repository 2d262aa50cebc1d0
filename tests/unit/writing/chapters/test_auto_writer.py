"""Chapters in a row: bounded, interrupted at any moment, continued without doing anything twice."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from arboris_desktop.domain.auto_runs import (
    AutoOptions,
    AutoRun,
    AutoRunStatus,
    AutoStep,
    ChooseBy,
    StopReason,
)
from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.chapter_writers import ChapterWriter, Program, WriterKind
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.novel import ChapterStatus
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters import auto_work
from arboris_desktop.writing.chapters.auto_events import (
    AnalysesHeldError,
    AutoEvent,
    AutoProgress,
    AutoText,
)
from arboris_desktop.writing.chapters.auto_work import Writers
from arboris_desktop.writing.chapters.auto_writer import AutoWriter
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.chapters.drafting import Drafting, DraftText
from arboris_desktop.writing.chapters.evaluation import Evaluation
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    json_answer,
    prompt_of,
    schema_name,
    stall,
    text,
)

CHAPTER = "The rain had followed her home. “Mara,” said the harbour master, and no more. " * 5
FREE = AutoOptions(
    candidates=1, wait_for_analysis=False, stop_at_contradictions=False, max_tokens=10**6
)


@pytest.fixture
def writer(
    database: Database,
    source: ProviderSource,
    instance: Instance,
    register: ChapterRegister,
    scripted_provider: ScriptedProvider,
) -> AutoWriter:
    Preferences(database).set(WritingSettings(target_words=60))
    scripted_provider.rule = lambda _request: text(CHAPTER)
    prompts, rounds = PromptLibrary(), CandidateRounds(database, instance, register)
    calls = ModelCalls(database, source, prompts)
    writers = Writers(
        Novels(database),
        Drafting(database, calls, register),
        Candidates(database, calls, rounds, register),
        rounds,
        Evaluation(database, calls),
        register,
    )
    return AutoWriter(database, writers, instance)


async def never_changes() -> None:
    raise AssertionError("nothing is waited for")


def work(
    writer: AutoWriter,
    run: AutoRun,
    tell: Callable[[AutoEvent], None] = lambda _event: None,
    queue_changed: Callable[[], Any] = never_changes,
) -> AutoRun:
    return asyncio.run(writer.work(run.id, queue_changed, tell))


def start(writer: AutoWriter, novel: NovelContents, options: AutoOptions = FREE) -> AutoRun:
    return writer.start(novel.project.id, 1, 3, options)


def states(database: Database, novel: NovelContents) -> list[ChapterStatus]:
    return [chapter.status for chapter in Novels(database).open(novel.project.id).chapters]


def test_a_run_writes_its_chapters_and_ends(
    writer: AutoWriter, novel: NovelContents, database: Database
) -> None:
    steps: list[tuple[int, AutoStep]] = []

    def tell(event: AutoEvent) -> None:
        if isinstance(event, AutoProgress):
            steps.append((event.chapter.number, event.step))

    run = work(writer, start(writer, novel), tell)

    assert (run.status, run.done) == (AutoRunStatus.COMPLETED, 3)
    assert states(database, novel) == [ChapterStatus.WRITTEN] * 3
    assert steps == [(n, step) for n in (1, 2, 3) for step in (AutoStep.WRITING, AutoStep.STORED)]
    assert run.spent.tokens > 0
    with database.read() as transaction:
        calls = transaction.calls.of_project(novel.project.id)
    assert {call.purpose.auto_run_id for call in calls} == {run.id}


def test_chapters_that_have_text_are_left_alone(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    Editing(database).save(novel.chapters[1].id, "Mine.", None)

    run = work(writer, start(writer, novel))

    assert run.status is AutoRunStatus.COMPLETED
    assert len(scripted_provider.requests) == 2
    version = Editing(database).open(novel.chapters[1].id).version
    assert version is not None
    assert version.content == "Mine."


def test_a_run_goes_on_beyond_what_is_planned(
    writer: AutoWriter, novel: NovelContents, database: Database
) -> None:
    run = work(writer, writer.start(novel.project.id, 3, 5, FREE))

    assert run.status is AutoRunStatus.COMPLETED
    assert states(database, novel)[2:] == [ChapterStatus.WRITTEN] * 3


def test_it_stops_at_the_limit_of_tokens_and_goes_on_with_a_higher_one(
    writer: AutoWriter, novel: NovelContents, database: Database
) -> None:
    limited = AutoOptions(1, wait_for_analysis=False, stop_at_contradictions=False, max_tokens=1)
    run = work(writer, start(writer, novel, limited))
    assert (run.status, run.stop_reason, run.done) == (AutoRunStatus.PAUSED, StopReason.TOKENS, 1)

    writer.change_options(run.id, FREE)

    assert work(writer, run).status is AutoRunStatus.COMPLETED
    assert states(database, novel) == [ChapterStatus.WRITTEN] * 3


def test_a_refusing_provider_pauses_the_run_with_its_reason(
    writer: AutoWriter, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.behaviours.append(error(401, "no"))

    run = work(writer, start(writer, novel))

    assert (run.status, run.stop_reason, run.done) == (AutoRunStatus.PAUSED, StopReason.PROVIDER, 0)
    assert run.detail.startswith("unauthorized")


def test_a_passing_failure_is_tried_again_a_bounded_number_of_times(
    writer: AutoWriter,
    novel: NovelContents,
    scripted_provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(auto_work, "backoff_seconds", lambda *_a, **_k: 0.0)
    scripted_provider.behaviours.extend([error(500, "oops"), error(500, "oops")])
    assert work(writer, start(writer, novel)).status is AutoRunStatus.COMPLETED

    scripted_provider.rule = lambda _request: error(500, "oops")
    again = work(writer, writer.start(novel.project.id, 4, 4, FREE))

    assert again.stop_reason is StopReason.PROVIDER
    assert len(scripted_provider.requests) == 5 + auto_work.MAX_ATTEMPTS


def test_a_stopped_run_keeps_what_came_and_continues_there(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.append(stall(after="The first words. "))
    run = start(writer, novel)

    async def stop_after_the_first_words() -> None:
        came = asyncio.Event()

        def tell(event: AutoEvent) -> None:
            if isinstance(event, AutoText) and isinstance(event.event, DraftText):
                came.set()

        task = asyncio.create_task(writer.work(run.id, never_changes, tell))
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stop_after_the_first_words())
    assert writer.run(run.id).stop_reason is StopReason.AUTHOR

    assert work(writer, run).status is AutoRunStatus.COMPLETED

    version = Editing(database).open(novel.chapters[0].id).version
    assert version is not None
    assert version.content.startswith("The first words. ")


def two_candidates(choose_by: ChooseBy) -> AutoOptions:
    return AutoOptions(
        2, choose_by, wait_for_analysis=False, stop_at_contradictions=False, max_tokens=10**6
    )


def test_the_recommended_candidate_becomes_the_chapter(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    """The judge recommends the one that ends with a storm, under whatever letter it sees it."""
    texts = iter([CHAPTER + "All was still.", CHAPTER + "A storm came."])

    def rule(request: dict[str, Any]) -> Behaviour:
        if schema_name(request) is None:
            return text(next(texts))
        shown = prompt_of(request)
        stormy = "A" if shown.index("A storm came.") < shown.index("All was still.") else "B"
        return json_answer(
            {"candidates": [{"candidate": "A"}, {"candidate": "B"}], "recommended": stormy}
        )

    scripted_provider.rule = rule
    options = two_candidates(ChooseBy.EVALUATION)

    run = work(writer, writer.start(novel.project.id, 1, 1, options))

    assert run.status is AutoRunStatus.COMPLETED
    version = Editing(database).open(novel.chapters[0].id).version
    assert version is not None
    assert version.content.endswith("A storm came.")


def test_candidates_that_cannot_be_compared_do_not_stop_the_run(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    scripted_provider: ScriptedProvider,
) -> None:
    steps: list[AutoStep] = []

    def tell(event: AutoEvent) -> None:
        if isinstance(event, AutoProgress):
            steps.append(event.step)

    def rule(request: dict[str, Any]) -> Behaviour:
        judge = schema_name(request) or "Which is the best" in prompt_of(request)
        return text("Both are fine.") if judge else text(CHAPTER)

    scripted_provider.rule = rule

    run = work(
        writer, writer.start(novel.project.id, 1, 1, two_candidates(ChooseBy.EVALUATION)), tell
    )

    assert run.status is AutoRunStatus.COMPLETED
    assert steps[-2:] == [AutoStep.UNJUDGED, AutoStep.STORED]
    assert len(Editing(database).open(novel.chapters[0].id).versions) == 2


def test_a_queue_that_is_held_is_why_the_run_waits(
    writer: AutoWriter, novel: NovelContents
) -> None:
    async def held() -> None:
        raise AnalysesHeldError("the queue is paused")

    options = replace(FREE, wait_for_analysis=True)
    run = work(writer, start(writer, novel, options), queue_changed=held)

    assert (run.status, run.stop_reason) == (AutoRunStatus.PAUSED, StopReason.ANALYSIS)
    assert run.detail == "the queue is paused"


def test_the_author_chooses_before_the_run_goes_on(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    instance: Instance,
    register: ChapterRegister,
    scripted_provider: ScriptedProvider,
) -> None:
    run = work(writer, writer.start(novel.project.id, 1, 1, two_candidates(ChooseBy.AUTHOR)))
    assert run.stop_reason is StopReason.CHOICE
    assert states(database, novel)[0] is ChapterStatus.PLANNED
    asked = len(scripted_provider.requests)
    assert work(writer, run).stop_reason is StopReason.CHOICE
    assert len(scripted_provider.requests) == asked, "the round is there already"

    rounds = CandidateRounds(database, instance, register)
    candidate = rounds.rounds(novel.chapters[0].id)[0].candidates[1]
    rounds.choose(candidate.id)

    assert work(writer, run).status is AutoRunStatus.COMPLETED
    version = Editing(database).open(novel.chapters[0].id).version
    assert version is not None
    assert version.id == candidate.version_id


def test_it_waits_for_the_analysis_and_stops_when_that_fails(
    writer: AutoWriter, novel: NovelContents, database: Database
) -> None:
    options = AutoOptions(1, max_tokens=10**6)
    run = start(writer, novel, options)
    waited = 0

    async def fail_the_task() -> None:
        nonlocal waited
        waited += 1
        with database.write() as transaction:
            task = transaction.attempts.claim_next("someone", timedelta(minutes=1))
            assert task is not None
            transaction.attempts.fail(task, error_type="internal", message="x", duration_seconds=0)

    stopped = work(writer, run, queue_changed=fail_the_task)
    assert (stopped.stop_reason, stopped.done, waited) == (StopReason.ANALYSIS, 0, 1)

    # Continued all the same: this failure is forgiven, the next one is not.
    again = work(writer, run, queue_changed=fail_the_task)
    assert (again.stop_reason, again.done) == (StopReason.ANALYSIS, 1)


def test_one_run_of_a_novel_at_a_time(writer: AutoWriter, novel: NovelContents) -> None:
    run = start(writer, novel)

    with pytest.raises(RuleError, match="not finished"):
        start(writer, novel)

    writer.cancel(run.id)
    assert start(writer, novel).id != run.id
    with pytest.raises(RuleError, match="has ended"):
        work(writer, run)


@pytest.mark.parametrize(("first", "last"), [(0, 2), (3, 2), (9, 10)])
def test_impossible_ranges_are_refused(
    writer: AutoWriter, novel: NovelContents, first: int, last: int
) -> None:
    with pytest.raises(RuleError):
        writer.start(novel.project.id, first, last, FREE)


def test_a_run_is_worked_by_one_process_at_a_time(
    writer: AutoWriter,
    novel: NovelContents,
    instance: Instance,
    scripted_provider: ScriptedProvider,
) -> None:
    run = start(writer, novel)
    with instance.claim(f"auto-run-{run.id}") as is_mine:
        assert is_mine
        assert writer.waiting(novel.project.id) is None
        with pytest.raises(RuleError):
            work(writer, run)
    assert (writer.run(run.id).status, scripted_provider.requests) == (AutoRunStatus.RUNNING, [])

    found = writer.waiting(novel.project.id)
    assert found is not None
    assert (found.status, found.stop_reason) == (AutoRunStatus.PAUSED, StopReason.INTERRUPTED)
    assert work(writer, found).status is AutoRunStatus.COMPLETED


@pytest.mark.parametrize("candidates", [1, 2])
def test_a_chapter_that_another_window_writes_pauses_the_run(
    writer: AutoWriter,
    novel: NovelContents,
    database: Database,
    paths: DataPaths,
    scripted_provider: ScriptedProvider,
    candidates: int,
) -> None:
    chapter_id = novel.chapters[0].id
    other = Instance(paths.instances)
    theirs = ChapterWriter(chapter_id, WriterKind.DRAFT, Program.COMMAND, other.owner)
    if candidates == 1:
        with database.write() as transaction:
            transaction.writers.hold(theirs)
    else:
        rounds = CandidateRounds(database, other, ChapterRegister(database, other))
        rounds.begin_round(chapter_id, candidates)

    run = work(writer, start(writer, novel, replace(FREE, candidates=candidates)))

    assert (run.status, run.stop_reason) == (AutoRunStatus.PAUSED, StopReason.BUSY)
    assert "command" in run.detail
    assert scripted_provider.requests == []
    other.close()
    assert work(writer, run).status is AutoRunStatus.COMPLETED


def test_a_defect_leaves_no_run_that_seems_to_go_on(
    writer: AutoWriter, novel: NovelContents
) -> None:
    def tell(_event: AutoEvent) -> None:
        raise ZeroDivisionError("a defect")

    run = start(writer, novel)
    with pytest.raises(ZeroDivisionError):
        work(writer, run, tell)

    assert writer.run(run.id).status is AutoRunStatus.PAUSED


async def write_until_words_come(
    candidates: Candidates, candidate_id: int, auto_run_id: int | None = None
) -> None:
    """Stops a candidate at its first words, as its author does."""
    async with aclosing(candidates.write(candidate_id, auto_run_id=auto_run_id)) as events:
        async for event in events:
            if isinstance(event, DraftText):
                return


def test_a_run_leaves_alone_what_the_author_stopped(
    writer: AutoWriter, novel: NovelContents, candidates: Candidates, rounds: CandidateRounds,
    database: Database, scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    """Both were stopped: the run has others written, and the author's wait for a decision."""
    scripted_provider.behaviours.extend([stall(after="It began."), stall(after="It began.")])
    chapter_id = novel.chapters[0].id
    theirs = rounds.begin_round(chapter_id, 2)
    for each in theirs.candidates:
        asyncio.run(write_until_words_come(candidates, each.id))

    options = two_candidates(ChooseBy.AUTHOR)
    run = work(writer, writer.start(novel.project.id, 1, 1, options))

    assert run.stop_reason is StopReason.CHOICE
    left, made = rounds.rounds(chapter_id)
    assert [(c.status, c.content) for c in left.candidates] == [
        (CandidateStatus.STOPPED, "It began.")
    ] * 2
    assert [c.status for c in made.candidates] == [CandidateStatus.STORED] * 2
    work(writer, run)
    assert len(rounds.rounds(chapter_id)) == 2, "continued, it comes back to its own"


def test_a_run_takes_the_version_that_is_whole_and_not_the_one_that_was_stopped(
    writer: AutoWriter, novel: NovelContents, candidates: Candidates, rounds: CandidateRounds,
    database: Database, scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.behaviours.append(stall(after="It began."))
    chapter_id = novel.chapters[0].id
    stopped, whole = rounds.begin_round(chapter_id, 2).candidates
    asyncio.run(write_until_words_come(candidates, stopped.id))
    asyncio.run(read_to_the_end(candidates, whole.id))
    asked = len(scripted_provider.requests)

    run = work(writer, writer.start(novel.project.id, 1, 1, two_candidates(ChooseBy.EVALUATION)))

    assert run.status is AutoRunStatus.COMPLETED
    assert len(scripted_provider.requests) == asked, "nothing is asked for"
    assert rounds.candidate(stopped.id).status is CandidateStatus.STOPPED
    assert rounds.candidate(whole.id).status is CandidateStatus.CHOSEN


async def read_to_the_end(candidates: Candidates, candidate_id: int) -> None:
    async with aclosing(candidates.write(candidate_id)) as events:
        async for _event in events:
            pass


def test_a_run_that_was_paused_goes_on_with_its_own_candidates(
    writer: AutoWriter, novel: NovelContents, rounds: CandidateRounds,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.behaviours.extend([stall(after="It began. "), stall(after="It began. ")])
    options = two_candidates(ChooseBy.AUTHOR)
    run = writer.start(novel.project.id, 1, 1, options)

    asyncio.run(pause_at_the_first_words(writer, run))
    assert work(writer, run).stop_reason is StopReason.CHOICE

    (made,) = rounds.rounds(novel.chapters[0].id)
    assert [c.content.startswith("It began. ") for c in made.stored] == [True, True]


async def pause_at_the_first_words(writer: AutoWriter, run: AutoRun) -> None:
    came: set[int | None] = set()
    all_came = asyncio.Event()

    def tell(event: AutoEvent) -> None:
        if isinstance(event, AutoText) and isinstance(event.event, DraftText):
            came.add(event.candidate_id)
            if len(came) == run.options.candidates:
                all_came.set()

    task = asyncio.create_task(writer.work(run.id, never_changes, tell))
    await all_came.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def test_time_counts_also_where_a_chapter_was_not_finished(
    writer: AutoWriter, novel: NovelContents, scripted_provider: ScriptedProvider,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """By a clock that goes on a minute whenever it is read."""
    ticks = itertools.count(0.0, 60.0)
    monkeypatch.setattr("arboris_desktop.writing.chapters.stopwatch.monotonic", lambda: next(ticks))
    scripted_provider.behaviours.append(stall(after="The first words. "))
    run = start(writer, novel)

    asyncio.run(pause_at_the_first_words(writer, run))

    assert writer.run(run.id).seconds >= 120, "what passed before the pause"


def test_the_news_of_a_step_have_the_time_of_that_moment(
    writer: AutoWriter, novel: NovelContents, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = itertools.count(0.0, 60.0)
    monkeypatch.setattr("arboris_desktop.writing.chapters.stopwatch.monotonic", lambda: next(ticks))
    told: list[float] = []

    def tell(event: AutoEvent) -> None:
        if isinstance(event, AutoProgress):
            told.append(event.run.seconds)

    ended = work(writer, start(writer, novel), tell)

    assert told == sorted(told)
    assert len(set(told)) == len(told), "no step has the time of the one before"
    assert ended.seconds >= told[-1]
