"""The processor: polls the queue and works its tasks in a thread pool of its own."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import UTC, datetime

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QObject,
    QRunnable,
    QThreadPool,
    QTimer,
    Signal,
    Slot,
)

from arboris_desktop.analysis.queue import AnalysisQueue
from arboris_desktop.analysis.supervision import StopFlag
from arboris_desktop.analysis.worker import AnalysisWorker, OutcomeKind, TaskOutcome
from arboris_desktop.background.bridge import TaskBridge
from arboris_desktop.background.task_runnable import TaskRunnable
from arboris_desktop.domain.errors import PROVIDER_DOWN, ArborisError, ErrorKind
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.writing.preferences import Preferences

log = logging.getLogger(__name__)

PROVIDER_FAILURES_BEFORE_PAUSE = 2
"""After so many tasks in a row met the same dead provider, the rest are spared it."""

STOP_MILLISECONDS = 3000
"""How long quitting waits for running tasks to put themselves back into the queue."""


class Processor(QObject):
    """Works the analysis queue in the background.

    Wakes at once on ``wake``, and otherwise polls, since another process may have queued
    something. Claiming happens on a pool thread: on a busy disk it takes longer than a frame.
    """

    task_started = Signal(object)
    """An ``AnalysisTask`` was claimed."""

    step_started = Signal(object)
    """A ``StepStarted``."""

    task_finished = Signal(object)
    """A ``TaskOutcome``."""

    paused_changed = Signal(bool, object)
    """Paused or not, and the ``ErrorKind`` if the provider is the reason (else ``None``)."""

    storage_failed = Signal(object)
    """An ``ArborisError``: the queue could not be read or written."""

    idle = Signal()
    """Nothing is due and nothing runs here."""

    def __init__(
        self,
        queue: AnalysisQueue,
        worker: AnalysisWorker,
        preferences: Preferences,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._queue = queue
        self._worker = worker
        self._preferences = preferences
        self._settings = preferences.get(QueueSettings)
        self._running: dict[int, StopFlag] = {}
        self._claiming = False
        self._claim_again = False
        self._stopping = False
        self._provider_failures = 0
        # Its own pool: the global one is shared, and torn down only at process exit. One thread
        # more than tasks, so that a claim never waits behind them.
        self._pool = QThreadPool(self)
        self._bridge = TaskBridge(self)
        self._bridge.step_started.connect(self.step_started)
        self._bridge.finished.connect(self._on_finished)
        self._claims = _ClaimBridge(self)
        self._claims.claimed.connect(self._on_claimed)
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.wake)
        self._due = QTimer(self)
        self._due.setSingleShot(True)
        self._due.timeout.connect(self.wake)
        self.apply_limits(self._settings)

    @property
    def is_paused(self) -> bool:
        """Whether new tasks are held back."""
        return self._settings.paused

    @property
    def running_ids(self) -> tuple[int, ...]:
        """Tasks that run in this process now."""
        return tuple(self._running)

    def start(self) -> None:
        """Begins to work: recovers what a crash left, then claims."""
        self._timer.start()
        self.wake()

    def apply_settings(self, settings: QueueSettings) -> None:
        """Takes over changed settings at once; running tasks are left alone."""
        was_paused = self._settings.paused
        self.apply_limits(settings)
        if was_paused != settings.paused:
            self.paused_changed.emit(settings.paused, None)
        self.wake()

    def apply_limits(self, settings: QueueSettings) -> None:
        """Takes over settings without announcing them, as is due before ``start``."""
        self._settings = settings
        self._timer.setInterval(self._settings.poll_seconds * 1000)
        self._pool.setMaxThreadCount(self._settings.max_concurrent + 1)

    def pause(self, reason: ErrorKind | None = None) -> None:
        """Holds new tasks back, also after a restart; running ones end normally."""
        self._store_paused(True)
        self.paused_changed.emit(True, reason)

    def resume(self) -> None:
        """Goes on, trying tasks that wait after an error at once."""
        self._provider_failures = 0
        self._store_paused(False)
        self._queue.make_due()
        self.paused_changed.emit(False, None)
        self.wake()

    def _store_paused(self, paused: bool) -> None:
        self._settings = replace(self._preferences.get(QueueSettings), paused=paused)
        self._preferences.set(self._settings)

    def stop_running(self, task_id: int) -> None:
        """Stops a task's model call within a second, if it runs here.

        Whoever cancels a task says so to the queue as well: the row is the truth.
        """
        if stop := self._running.get(task_id):
            stop.set()

    @Slot()
    def wake(self) -> None:
        """Claims what is due, as far as threads are free."""
        if self._stopping or self._settings.paused:
            return
        if self._claiming:
            self._claim_again = True
            return
        free = self._settings.max_concurrent - len(self._running)
        if free > 0:
            self._claiming = True
            self._pool.start(_ClaimRunnable(self._queue, free, self._claims))

    @Slot(object)
    def _on_claimed(self, claimed: _Claimed) -> None:
        self._claiming = False
        for task in claimed.tasks:
            self._start(task)
        if claimed.error is not None:
            self.storage_failed.emit(claimed.error)
        if self._claim_again:
            self._claim_again = False
            self.wake()
        elif not self._running and not claimed.tasks:
            self._await_due(claimed.next_due_at)
            self.idle.emit()

    def _await_due(self, due: datetime | None) -> None:
        """Wakes exactly when a postponed task may be tried, if that is before the next poll."""
        if due is not None:
            seconds = (due - datetime.now(UTC)).total_seconds()
            if 0 < seconds < self._settings.poll_seconds:
                self._due.start(int(seconds * 1000) + 20)

    def _start(self, task: AnalysisTask) -> None:
        stop = StopFlag()
        if self._stopping:
            stop.set()
        self._running[task.id] = stop
        self.task_started.emit(task)
        self._pool.start(
            TaskRunnable(
                self._worker, task, stop, self._bridge.step_started.emit, self._bridge.finished.emit
            )
        )

    @Slot(object)
    def _on_finished(self, outcome: TaskOutcome) -> None:
        self._running.pop(outcome.task_id, None)
        self._watch_provider(outcome)
        self.task_finished.emit(outcome)
        self.wake()

    def _watch_provider(self, outcome: TaskOutcome) -> None:
        if outcome.kind is OutcomeKind.COMPLETED:
            self._provider_failures = 0
        elif outcome.kind is OutcomeKind.FAILED and outcome.error in PROVIDER_DOWN:
            self._provider_failures += 1
            if self._provider_failures >= PROVIDER_FAILURES_BEFORE_PAUSE and not self.is_paused:
                log.warning("the queue pauses: %s", outcome.error)
                self.pause(outcome.error)

    def stop(self) -> bool:
        """Ends the work for good: running tasks go back into the queue.

        Waits at most ``STOP_MILLISECONDS``; false when a task overran. Its lease recovers it.
        """
        self._stopping = True
        self._timer.stop()
        self._due.stop()
        for stop in self._running.values():
            stop.set()
        if not self._pool.waitForDone(STOP_MILLISECONDS):
            return False
        # A claim may have succeeded meanwhile, its news still under way to this thread. Its tasks
        # are started with the stop flag set, and so put back at once.
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)
        return self._pool.waitForDone(STOP_MILLISECONDS)


class _Claimed:
    """What a claim brought: tasks, and when the next one is due."""

    def __init__(
        self,
        tasks: list[AnalysisTask],
        next_due_at: datetime | None,
        error: ArborisError | None = None,
    ) -> None:
        self.tasks = tasks
        self.next_due_at = next_due_at
        self.error = error


class _ClaimBridge(QObject):
    claimed = Signal(object)


class _ClaimRunnable(QRunnable):
    """Recovers abandoned tasks and claims up to ``wanted`` new ones."""

    def __init__(self, queue: AnalysisQueue, wanted: int, bridge: _ClaimBridge) -> None:
        super().__init__()
        self._queue = queue
        self._wanted = wanted
        self._claimed = bridge.claimed.emit

    def run(self) -> None:
        tasks: list[AnalysisTask] = []
        try:
            self._queue.recover_abandoned()
            while len(tasks) < self._wanted and (task := self._queue.claim_next()):
                tasks.append(task)
            self._claimed(_Claimed(tasks, self._queue.next_due_at()))
        except ArborisError as error:
            # Tasks that were claimed before the fault are run all the same.
            self._claimed(_Claimed(tasks, None, error))
