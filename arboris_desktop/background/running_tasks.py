"""The tasks that run in this process, each on a thread of the pool, with its stop flag."""

from __future__ import annotations

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.pool import Pool
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.storage.database import Transaction
from arboris_desktop.tasks.outcome import TaskOutcome

if TYPE_CHECKING:
    from arboris_desktop.tasks.worker import AnalysisWorker


@record
class StepStarted:
    """A worker began a step of its task."""

    task_id: int
    step: AnalysisStep


class RunningTasks(QObject):
    """Starts claimed tasks, stops them, and tells how they end."""

    started = Signal(object)
    """An ``AnalysisTask``."""

    step_started = Signal(object)
    """A ``StepStarted``."""

    ended = Signal(object)
    """A ``TaskOutcome``; the task is no longer among those that run."""

    broke_off = Signal(object)
    """An exception of the worker itself: the row's lease gives the task back."""

    def __init__(
        self,
        pool: Pool,
        worker: Callable[[], AnalysisWorker],
        claim_successor: Callable[[Transaction], AnalysisTask | None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._pool = pool
        self._worker = worker
        self._claim_successor = claim_successor
        self._running: dict[int, tuple[AnalysisTask, threading.Event]] = {}
        self._stopping = False

    @property
    def tasks(self) -> tuple[AnalysisTask, ...]:
        """The tasks that run now."""
        return tuple(task for task, _stop in self._running.values())

    def start(self, task: AnalysisTask, *, is_probe: bool) -> None:
        """Runs a task; once all are to stop, it only puts it back into the queue."""
        stop = threading.Event()
        if self._stopping:
            stop.set()
        self._running[task.id] = (task, stop)
        self.started.emit(task)
        self._pool.run(
            partial(self._work, task, stop, is_probe=is_probe),
            self._on_ended,
            partial(self._on_defect, task.id),
        )

    def stop(self, task_id: int) -> None:
        """Stops a task within a second, if it runs here."""
        if running := self._running.get(task_id):
            running[1].set()

    def stop_all(self) -> None:
        """Stops all, and those that are started from now on."""
        self._stopping = True
        for _task, stop in self._running.values():
            stop.set()

    def _work(self, task: AnalysisTask, stop: threading.Event, *, is_probe: bool) -> TaskOutcome:
        """Runs on the pool, where what it needs is read with the first task."""
        return self._worker().run(
            task,
            stop,
            self._tell_step,
            is_probe=is_probe,
            claim_successor=self._claim_successor,
        )

    def _tell_step(self, task_id: int, step: AnalysisStep) -> None:
        """Runs on the pool; the signal reaches the GUI thread by its queue."""
        self.step_started.emit(StepStarted(task_id, step))

    def _on_ended(self, outcome: TaskOutcome) -> None:
        self._running.pop(outcome.task_id, None)
        self.ended.emit(outcome)

    def _on_defect(self, task_id: int, error: Exception) -> None:
        self._running.pop(task_id, None)
        self.broke_off.emit(error)
