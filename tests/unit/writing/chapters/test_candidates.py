"""Several candidates at once: each its own stream, none lost, one chosen in one transaction."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from pathlib import Path

import pytest

from arboris_desktop.domain.candidates import Angle, CandidateStatus
from arboris_desktop.domain.errors import ErrorKind, ProviderError, RuleError
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    WAIT_SECONDS,
    Behaviour,
    Exchange,
    ScriptedProvider,
    delta_of,
    prompt_of,
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


def test_an_instruction_reaches_the_model_and_the_old_round_stays(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text(FIRST), text(SECOND))
    asyncio.run(candidates.run_round(chapter_id, 2))

    second = asyncio.run(candidates.run_round(chapter_id, 1, instruction=" Let it snow. "))
    added = rounds.add_to_round(chapter_id, second.number, "Let it rain.")
    asyncio.run(read_all(candidates, added.id))

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
                await read_all(candidates, candidate.id)
            with pytest.raises(RuleError):
                await asyncio.to_thread(rounds.keep, candidate.id)

    asyncio.run(twice())
    rounds.discard(candidate.id)
    assert rounds.rounds(chapter_id) == []


def test_an_empty_answer_is_no_candidate(
    candidates: Candidates, rounds: CandidateRounds, chapter_id: int, tmp_path: Path,
    scripted_provider: ScriptedProvider,
) -> None:  # fmt: skip
    scripted_provider.rule = by_angle(text("  "))
    begun = rounds.begin_round(chapter_id, 1)

    with pytest.raises(ProviderError):
        asyncio.run(read_all(candidates, begun.candidates[0].id))

    (failed,) = rounds.round(chapter_id, begun.number).candidates
    assert failed.error_kind is ErrorKind.EMPTY_ANSWER
    with pytest.raises(RuleError):
        rounds.keep(failed.id)
