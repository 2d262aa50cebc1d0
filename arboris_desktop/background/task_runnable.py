"""A pool thread's work: claim a task and run it to its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QRunnable

from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.tasks.supervision import StopFlag
from arboris_desktop.tasks.worker import AnalysisWorker, TaskOutcome


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A worker began a step of its task."""

    task_id: int
    step: AnalysisStep


class TaskRunnable(QRunnable):
    """Runs one claimed task; knows nothing of the processor but two bound signals.

    The pool deletes it when it has run: nobody may keep a reference (see ``Processor``).
    """

    def __init__(
        self,
        worker: AnalysisWorker,
        task: AnalysisTask,
        stop: StopFlag,
        step_started: Callable[[StepStarted], None],
        finished: Callable[[TaskOutcome], None],
        *,
        is_probe: bool,
    ) -> None:
        super().__init__()
        self._worker = worker
        self._task = task
        self._stop = stop
        self._step_started = step_started
        self._finished = finished
        self._is_probe = is_probe

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        self._finished(
            self._worker.run(self._task, self._stop, self._report, is_probe=self._is_probe)
        )

    def _report(self, task_id: int, step: AnalysisStep) -> None:
        self._step_started(StepStarted(task_id, step))
