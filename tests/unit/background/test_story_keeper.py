"""After an analysis the index and the summaries of its novel are looked after, unseen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.background.story_keeper import StoryKeeper
from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.story import StorySummary
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.context.summaries import Summaries
from arboris_desktop.writing.novels import Novels
from arboris_desktop.writing.search import Search
from tests.support.scripted_provider import ScriptedProvider, error, stall

pytestmark = pytest.mark.gui


@pytest.fixture
def project_id(database: Database) -> str:
    """Ten chapters that are told and an eleventh with a text."""
    chapters = tuple(OutlineChapter("Title") for _ in range(12))
    found = Novels(database).create(NewNovel("Tides", volumes=(OutlineVolume("", chapters),)))
    with database.write() as transaction:
        notes = transaction.chapters.of_project(found)
        for chapter in notes[:10]:
            transaction.chapters.set_summary(chapter.id, "Told.")
    store_chapter(database, notes[10].id, "The gulls went up.", provider="nobody")
    return found


@pytest.fixture
def may_ask() -> list[bool]:
    return [True]


@pytest.fixture
def keeper(
    qtbot: QtBot, database: Database, source: ProviderSource, may_ask: list[bool]
) -> Iterator[StoryKeeper]:
    summaries = Summaries(database, ModelCalls(database, source, PromptLibrary()))
    keeper = StoryKeeper(Search(database), [summaries.refresh], lambda: may_ask[0])
    yield keeper
    assert keeper.stop()


def stored(database: Database, project_id: str) -> list[StorySummary]:
    with database.read() as transaction:
        return transaction.summaries.of_project(project_id)


def stale(database: Database, project_id: str) -> list[int]:
    with database.read() as transaction:
        return transaction.passages.stale_chapters(project_id)


@pytest.fixture
def task(database: Database, instance: Instance, project_id: str) -> AnalysisTask:
    """The analysis of the eleventh chapter, claimed."""
    task = AnalysisQueue(database, instance).claim_next()
    assert task is not None
    assert task.project_id == project_id
    return task


def test_a_completed_analysis_refreshes_both(
    qtbot: QtBot, keeper: StoryKeeper, database: Database, task: AnalysisTask
) -> None:
    keeper.note_task(task)
    with qtbot.waitSignal(keeper.refreshed) as blocker:
        keeper.on_finished(TaskOutcome(task.id, OutcomeKind.COMPLETED))

    assert blocker.args == [task.project_id]
    assert [each.last_chapter for each in stored(database, task.project_id)] == [10]
    assert stale(database, task.project_id) == []


def test_any_other_end_refreshes_nothing(
    qtbot: QtBot, keeper: StoryKeeper, database: Database, task: AnalysisTask
) -> None:
    keeper.note_task(task)
    with qtbot.assertNotEmitted(keeper.refreshed):
        keeper.on_finished(TaskOutcome(task.id, OutcomeKind.FAILED))
        keeper.on_finished(TaskOutcome(task.id, OutcomeKind.COMPLETED))
        keeper.on_finished(TaskOutcome(12345, OutcomeKind.COMPLETED))

    assert len(stale(database, task.project_id)) == 1


def test_the_index_is_kept_without_a_model(
    qtbot: QtBot,
    keeper: StoryKeeper,
    database: Database,
    project_id: str,
    scripted_provider: ScriptedProvider,
) -> None:
    keeper.index(project_id)

    qtbot.waitUntil(lambda: stale(database, project_id) == [])
    assert scripted_provider.requests == []


def test_without_leave_no_model_is_asked(
    qtbot: QtBot,
    keeper: StoryKeeper,
    database: Database,
    project_id: str,
    may_ask: list[bool],
    scripted_provider: ScriptedProvider,
) -> None:
    may_ask[0] = False
    with qtbot.waitSignal(keeper.refreshed):
        keeper.refresh(project_id)

    assert scripted_provider.requests == []
    assert stale(database, project_id) == []


def test_a_failure_is_logged_and_tried_again_next_time(
    qtbot: QtBot,
    keeper: StoryKeeper,
    database: Database,
    project_id: str,
    scripted_provider: ScriptedProvider,
    caplog: pytest.LogCaptureFixture,
) -> None:
    scripted_provider.behaviours.append(error(401, "no"))
    with qtbot.waitSignal(keeper.refreshed):
        keeper.refresh(project_id)
    assert f"what {project_id} needs waits" in caplog.text
    assert stored(database, project_id) == []

    with qtbot.waitSignal(keeper.refreshed):
        keeper.refresh(project_id)
    assert len(stored(database, project_id)) == 1


def test_what_is_asked_for_meanwhile_is_done_once_more(
    qtbot: QtBot, keeper: StoryKeeper, project_id: str
) -> None:
    with qtbot.waitSignals([keeper.refreshed, keeper.refreshed]):
        for _ in range(4):
            keeper.refresh(project_id)

    with qtbot.assertNotEmitted(keeper.refreshed):
        keeper.refresh("")  # another novel, which does not exist
        keeper.stop()


def test_stopping_ends_a_call_that_hangs(
    qtbot: QtBot,
    keeper: StoryKeeper,
    database: Database,
    project_id: str,
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.append(stall())
    keeper.refresh(project_id)
    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 1)

    assert keeper.stop()

    assert stored(database, project_id) == []
    keeper.refresh(project_id)
    assert len(scripted_provider.requests) == 1
