"""Candidates that fail, are cut, stopped or left behind by a dead process: what came is kept."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import pytest

from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.model_calls import CallOutcome
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.writing.chapters import checkpoint
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.chapters.drafting import DraftText
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    ScriptedProvider,
    error,
    prompt_of,
    reset_after,
    stall,
    text,
)
from tests.unit.writing.chapters.candidate_samples import (
    FIRST,
    SECOND,
    THIRD,
    by_angle,
    read_all,
    statuses,
    texts,
)


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
        other = asyncio.create_task(read_all(candidates, second))
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
        asyncio.run(read_all(candidates, begun.candidates[0].id))
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
