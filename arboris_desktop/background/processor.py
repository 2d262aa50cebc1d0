"""The processor: polls the queue and works its tasks in a thread pool of its own."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from arboris_desktop.background.elsewhere_watch import ElsewhereWatch
from arboris_desktop.background.pool import Pool
from arboris_desktop.background.queue_work import Claimed, SeenElsewhere, Tidy, claim, look
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask, OpenCircuit
from arboris_desktop.storage.database import Transaction
from arboris_desktop.tasks.breaker import Circuit, CircuitBreaker, CircuitState
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.preferences import Preferences

if TYPE_CHECKING:
    from arboris_desktop.tasks.worker import AnalysisWorker

log = logging.getLogger(__name__)

STOP_MILLISECONDS = 3000
"""The time that quitting waits for running tasks to put themselves back into the queue."""

PRUNE_MILLISECONDS = 86_400_000
"""The interval at which old finished work is forgotten, besides at the start."""


@dataclass(frozen=True, slots=True)
class StepStarted:
    """A worker began a step of its task."""

    task_id: int
    step: AnalysisStep


class Processor(QObject):
    """Works the analysis queue in the background. The ``worker`` is asked for with the first task.

    Wakes at once on ``wake``, and otherwise polls, since another process may have queued
    something. A provider that is out of order is left alone, but for a probe now and then.
    """

    task_started = Signal(object)
    """An ``AnalysisTask`` was claimed."""

    step_started = Signal(object)
    """A ``StepStarted``."""

    task_finished = Signal(object)
    """A ``TaskOutcome``."""

    paused_changed = Signal(bool)
    """The author paused the queue, or let it go on."""

    circuit_changed = Signal(object)
    """A ``Circuit``: the provider is out of order, is being probed, or works again."""

    changed_elsewhere = Signal()
    """Another process wrote to the database."""

    recovered = Signal()
    """Tasks of workers that are gone wait again, or have failed."""

    storage_failed = Signal(object)
    """An exception: the queue could not be read or written."""

    idle = Signal()
    """Nothing is due and nothing runs here."""

    def __init__(
        self,
        queue: AnalysisQueue,
        worker: Callable[[], AnalysisWorker],
        preferences: Preferences,
        parent: QObject | None = None,
        breaker: CircuitBreaker | None = None,
        *,
        tidy: Tidy | None = None,
    ) -> None:
        super().__init__(parent)
        self._tidy_up = tidy or queue.prune
        self._queue = queue
        self._worker = worker
        self._preferences = preferences
        self._breaker = breaker or CircuitBreaker()
        self._settings = preferences.get(QueueSettings)
        self._running: dict[int, tuple[AnalysisTask, threading.Event]] = {}
        self._claiming = False
        self._claim_again = False
        self._all_due = False
        self._stopping = False
        self._presence = ExitStack()
        # A look that began before the author's last wish was stored does not know of it.
        self._wishes_stored = 0
        self._wishes_to_store = 0
        self._pool = Pool(1, self)
        self._pool.failed.connect(self.storage_failed)
        # One thread: what is told last must be what others know.
        self._teller = Pool(1, self)
        self._poll = self._timer(self.wake)
        self._elsewhere = ElsewhereWatch(queue.changed_elsewhere, self)
        self._elsewhere.changed.connect(self.look_now)
        self._elsewhere.failed.connect(self.storage_failed)
        self._tidy = self._timer(self._prune)
        self._tidy.setInterval(PRUNE_MILLISECONDS)
        self._due = self._timer(self.wake)
        self._due.setSingleShot(True)
        self.apply_limits(self._settings)

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(slot)
        return timer

    @property
    def is_paused(self) -> bool:
        """True if the author holds new tasks back."""
        return self._settings.paused

    @property
    def may_ask(self) -> bool:
        """True if background work may use the model now: nobody paused it, and it answers."""
        return not (self._stopping or self._settings.paused) and self._breaker.is_closed

    @property
    def running_ids(self) -> tuple[int, ...]:
        """Tasks that run in this process now."""
        return tuple(self._running)

    def start(self) -> None:
        """Begins to work: recovers what a crash left, then claims."""
        self._presence.enter_context(self._queue.worked_here())
        self._presence.callback(self._queue.on_change(self._elsewhere.look_soon))
        self._poll.start()
        self._elsewhere.start()
        self._tidy.start()
        if self._settings.paused:
            # It may have been let go on since the settings were read, before anybody watched.
            self.look_now()
        self.wake()
        self._prune()

    def apply_settings(self, settings: QueueSettings) -> None:
        """Takes over changed settings at once; running tasks are left alone."""
        was_paused = self._settings.paused
        self.apply_limits(settings)
        if was_paused != settings.paused:
            self.paused_changed.emit(settings.paused)
        self.wake()

    def apply_limits(self, settings: QueueSettings) -> None:
        """Takes over settings without announcing them, as is due before ``start``."""
        self._settings = settings
        self._poll.setInterval(self._settings.poll_seconds * 1000)
        # Two threads more than tasks, so that neither a claim nor a look ever waits behind them.
        self._pool.set_threads(self._settings.max_concurrent + 2)

    def pause(self) -> None:
        """Holds new tasks back, also after a restart; running ones end normally."""
        self._set_paused(True)

    def resume(self) -> None:
        """Goes on, trying tasks that wait after an error at once."""
        self._all_due = True
        self._set_paused(False)

    def _set_paused(self, paused: bool) -> None:
        self._settings = replace(self._settings, paused=paused)
        self._wishes_to_store += 1
        self._pool.run(self._store_pause, self._on_pause_stored, self._on_pause_not_stored)

    def _store_pause(self) -> bool:
        """Runs on the pool: stores what is wanted now, not what was when it was asked for."""
        paused = self.is_paused
        if not paused:
            self._worker().forget_faults()
        self._preferences.set(replace(self._preferences.get(QueueSettings), paused=paused))
        return paused

    def _on_pause_not_stored(self, error: Exception) -> None:
        self.storage_failed.emit(error)
        self._on_pause_stored(self.is_paused)

    def _on_pause_stored(self, paused: bool) -> None:
        self._wishes_to_store -= 1
        self._wishes_stored += 1
        self.paused_changed.emit(paused)
        self.wake()

    def try_now(self) -> None:
        """Asks a provider that is out of order again at once, with one task."""
        self._breaker.probe_now()
        self._all_due = True
        self._share_afresh(self._queue.probe_now)

    def provider_changed(self) -> None:
        """Forgets what was learnt of the former provider."""
        self._breaker.reset()
        self.circuit_changed.emit(self._breaker.circuit)
        self._all_due = True
        self._share_afresh(self._queue.close_circuit)

    def stop_running(self, task_id: int) -> None:
        """Stops a task's model call within a second, if it runs here.

        Whoever cancels a task says so to the queue as well: the row is the truth.
        """
        if running := self._running.get(task_id):
            running[1].set()

    @Slot()
    def wake(self) -> None:
        """Claims what is due, as far as threads are free and the provider is taken to work.

        While a wish to pause or go on is being stored, the queue would answer by the one before:
        whatever waits would seem not to be due. When it is stored, this is called again.
        """
        if self._stopping or self._settings.paused or self._wishes_to_store:
            return
        if self._claiming:
            self._claim_again = True
            return
        wanted = self._breaker.allowed(self._settings.max_concurrent - len(self._running))
        if wanted > 0:
            self._claiming = True
            probe, all_due, self._all_due = not self._breaker.is_closed, self._all_due, False
            self._pool.run(
                lambda: claim(self._queue, wanted, is_probe=probe, all_due=all_due),
                self._on_claimed,
                lambda error: self._on_claimed(Claimed(error=error, is_probe=probe)),
            )
        elif not self._breaker.is_closed:
            self._wake_in(self._breaker.circuit.seconds_to_probe)

    def _share_afresh(self, tell: Callable[[], None]) -> None:
        """As ``_share``; before that, every provider is taken for sound."""

        def forget_and_tell() -> None:
            self._worker().forget_faults()
            tell()

        self._share(forget_and_tell)

    def _share(self, tell: Callable[[], None]) -> None:
        """Tells other processes of the provider; what is claimed meanwhile would go by what they
        knew before."""
        self._wishes_to_store += 1
        self._teller.run(tell, lambda _told: self._on_shared(), self._on_not_shared)

    def _on_not_shared(self, error: Exception) -> None:
        self.storage_failed.emit(error)
        self._on_shared()

    def _on_shared(self) -> None:
        self._wishes_to_store -= 1
        self._wishes_stored += 1
        self.wake()

    def _follow(self, circuit: OpenCircuit | None) -> None:
        if self._breaker.follow(circuit):
            self.circuit_changed.emit(self._breaker.circuit)

    def _on_claimed(self, claimed: Claimed) -> None:
        self._claiming = False
        if claimed.circuit is not None and not self._wishes_to_store:
            self._follow(claimed.circuit)
        if claimed.is_probe and claimed.tasks:
            self._breaker.probe_started()
            self.circuit_changed.emit(self._breaker.circuit)
        for task in claimed.tasks:
            self._start(task, claimed.is_probe)
        if claimed.recovered:
            self.recovered.emit()
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
            self._wake_in((due - datetime.now(UTC)).total_seconds())

    def _wake_in(self, seconds: float) -> None:
        if 0 < seconds < self._settings.poll_seconds:
            self._due.start(int(seconds * 1000) + 20)

    def _start(self, task: AnalysisTask, is_probe: bool) -> None:
        stop = threading.Event()
        if self._stopping:
            stop.set()
        self._running[task.id] = (task, stop)
        self.task_started.emit(task)
        self._pool.run(
            partial(
                self._work,
                task,
                stop,
                is_probe=is_probe,
            ),
            self._on_finished,
            lambda error: self._on_defect(task.id, error),
        )

    def _work(self, task: AnalysisTask, stop: threading.Event, *, is_probe: bool) -> TaskOutcome:
        """Runs on the pool, where what it needs is read with the first task."""
        return self._worker().run(
            task,
            stop,
            self._tell_step,
            is_probe=is_probe,
            claim_successor=self._claim_successor,
        )

    def _claim_successor(self, transaction: Transaction) -> AnalysisTask | None:
        """Runs on the pool: goes on with another task where a claim of its own would find the
        same. What has to be weighed first is left to ``wake``."""
        may_go_on = self.may_ask and not (self._all_due or self._wishes_to_store)
        if not may_go_on or len(self._running) > self._settings.max_concurrent:
            return None
        return self._queue.claim_successor(transaction)

    def _tell_step(self, task_id: int, step: AnalysisStep) -> None:
        """Runs on the pool; the signal reaches the GUI thread by its queue."""
        self.step_started.emit(StepStarted(task_id, step))

    def _on_defect(self, task_id: int, error: Exception) -> None:
        """The worker itself broke off: the row's lease gives the task back."""
        self._running.pop(task_id, None)
        self.storage_failed.emit(error)

    def _on_finished(self, outcome: TaskOutcome) -> None:
        self._running.pop(outcome.task_id, None)
        self._learn(outcome)
        self.task_finished.emit(outcome)
        if outcome.successor is not None:
            self._start(outcome.successor, is_probe=False)
            # No claim comes by that would look for them.
            self._pool.run(self._queue.recover_abandoned, self._on_recovered)
        self.wake()

    def _on_recovered(self, recovered: int) -> None:
        if recovered:
            self.recovered.emit()
            self.wake()

    def _learn(self, outcome: TaskOutcome) -> None:
        """Tells the breaker how the provider did."""
        before = self._breaker.circuit.state
        if outcome.kind is OutcomeKind.COMPLETED:
            self._breaker.succeeded(*outcome.answered)
        elif outcome.kind in (OutcomeKind.FAILED, OutcomeKind.POSTPONED) and outcome.error:
            self._breaker.failed(
                outcome.provider, outcome.error, outcome.retry_after, answered=outcome.answered
            )
        else:
            self._breaker.not_probed()
        circuit = self._breaker.circuit
        if circuit.state is not before:
            log.warning("the provider's circuit is %s (%s)", circuit.state, circuit.reason)
            self.circuit_changed.emit(circuit)
            self._tell_others(circuit)

    def _tell_others(self, circuit: Circuit) -> None:
        if circuit.state is CircuitState.CLOSED:
            self._share(self._queue.close_circuit)
        elif circuit.state is CircuitState.OPEN and circuit.reason is not None:
            found = (self._breaker.provider, circuit.reason, self._breaker.wait)
            self._share(partial(self._queue.open_circuit, *found, circuit.seconds_to_probe))

    @Slot()
    def _prune(self) -> None:
        self._pool.run(lambda: self._tidy_up(lambda: self._stopping))

    @Slot()
    def look_now(self) -> None:
        """Stops what no longer is to run, and claims what now may: the queue was changed."""
        running = tuple(task for task, _stop in self._running.values())
        wishes = self._wishes_stored
        self._pool.run(lambda: look(self._queue, running, wishes=wishes), self._on_looked)

    def _on_looked(self, seen: SeenElsewhere) -> None:
        for task_id in seen.lost:
            self.stop_running(task_id)
        is_newer = seen.wishes == self._wishes_stored and not self._wishes_to_store
        if is_newer and seen.paused != self._settings.paused:
            self._settings = replace(self._settings, paused=seen.paused)
            self.paused_changed.emit(seen.paused)
        if is_newer:
            self._follow(seen.circuit)
        self.changed_elsewhere.emit()
        self.wake()

    def stop(self) -> bool:
        """Ends the work for good: running tasks go back into the queue.

        Waits at most ``STOP_MILLISECONDS``; false when a task overran. Its lease recovers it.
        """
        self._presence.close()
        self._stopping = True
        for timer in (self._poll, self._tidy, self._due):
            timer.stop()
        self._elsewhere.stop(STOP_MILLISECONDS / 1000)
        for _task, stop in self._running.values():
            stop.set()
        self._teller.wait(STOP_MILLISECONDS)
        if not self._pool.wait(STOP_MILLISECONDS):
            return False
        # A claim may have succeeded meanwhile, its news still under way to this thread. Its tasks
        # are started with the stop flag set, and so put back at once.
        self._pool.tell_now()
        return self._pool.wait(STOP_MILLISECONDS)
