"""The processor with a real pool, a real database and a real server."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.analysis.queue import AnalysisQueue
from arboris_desktop.analysis.worker import AnalysisWorker, OutcomeKind, TaskOutcome
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.instances import Instance
from arboris_desktop.writing.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import ScriptedProvider, error, stall

pytestmark = pytest.mark.gui

WAIT = 8000
"""Milliseconds; no signal that a test awaits takes longer."""


@pytest.fixture
def queue(database: Database, instance: Instance) -> AnalysisQueue:
    return AnalysisQueue(database, instance)


@pytest.fixture
def processor(
    database: Database, queue: AnalysisQueue, source: ProviderSource, qapp: object
) -> Iterator[Processor]:
    worker = AnalysisWorker(database, source, PromptLibrary())
    processor = Processor(queue, worker, Preferences(database))
    yield processor
    assert processor.stop()


@pytest.fixture
def task_ids(database: Database, queue: AnalysisQueue, novel: NovelContents) -> list[int]:
    """Three waiting tasks of priority 2, 9 and 5."""
    ids = []
    for chapter, priority in zip(novel.chapters, (2, 9, 5), strict=True):
        _, task_id = store_chapter(database, chapter.id, "A short chapter.", provider="p")
        queue.set_priority(task_id, priority)
        ids.append(task_id)
    return ids


def finishes(task_id: int, kind: OutcomeKind) -> Callable[[TaskOutcome], bool]:
    return lambda outcome: (outcome.task_id, outcome.kind) == (task_id, kind)


def test_all_tasks_are_worked(
    qtbot: QtBot, processor: Processor, queue: AnalysisQueue, task_ids: list[int]
) -> None:
    outcomes: list[TaskOutcome] = []
    steps: list[Any] = []
    processor.task_finished.connect(outcomes.append)
    processor.step_started.connect(steps.append)

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.start()

    assert {(outcome.task_id, outcome.kind) for outcome in outcomes} == {
        (task_id, OutcomeKind.COMPLETED) for task_id in task_ids
    }
    assert {step.task_id for step in steps} == set(task_ids)
    assert queue.is_idle()
    assert processor.running_ids == ()


def test_one_at_a_time_goes_by_priority(
    qtbot: QtBot, processor: Processor, task_ids: list[int]
) -> None:
    started: list[AnalysisTask] = []
    processor.apply_settings(QueueSettings(max_concurrent=1, paused=True))
    processor.task_started.connect(started.append)

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.apply_settings(QueueSettings(max_concurrent=1))

    low, high, middle = task_ids
    assert [task.id for task in started] == [high, middle, low]


def test_no_more_run_at_once_than_allowed(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.rule = lambda _request: stall()
    processor.apply_settings(QueueSettings(max_concurrent=2))

    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 2, timeout=WAIT)

    assert len(processor.running_ids) == 2
    assert queue.counts().pending == 1


def test_cancelling_stops_a_running_call_within_a_second(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.rule = lambda _request: stall(after="Once")
    processor.start()
    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 3, timeout=WAIT)
    cancelled = task_ids[0]

    began = time.monotonic()
    with qtbot.waitSignal(
        processor.task_finished, timeout=WAIT, check_params_cb=finishes(cancelled, OutcomeKind.LOST)
    ):
        queue.cancel(cancelled)
        processor.stop_running(cancelled)

    assert time.monotonic() - began < 1.0
    assert scripted_provider.client_left.wait(1)
    assert queue.task(cancelled).status is TaskStatus.CANCELLED


def test_a_dead_provider_pauses_the_queue_and_resume_goes_on(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    database: Database,
    task_ids: list[int],
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), error(401, "no")])
    processor.apply_settings(QueueSettings(max_concurrent=1, paused=True))
    Preferences(database).set(QueueSettings(max_concurrent=1))

    with qtbot.waitSignal(processor.paused_changed, timeout=WAIT) as first:
        processor.apply_settings(QueueSettings(max_concurrent=1))
    assert first.args == [False, None]
    with qtbot.waitSignal(processor.paused_changed, timeout=WAIT) as paused:
        pass
    assert paused.args == [True, ErrorKind.UNAUTHORIZED]
    assert processor.is_paused
    assert Preferences(database).get(QueueSettings).paused
    assert (queue.counts().failed, queue.counts().pending) == (2, 1)

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.resume()

    assert queue.counts().completed == 1
    assert not Preferences(database).get(QueueSettings).paused


def test_stopping_puts_running_tasks_back(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.rule = lambda _request: stall(after="Once")
    processor.start()
    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 3, timeout=WAIT)

    assert processor.stop()

    assert queue.counts().pending == 3
    assert {queue.task(task_id).retry_count for task_id in task_ids} == {0}


def test_a_postponed_task_is_tried_when_it_is_due(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.behaviours.append(error(503, "overloaded"))
    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.start()
    assert (queue.counts().completed, queue.counts().pending) == (2, 1)

    with qtbot.waitSignal(processor.task_finished, timeout=WAIT) as finished:
        pass

    assert finished.args[0].kind is OutcomeKind.COMPLETED


def test_another_process_tasks_are_found_at_start_when_it_died(
    qtbot: QtBot,
    processor: Processor,
    database: Database,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    other = Instance(database.paths.instances)
    AnalysisQueue(database, other).claim_next()
    other.close()

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.start()

    assert queue.counts().completed == 3


def test_tasks_claimed_at_the_moment_of_stopping_are_put_back_too(
    processor: Processor, queue: AnalysisQueue, task_ids: list[int]
) -> None:
    processor.start()

    assert processor.stop()

    assert queue.counts().pending == 3
    assert {queue.task(task_id).lease_owner for task_id in task_ids} == {None}
