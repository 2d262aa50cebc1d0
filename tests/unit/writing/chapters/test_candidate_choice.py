"""One candidate is chosen or merged in one transaction; a choice that breaks off leaves nothing."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.candidates import CandidateStatus
from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterStatus, VersionOrigin
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.tasks.queue import QueueRepository
from arboris_desktop.storage.writing.candidates import CandidateRepository
from arboris_desktop.writing.chapters.candidate_rounds import CandidateRounds
from arboris_desktop.writing.chapters.candidates import Candidates, CandidateStored
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    ScriptedProvider,
    text,
)
from tests.unit.writing.chapters.candidate_samples import FIRST, SECOND, by_angle, statuses, texts


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
