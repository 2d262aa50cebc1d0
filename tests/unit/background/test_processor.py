"""The processor with a real pool, a real database and a real server."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from arboris_desktop.analysis.chapter_analysis import begin_analysis
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask, TaskStatus
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks import supervision
from arboris_desktop.tasks.breaker import Circuit, CircuitState
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.worker import AnalysisWorker
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from arboris_desktop.writing.preferences import Preferences
from tests.support.scripted_provider import ScriptedProvider, error, stall

pytestmark = pytest.mark.gui

WAIT = 60_000
"""Milliseconds; no signal that a test awaits takes longer."""


@pytest.fixture
def queue(database: Database, instance: Instance) -> AnalysisQueue:
    return AnalysisQueue(database, instance)


@pytest.fixture
def processor(
    database: Database, queue: AnalysisQueue, source: ProviderSource, qapp: object
) -> Iterator[Processor]:
    worker = AnalysisWorker(database, ModelCalls(database, source, PromptLibrary()), begin_analysis)
    processor = Processor(queue, lambda: worker, Preferences(database))
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


class GoneAtFirst(Instance):
    """Its database is out of reach when it is first to be known to others."""

    failures = 1

    @contextmanager
    def claim(self, name: str) -> Iterator[bool]:
        if self.failures:
            self.failures -= 1
            raise StorageError(ErrorKind.DATABASE_UNREACHABLE, "the server is restarted")
        with super().claim(name) as is_ours:
            yield is_ours


def test_a_database_that_is_gone_at_the_start_is_asked_again(
    qtbot: QtBot, database: Database, source: ProviderSource, task_ids: list[int], tmp_path: Path
) -> None:
    queue = AnalysisQueue(database, GoneAtFirst(tmp_path / "instances"))
    worker = AnalysisWorker(database, ModelCalls(database, source, PromptLibrary()), begin_analysis)
    processor = Processor(queue, lambda: worker, Preferences(database))
    processor.apply_limits(QueueSettings(poll_seconds=5))
    failed: list[object] = []
    processor.storage_failed.connect(failed.append)
    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.start()
    qtbot.waitUntil(lambda: queue.processors() == 1, timeout=WAIT)
    assert [getattr(each, "kind", None) for each in failed] == [ErrorKind.DATABASE_UNREACHABLE]
    assert all(task.status is TaskStatus.COMPLETED for task in map(queue.task, task_ids))
    assert processor.stop()
    assert queue.processors() == 0


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


def test_a_thread_goes_on_at_once_with_what_it_claimed_as_it_ended_the_last(
    qtbot: QtBot, processor: Processor, task_ids: list[int]
) -> None:
    happened: list[str] = []
    processor.task_started.connect(lambda task: happened.append(f"started {task.id}"))

    def note(outcome: TaskOutcome) -> None:
        happened.append(f"ended {outcome.task_id}")
        # A claim by itself would be back after this.
        QTimer.singleShot(0, lambda: happened.append("a turn of the loop"))

    processor.task_finished.connect(note)
    processor.apply_limits(QueueSettings(max_concurrent=1))

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.start()

    low, high, middle = task_ids
    for before, after in ((high, middle), (middle, low)):
        ended = happened.index(f"ended {before}")
        assert happened[ended + 1] == f"started {after}"


def test_abandoned_tasks_are_found_while_one_follows_the_other(
    qtbot: QtBot,
    processor: Processor,
    database: Database,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    other = Instance(database.paths.instances)
    _low, high, middle = task_ids
    taken = AnalysisQueue(database, other).claim_next()
    assert taken is not None
    assert taken.id == high
    processor.apply_limits(QueueSettings(max_concurrent=1))
    ended: list[int] = []
    processor.task_finished.connect(lambda outcome: ended.append(outcome.task_id))
    processor.task_started.connect(lambda _task: other.close())

    with qtbot.waitSignals([processor.recovered, processor.idle], timeout=WAIT):
        processor.start()

    assert ended[0] == middle
    assert sorted(ended) == sorted(task_ids)
    assert queue.task(high).status is TaskStatus.COMPLETED


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


def test_cancelling_stops_a_running_call_at_the_next_look(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # No heartbeat tells that the task is lost: the call is stopped, or lasts.
    monkeypatch.setattr(supervision, "HEARTBEAT_SECONDS", 3600.0)
    assert supervision.LOOK_SECONDS < 0.5
    scripted_provider.rule = lambda _request: stall(after="Once")
    processor.start()
    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 3, timeout=WAIT)
    cancelled = task_ids[0]

    with qtbot.waitSignal(
        processor.task_finished, timeout=WAIT, check_params_cb=finishes(cancelled, OutcomeKind.LOST)
    ):
        queue.cancel(cancelled)
        processor.stop_running(cancelled)

    assert scripted_provider.client_left.wait(60)
    assert queue.task(cancelled).status is TaskStatus.CANCELLED


def test_a_dead_provider_is_left_alone_until_it_is_probed(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), error(401, "no")])
    circuits: list[Circuit] = []
    processor.circuit_changed.connect(circuits.append)
    processor.apply_limits(QueueSettings(max_concurrent=1))

    with qtbot.waitSignal(processor.circuit_changed, timeout=WAIT):
        processor.start()

    (opened,) = circuits
    assert (opened.state, opened.reason) == (CircuitState.OPEN, ErrorKind.UNAUTHORIZED)
    assert not processor.is_paused
    assert (queue.counts().failed, queue.counts().pending) == (2, 1)

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.try_now()

    assert [circuit.state for circuit in circuits[1:]] == [
        CircuitState.HALF_OPEN,
        CircuitState.CLOSED,
    ]
    assert queue.counts().completed == 1


def test_a_probe_in_vain_costs_the_task_nothing(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.rule = lambda _request: error(401, "no")
    processor.apply_limits(QueueSettings(max_concurrent=1))
    with qtbot.waitSignal(processor.circuit_changed, timeout=WAIT):
        processor.start()

    for _ in range(3):
        with qtbot.waitSignal(
            processor.circuit_changed,
            timeout=WAIT,
            check_params_cb=lambda circuit: circuit.state is CircuitState.OPEN,
        ):
            processor.try_now()

    (spared,) = (task for task in queue.recent() if task.status is TaskStatus.PENDING)
    assert (spared.retry_count, spared.error_type) == (0, ErrorKind.UNAUTHORIZED)
    assert [failure.error_type for failure in queue.failures(spared.id)] == ["unauthorized"] * 3


def test_another_provider_is_tried_at_once(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.behaviours.extend([error(401, "no"), error(401, "no")])
    processor.apply_limits(QueueSettings(max_concurrent=1))
    with qtbot.waitSignal(processor.circuit_changed, timeout=WAIT):
        processor.start()

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.provider_changed()

    assert queue.counts().completed == 1


def test_the_author_pauses_and_goes_on(
    qtbot: QtBot,
    processor: Processor,
    queue: AnalysisQueue,
    database: Database,
    task_ids: list[int],
) -> None:
    with qtbot.waitSignal(processor.paused_changed, timeout=WAIT) as paused:
        processor.pause()
    assert paused.args == [True]
    assert Preferences(database).get(QueueSettings).paused
    processor.start()
    assert queue.claim_next() is None

    with qtbot.waitSignal(processor.idle, timeout=WAIT):
        processor.resume()

    assert queue.counts().completed == 3
    assert not Preferences(database).get(QueueSettings).paused


def test_what_another_process_does_is_noticed(
    qtbot: QtBot,
    processor: Processor,
    scripted_provider: ScriptedProvider,
    database: Database,
    queue: AnalysisQueue,
    task_ids: list[int],
) -> None:
    scripted_provider.rule = lambda _request: stall(after="Once")
    processor.start()
    qtbot.waitUntil(lambda: len(scripted_provider.requests) == 3, timeout=WAIT)
    elsewhere = Database(database.paths)
    other = Instance(database.paths.instances)

    with qtbot.waitSignal(
        processor.task_finished,
        timeout=WAIT,
        check_params_cb=finishes(task_ids[1], OutcomeKind.LOST),
    ):
        AnalysisQueue(elsewhere, other).cancel(task_ids[1])
    with qtbot.waitSignal(processor.paused_changed, timeout=WAIT) as paused:
        Preferences(elsewhere).set(QueueSettings(paused=True))

    assert paused.args == [True]
    assert queue.task(task_ids[1]).status is TaskStatus.CANCELLED
    other.close()
    elsewhere.close()


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

    with qtbot.waitSignals([processor.recovered, processor.idle], timeout=WAIT):
        processor.start()

    assert queue.counts().completed == 3


def test_tasks_claimed_at_the_moment_of_stopping_are_put_back_too(
    processor: Processor, queue: AnalysisQueue, task_ids: list[int]
) -> None:
    processor.start()

    assert processor.stop()

    assert queue.counts().pending == 3
    assert {queue.task(task_id).lease_owner for task_id in task_ids} == {None}
