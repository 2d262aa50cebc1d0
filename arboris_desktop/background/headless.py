"""The processor without a window: for the command line."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication, QTimer

from arboris_desktop.background.end_signals import SignalWakeup
from arboris_desktop.background.feature_scan import skip_feature_scan
from arboris_desktop.background.processor import Processor
from arboris_desktop.background.service_manager import ServiceManager
from arboris_desktop.background.story_keeper import Care, StoryKeeper
from arboris_desktop.domain.errors import ArborisError, StorageError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.tasks.breaker import Circuit, CircuitState
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.writing.search import Search

log = logging.getLogger(__name__)

PATIENCE_SECONDS = 90.0
"""The time for which a server is waited for, by somebody who waits for an end: it frees within 60 s
what a process holds that has gone to sleep."""

StopsCalling = Callable[[Callable[[], None]], AbstractContextManager[None]]
"""Lets a signal that ends the process call a function, for the length of a block."""


@dataclass(slots=True)
class Ended:
    """The end of the work: the number of failed tasks, whether a signal came, and why it could not
    go on."""

    failed: int = 0
    interrupted: bool = False
    reason: str = ""
    failure: ArborisError | None = None


def work_queue(
    make_processor: Callable[[], Processor],
    search: Search,
    cares: Sequence[Care],
    settings: QueueSettings,
    is_done: Callable[[], bool] | None,
    tell: Callable[[TaskOutcome], None],
    stops_calling: StopsCalling,
    *,
    manager: ServiceManager | None = None,
    patience: float = 0.0,
) -> Ended:
    """Works the queue until ``is_done`` and its novels are looked after, or a signal ends it.

    Whoever waits for the end is told at once that the provider is out of order; with ``None``
    for ``is_done`` there is no end, and a provider is waited for. A service, which has a
    ``manager``, also waits while the queue is paused or the database is locked or away; others wait
    for a database as many seconds as their ``patience`` has. Blocks; running tasks are put back
    into the queue before it returns.
    """
    skip_feature_scan()
    application = QCoreApplication.instance() or QCoreApplication(["arboris-desktop"])
    processor = make_processor()
    processor.apply_limits(settings)
    keeper = StoryKeeper(search, cares, lambda: processor.may_ask)
    run = _Run(application, processor, keeper, is_done, tell, patience, manager is not None)
    wakeup = SignalWakeup()
    told = manager or ServiceManager({})
    with stops_calling(run.interrupt):
        QTimer.singleShot(0, processor.start)
        beat = _tell_manager(told)
        application.exec()
        beat.stop()
        told.stopping()
        processor.stop()
        keeper.stop()
    wakeup.close()
    return run.ended


def _tell_manager(manager: ServiceManager) -> QTimer:
    """Tells from within the loop that the work began, and that the loop turns."""
    QTimer.singleShot(0, lambda: manager.ready("working the queue"))
    beat = QTimer()
    beat.timeout.connect(manager.alive)
    if (seconds := manager.alive_seconds) is not None:
        beat.start(int(seconds * 1000))
    return beat


class _Run:
    """Listens to the processor, and ends the loop when there is a reason to."""

    def __init__(
        self,
        application: QCoreApplication,
        processor: Processor,
        keeper: StoryKeeper,
        is_done: Callable[[], bool] | None,
        tell: Callable[[TaskOutcome], None],
        patience: float,
        is_service: bool,
    ) -> None:
        self.ended = Ended()
        self._is_service = is_service
        self._patience = float("inf") if is_service else patience
        self._faulty_since: float | None = None
        self._application = application
        self._processor = processor
        self._keeper = keeper
        self._is_done = is_done
        self._tell = tell
        processor.task_started.connect(keeper.note_task)
        processor.task_finished.connect(keeper.on_finished)
        processor.task_finished.connect(self._on_finished)
        processor.idle.connect(self._end_if_done)
        keeper.refreshed.connect(self._end_if_done)
        processor.paused_changed.connect(self._on_paused)
        processor.circuit_changed.connect(self._on_circuit)
        processor.storage_failed.connect(self._on_storage_failed)
        processor.task_started.connect(self._forget_fault)

    def interrupt(self) -> None:
        """Ends the work because a signal came."""
        self.ended.interrupted = True
        # Within the loop: before it runs, there is nothing to quit.
        QTimer.singleShot(0, self._application.quit)

    def _on_finished(self, outcome: TaskOutcome) -> None:
        self.ended.failed += outcome.kind is OutcomeKind.FAILED
        self._tell(outcome)

    def _end_if_done(self, *_novel: str) -> None:
        if self._processor.running_ids or not self._keeper.is_idle:
            return
        try:
            is_done = self._is_done is not None and self._is_done()
        except StorageError as error:
            self._on_storage_failed(error)
            return
        if is_done:
            self._application.quit()

    def _on_paused(self, paused: bool) -> None:
        if paused and not self._is_service:
            self._give_up("the queue was paused in a window")

    def _on_circuit(self, circuit: Circuit) -> None:
        if circuit.state is CircuitState.OPEN and circuit.reason and self._is_done is not None:
            self._give_up(f"the provider is out of order: {circuit.reason.value}")

    def _on_storage_failed(self, error: ArborisError) -> None:
        now = time.monotonic()
        self._faulty_since = self._faulty_since or now
        if error.retryable and now - self._faulty_since < self._patience:
            log.warning("the next poll tries it again: %s", error)
            return
        self.ended.failure = error
        self._application.quit()

    def _forget_fault(self, _task: object) -> None:
        self._faulty_since = None

    def _give_up(self, reason: str) -> None:
        self.ended.reason = reason
        self._application.quit()
