"""Several candidates at once: each its own stream, none lost, one chosen in one transaction."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from arboris_desktop.domain.candidates import Angle, CandidateRound, CandidateStatus
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.domain.model_calls import CallOutcome
from arboris_desktop.domain.novel import ChapterStatus, VersionOrigin
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.tasks.queue import QueueRepository
from arboris_desktop.storage.writing.candidates import CandidateRepository
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters import checkpoint
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates, CandidateStored
from arboris_desktop.writing.chapters.drafting import DraftText
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import (
    WAIT_SECONDS,
    Behaviour,
    Exchange,
    ScriptedProvider,
    delta_of,
    error,
    prompt_of,
    reset_after,
    stall,
    text,
)
from tests.support.short_chapters import SHORT_CHAPTERS

FIRST = "The rain had followed Mara home to the harbour."
SECOND = "“Mara,” said the harbour master, and no more than that."
THIRD = "The lamp was dark, and the keeper's chair was empty."


@pytest.fixture
def rounds(database: Database, instance: Instance, register: ChapterRegister) -> CandidateRounds:
    return CandidateRounds(database, instance, register)


@pytest.fixture
def candidates(
    database: Database, source: ProviderSource, rounds: CandidateRounds, register: ChapterRegister
) -> Candidates:
    Preferences(database).set(SHORT_CHAPTERS)
    return Candidates(database, ModelCalls(database, source, PromptLibrary()), rounds, register)


@pytest.fixture
def chapter_id(novel: NovelContents) -> int:
    return novel.chapters[0].id


def by_angle(*answers: Behaviour) -> Any:
    """Answers the first candidate, whose prompt has no wishes, with the first, the others in turn
    of their angles."""
    marks = ["", "in the middle of something", "come about in dialogue", "place be felt"]

    def choose(request: dict[str, Any]) -> Behaviour:
        asked = prompt_of(request)
        place = next((n for n, mark in enumerate(marks) if mark and mark in asked), 0)
        return answers[place]

    return choose


def texts(found: CandidateRound) -> list[str]:
    return [candidate.content for candidate in found.candidates]


def statuses(found: CandidateRound) -> list[CandidateStatus]:
    return [candidate.status for candidate in found.candidates]


def test_candidates_are_written_at_the_same_time(
    candidates: Candidates, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    meeting = threading.Barrier(3)

    def meet(answer: str) -> Behaviour:
        def behave(exchange: Exchange) -> None:
            exchange.head()
            exchange.event(delta_of(answer[:10]))
            meeting.wait(WAIT_SECONDS)
            exchange.event(delta_of(answer[10:]))
            exchange.event({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
            exchange.write(b"data: [DONE]\n\n")
            exchange.end()

        return behave

    scripted_provider.rule = by_angle(meet(FIRST), meet(SECOND), meet(THIRD))

    found = asyncio.run(candidates.run_round(chapter_id, 3))

    assert texts(found) == [FIRST, SECOND, THIRD]
    assert statuses(found) == [CandidateStatus.STORED] * 3
    assert [c.angle for c in found.candidates] == [Angle.PLAN, Angle.ACTION, Angle.DIALOGUE]
    assert len({request["temperature"] for request in scripted_provider.requests}) == 3


def test_finished_candidates_are_versions_and_the_chapter_stays_as_it_is(
    candidates: Candidates, database: Database, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    own = Editing(database).save(chapter_id, "The author's own words.", None)
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))

    found = asyncio.run(candidates.run_round(chapter_id, 2))

    with database.read() as transaction:
        versions = transaction.chapters.versions(chapter_id)
        selected = transaction.chapters.selected_version(chapter_id)
        overview = transaction.chapters.overview(chapter_id)
        tasks = transaction.queue.counts().total
    assert selected is not None
    assert (selected.id, overview.word_count, tasks) == (own.id, 4, 0)
    assert {v.content for v in versions} == {own.content, FIRST, SECOND}
    assert {c.version_id for c in found.candidates} < {v.id for v in versions}
    assert found.decided_at is None


def test_of_one_that_fails_what_the_model_sent_is_kept(
    candidates: Candidates, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    broken = text("<think>Rain, then.</think>It rained.", finish_reason="error")
    scripted_provider.rule = by_angle(text(FIRST), broken, text(THIRD))

    found = asyncio.run(candidates.run_round(chapter_id, 2))

    assert statuses(found) == [CandidateStatus.STORED, CandidateStatus.FAILED]
    assert [one.raw_answer for one in found.candidates] == [
        "",
        "<think>Rain, then.</think>It rained.",
    ]
    assert found.candidates[1].content == "It rained."


def test_one_that_fails_says_why_and_the_others_go_on(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST), error(401, "no such key"), text(THIRD))

    found = asyncio.run(candidates.run_round(chapter_id, 3))

    assert statuses(found) == [
        CandidateStatus.STORED,
        CandidateStatus.FAILED,
        CandidateStatus.STORED,
    ]
    failed = found.candidates[1]
    assert (failed.error_kind, failed.content) == (ErrorKind.UNAUTHORIZED, "")
    assert [c.letter for c in found.stored] == ["A", "C"]

    scripted_provider.rule = by_angle(text(FIRST), text(SECOND), text(THIRD))
    again = asyncio.run(candidates.finish_round(chapter_id, found.number))
    assert texts(again) == [FIRST, SECOND, THIRD]
    assert again.candidates[1].error_kind is None
    assert len(scripted_provider.requests) == 4, "what was finished is not asked for again"


def test_one_that_is_cut_keeps_what_came_and_goes_on_from_there(
    candidates: Candidates, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = by_angle(text(FIRST), reset_after("“Mara,” said the harbour"))
    found = asyncio.run(candidates.run_round(chapter_id, 2))
    assert found.candidates[1].content == "“Mara,” said the harbour"
    assert found.candidates[1].error_kind is ErrorKind.CONNECTION

    scripted_provider.rule = lambda _request: text(" master, and no more than that.")
    again = asyncio.run(candidates.finish_round(chapter_id, found.number))

    assert texts(again) == [FIRST, SECOND]
    assert "“Mara,” said the harbour" in prompt_of(scripted_provider.requests[-1])


def test_stopping_one_keeps_its_text_and_leaves_the_other_alone(
    candidates: Candidates, rounds: CandidateRounds, database: Database, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(stall(after="It began well"), text(SECOND))
    begun = rounds.begin_round(chapter_id, 2)
    first, second = (candidate.id for candidate in begun.candidates)

    async def run() -> None:
        other = asyncio.create_task(_read_all(candidates, second))
        async with aclosing(candidates.write(first)) as events:
            async for event in events:
                if isinstance(event, DraftText):
                    break
        await other

    asyncio.run(run())

    found = rounds.round(chapter_id, begun.number)
    assert statuses(found) == [CandidateStatus.STOPPED, CandidateStatus.STORED]
    assert texts(found) == ["It began well", SECOND]
    with database.read() as transaction:
        chapter = transaction.chapters.overview(chapter_id)
        calls = transaction.calls.of_project(chapter.project_id)
    assert sorted(call.outcome for call in calls) == [CallOutcome.CANCELLED, CallOutcome.COMPLETED]


async def _read_all(candidates: Candidates, candidate_id: int) -> None:
    async for _event in candidates.write(candidate_id):
        pass


def test_cancelling_a_round_keeps_what_came_of_each(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(stall(after="First so far"), stall(after="Second so far"))

    async def run() -> None:
        came: set[int] = set()
        both = asyncio.Event()

        def note(candidate_id: int, event: object) -> None:
            if isinstance(event, DraftText):
                came.add(candidate_id)
                if len(came) == 2:
                    both.set()

        task = asyncio.create_task(candidates.run_round(chapter_id, 2, on_event=note))
        await both.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())

    (found,) = rounds.rounds(chapter_id)
    assert texts(found) == ["First so far", "Second so far"]
    assert statuses(found) == [CandidateStatus.STOPPED] * 2


def test_each_is_on_the_disk_while_it_grows(
    candidates: Candidates, rounds: CandidateRounds, database: Database, chapter_id: int,
    scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(checkpoint, "CHECKPOINT_SECONDS", 0.0)
    scripted_provider.rule = by_angle(text(FIRST))
    begun = rounds.begin_round(chapter_id, 1)

    async def watch() -> list[tuple[CandidateStatus, bool]]:
        seen, written = [], ""
        async with aclosing(candidates.write(begun.candidates[0].id)) as events:
            async for event in events:
                if isinstance(event, DraftText):
                    written += event.text
                    row = await asyncio.to_thread(rounds.candidate, begun.candidates[0].id)
                    seen.append((row.status, row.content == written))
        return seen

    seen = asyncio.run(watch())
    assert len(seen) > 2
    assert set(seen) == {(CandidateStatus.WRITING, True)}


def test_what_a_dead_process_wrote_is_offered_and_can_be_kept_continued_or_discarded(
    candidates: Candidates, database: Database, rounds: CandidateRounds, chapter_id: int,
    novel: NovelContents, scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    other = Instance(database.paths.instances)
    theirs = CandidateRounds(database, other, ChapterRegister(database, other))
    begun = theirs.begin_round(chapter_id, 3)
    with database.write() as transaction:
        for candidate, came in zip(
            begun.candidates, ("Kept.", "“Mara,” said", "Bad."), strict=True
        ):
            transaction.candidates.save_text(candidate.id, came, "host/model")

    (seen,) = rounds.undecided(novel.project.id)
    assert statuses(seen) == [CandidateStatus.WRITING] * 3, "they live"
    with pytest.raises(RuleError):
        asyncio.run(_read_all(candidates, begun.candidates[0].id))
    with pytest.raises(RuleError):
        rounds.discard(begun.candidates[0].id)

    other.close()
    (seen,) = rounds.undecided(novel.project.id)
    assert statuses(seen) == [CandidateStatus.INTERRUPTED] * 3
    first, second, third = (candidate.id for candidate in seen.candidates)
    kept = rounds.keep(first)
    rounds.discard(third)
    scripted_provider.rule = lambda _request: text(" the harbour master.")

    async def go_on() -> None:
        async for _event in candidates.write(second, resume=True):
            pass

    asyncio.run(go_on())
    found = rounds.round(chapter_id, begun.number)
    assert (kept.status, kept.version_id is not None) == (CandidateStatus.STORED, True)
    assert texts(found) == ["Kept.", "“Mara,” said the harbour master."]


def test_choosing_selects_counts_queues_and_decides_in_one_transaction(
    candidates: Candidates, database: Database, rounds: CandidateRounds, chapter_id: int,
    novel: NovelContents, scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    own = Editing(database).save(chapter_id, "The author's own words.", None)
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))
    found = asyncio.run(candidates.run_round(chapter_id, 2))

    version, task_id = rounds.choose(found.candidates[1].id)

    with database.read() as transaction:
        overview = transaction.chapters.overview(chapter_id)
        task = transaction.queue.get(task_id)
        versions = transaction.chapters.versions(chapter_id)
    assert (version.content, version.origin) == (SECOND, VersionOrigin.MODEL)
    assert overview.selected_version_id == version.id
    assert (overview.status, overview.word_count) == (ChapterStatus.WRITTEN, 10)
    assert (task.status, task.chapter_version_id) == (TaskStatus.PENDING, version.id)
    assert {v.content for v in versions} == {own.content, FIRST, SECOND}
    decided = rounds.round(chapter_id, found.number)
    assert decided.decided_at is not None
    assert decided.chosen is not None
    assert decided.chosen.id == found.candidates[1].id
    assert rounds.undecided(novel.project.id) == []

    rounds.choose(found.candidates[0].id)
    again = rounds.round(chapter_id, found.number)
    assert statuses(again) == [CandidateStatus.CHOSEN, CandidateStatus.STORED]


@pytest.mark.parametrize(
    "step", [(QueueRepository, "add"), (CandidateRepository, "decide")], ids=["queue", "round"]
)
def test_a_choice_that_breaks_off_leaves_no_trace(
    candidates: Candidates, database: Database, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch, step: tuple[type, str],
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))
    found = asyncio.run(candidates.run_round(chapter_id, 2))

    def fail(*_args: object, **_values: object) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(*step, fail)
    with pytest.raises(ZeroDivisionError):
        rounds.choose(found.candidates[0].id)

    with database.read() as transaction:
        assert transaction.chapters.overview(chapter_id).status is ChapterStatus.PLANNED
        assert transaction.queue.counts().total == 0
    assert rounds.round(chapter_id, found.number) == found


def test_version_and_candidate_row_are_stored_together_or_not_at_all(
    candidates: Candidates, database: Database, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def fail(*_args: object, **_values: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(CandidateRepository, "mark_stored", fail)
    scripted_provider.rule = by_angle(text(FIRST))
    with pytest.raises(ZeroDivisionError):
        asyncio.run(candidates.run_round(chapter_id, 1))

    (found,) = rounds.rounds(chapter_id)
    assert texts(found) == [FIRST], "the text is kept"
    assert found.candidates[0].error_kind is ErrorKind.INTERNAL
    with database.read() as transaction:
        assert transaction.chapters.versions(chapter_id) == []

    monkeypatch.undo()
    assert rounds.keep(found.candidates[0].id).content == FIRST


def test_a_merged_text_is_the_author_s_and_decides_the_round(
    candidates: Candidates, database: Database, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))
    found = asyncio.run(candidates.run_round(chapter_id, 2))

    version, _task = rounds.store_merged(chapter_id, found.number, f"{FIRST}\n\n{SECOND}")

    assert version.origin is VersionOrigin.AUTHOR
    with database.read() as transaction:
        assert transaction.chapters.overview(chapter_id).selected_version_id == version.id
        assert len(transaction.chapters.versions(chapter_id)) == 3
    decided = rounds.round(chapter_id, found.number)
    assert decided.decided_at is not None
    assert decided.chosen is None
    with pytest.raises(RuleError):
        rounds.store_merged(chapter_id, found.number, " \n")


def test_an_instruction_reaches_the_model_and_the_old_round_stays(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))
    asyncio.run(candidates.run_round(chapter_id, 2))

    second = asyncio.run(candidates.run_round(chapter_id, 1, instruction=" Let it snow. "))
    added = rounds.add_to_round(chapter_id, second.number, "Let it rain.")
    asyncio.run(_read_all(candidates, added.id))

    assert [r.number for r in rounds.rounds(chapter_id)] == [1, 2]
    assert "For this version of the chapter:\n- Let it snow." in prompt_of(
        scripted_provider.requests[2]
    )
    assert "- Let it rain." in prompt_of(scripted_provider.requests[3])
    assert [c.position for c in rounds.round(chapter_id, 2).candidates] == [1, 2]


def test_wishes_reach_the_model_also_through_a_prompt_of_the_author_s(
    candidates: Candidates, database: Database, novel: NovelContents,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    with database.write() as transaction:
        transaction.prompt_overrides.set(
            novel.project.id, "draft_chapter", novel.project.language,
            "# system\nWrite.\n\n# user\n$chapter_summary",
        )  # fmt: skip
    scripted_provider.rule = lambda _request: text(FIRST)

    asyncio.run(candidates.run_round(novel.chapters[0].id, 1, instruction="Let it snow."))

    asked = scripted_provider.requests[0]["messages"][1]["content"]
    assert asked.endswith("\n\nFor this version of the chapter:\n- Let it snow.")


def test_the_preview_is_what_the_first_candidate_is_asked(
    candidates: Candidates, chapter_id: int, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = lambda _request: text(FIRST)

    preview = asyncio.run(candidates.preview(chapter_id, "Let it snow."))
    assert scripted_provider.requests == []
    asyncio.run(candidates.run_round(chapter_id, 1, instruction="Let it snow."))

    sent = scripted_provider.requests[0]["messages"]
    assert [m.content for m in preview.messages] == [m["content"] for m in sent]
    assert preview.tokens > 0


@pytest.mark.parametrize("count", [0, 6])
def test_a_round_has_one_to_five(rounds: CandidateRounds, chapter_id: int, count: int) -> None:
    with pytest.raises(RuleError):
        rounds.begin_round(chapter_id, count)
    assert rounds.rounds(chapter_id) == []


def test_a_finished_or_running_candidate_is_not_written_again(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(stall(after="So far"))
    begun = rounds.begin_round(chapter_id, 1)
    (candidate,) = begun.candidates
    with pytest.raises(RuleError):
        rounds.choose(candidate.id)

    async def twice() -> None:
        async with aclosing(candidates.write(candidate.id)) as events:
            await anext(events)
            with pytest.raises(RuleError):
                await _read_all(candidates, candidate.id)
            with pytest.raises(RuleError):
                await asyncio.to_thread(rounds.keep, candidate.id)

    asyncio.run(twice())
    rounds.discard(candidate.id)
    assert rounds.rounds(chapter_id) == []


def test_a_stored_event_bears_the_candidate_with_its_cost(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST))
    begun = rounds.begin_round(chapter_id, 1)

    async def run() -> CandidateStored:
        async for event in candidates.write(begun.candidates[0].id):
            if isinstance(event, CandidateStored):
                return event
        raise AssertionError

    stored = asyncio.run(run()).candidate
    assert stored.spent.tokens == 18
    assert stored.provider == "127.0.0.1/scripted"
    assert not stored.is_cut


def test_an_empty_answer_is_no_candidate(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int, tmp_path: Path,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text("  "))
    begun = rounds.begin_round(chapter_id, 1)

    with pytest.raises(ProviderError):
        asyncio.run(_read_all(candidates, begun.candidates[0].id))

    (failed,) = rounds.round(chapter_id, begun.number).candidates
    assert failed.error_kind is ErrorKind.EMPTY_ANSWER
    with pytest.raises(RuleError):
        rounds.keep(failed.id)
