"""The processor: polls the queue and works its tasks in a thread pool of its own."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from arboris_desktop.background.external_write_watch import ExternalWriteWatch
from arboris_desktop.background.pool import Pool
from arboris_desktop.background.provider_watch import ProviderWatch
from arboris_desktop.background.queue_pause import QueuePause
from arboris_desktop.background.queue_work import Claimed, SeenElsewhere, Tidy, Wishes, claim, look
from arboris_desktop.background.running_tasks import RunningTasks
from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Transaction
from arboris_desktop.tasks.breaker import CircuitBreaker
from arboris_desktop.tasks.outcome import TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.preferences import Preferences

if TYPE_CHECKING:
    from arboris_desktop.tasks.worker import AnalysisWorker

STOP_MILLISECONDS = 3000
"""The time that quitting waits for running tasks to put themselves back into the queue."""

PRUNE_MILLISECONDS = 86_400_000
"""The interval at which old finished work is forgotten, besides at the start."""


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
        self._settings = preferences.get(QueueSettings)
        self._claiming = False
        self._claim_again = False
        self._all_due = False
        self._stopping = False
        self._presence = ExitStack()
        self._wishes = Wishes(self)
        self._wishes.failed.connect(self.storage_failed)
        self._wishes.settled.connect(self.wake)
        self._pool = Pool(1, self)
        self._pool.failed.connect(self.storage_failed)
        self._running = RunningTasks(self._pool, worker, self._claim_successor, self)
        self._running.started.connect(self.task_started)
        self._running.step_started.connect(self.step_started)
        self._running.ended.connect(self._on_ended)
        self._running.broke_off.connect(self.storage_failed)
        self._pause = QueuePause(preferences, self._pool, self._wishes, self._forget_faults, self)
        self._pause.changed.connect(self.paused_changed)
        self._breaker = breaker or CircuitBreaker()
        self._providers = ProviderWatch(
            self._breaker, queue.circuits, self._wishes, self._forget_faults, self
        )
        self._providers.changed.connect(self.circuit_changed)
        self._poll = self._timer(self.wake)
        self._elsewhere = ExternalWriteWatch(queue.changed_elsewhere, self)
        self._elsewhere.changed.connect(self.look_now)
        self._elsewhere.failed.connect(self.storage_failed)
        self._tidy = self._timer(self._prune)
        self._tidy.setInterval(PRUNE_MILLISECONDS)
        self._due = self._timer(self.wake)
        self._appearing = self._timer(self._appear)
        for timer in (self._due, self._appearing):
            timer.setSingleShot(True)
        self.apply_limits(self._settings)

    def _forget_faults(self) -> None:
        """Runs on a pool."""
        self._worker().forget_faults()

    def _timer(self, slot: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.timeout.connect(slot)
        return timer

    @property
    def is_paused(self) -> bool:
        """True if the author holds new tasks back."""
        return self._pause.is_on

    @property
    def may_ask(self) -> bool:
        """True if background work may use the model now: nobody paused it, and it answers."""
        return not (self._stopping or self.is_paused) and self._breaker.is_closed

    @property
    def running_ids(self) -> tuple[int, ...]:
        """Tasks that run in this process now."""
        return tuple(task.id for task in self._running.tasks)

    def start(self) -> None:
        """Begins to work: recovers what a crash left, then claims.

        A database that is out of reach just then is asked again as with each poll.
        """
        self._poll.start()
        self._elsewhere.start()
        self._tidy.start()
        self._presence.callback(self._queue.on_change(self._elsewhere.look_soon))
        self._appear()
        if self.is_paused:
            # It may have been let go on since the settings were read, before anybody watched.
            self.look_now()
        self.wake()
        self._prune()

    @Slot()
    def _appear(self) -> None:
        """Lets other processes know of this one."""
        try:
            self._presence.enter_context(self._queue.worked_here())
        except StorageError as error:
            self._appearing.start(self._poll.interval())
            self.storage_failed.emit(error)

    def apply_settings(self, settings: QueueSettings) -> None:
        """Takes over changed settings at once; running tasks are left alone."""
        was_paused = self.is_paused
        self.apply_limits(settings)
        if was_paused != settings.paused:
            self.paused_changed.emit(settings.paused)
        self.wake()

    def apply_limits(self, settings: QueueSettings) -> None:
        """Takes over settings without announcing them, as is due before ``start``."""
        self._settings = settings
        self._pause.is_on = settings.paused
        self._poll.setInterval(self._settings.poll_seconds * 1000)
        # Two threads more than tasks, so that neither a claim nor a look ever waits behind them.
        self._pool.set_threads(self._settings.max_concurrent + 2)

    def pause(self) -> None:
        """Holds new tasks back, also after a restart; running ones end normally."""
        self._pause.set(True)

    def resume(self) -> None:
        """Goes on, trying tasks that wait after an error at once."""
        self._all_due = True
        self._pause.set(False)

    def try_now(self) -> None:
        """Asks a provider that is out of order again at once, with one task."""
        self._all_due = True
        self._providers.try_now()

    def provider_changed(self) -> None:
        """Forgets what was learnt of the former provider."""
        self._all_due = True
        self._providers.start_afresh()

    def stop_running(self, task_id: int) -> None:
        """Stops a task's model call within a second, if it runs here.

        Whoever cancels a task says so to the queue as well: the row is the truth.
        """
        self._running.stop(task_id)

    @Slot()
    def wake(self) -> None:
        """Claims what is due, as far as threads are free and the provider is taken to work.

        While a wish to pause or go on is being stored, the queue would answer by the one before:
        whatever waits would seem not to be due. When it is stored, this is called again.
        """
        if self._stopping or self.is_paused or not self._wishes.are_stored:
            return
        if self._claiming:
            self._claim_again = True
            return
        wanted = self._breaker.allowed(self._settings.max_concurrent - len(self._running.tasks))
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

    def _on_claimed(self, claimed: Claimed) -> None:
        self._claiming = False
        if claimed.circuit is not None and self._wishes.are_stored:
            self._providers.follow(claimed.circuit)
        if claimed.is_probe and claimed.tasks:
            self._providers.probe_started()
        for task in claimed.tasks:
            self._running.start(task, is_probe=claimed.is_probe)
        if claimed.recovered:
            self.recovered.emit()
        if claimed.error is not None:
            self.storage_failed.emit(claimed.error)
        if self._claim_again:
            self._claim_again = False
            self.wake()
        elif not self._running.tasks and not claimed.tasks:
            if claimed.next_due_at is not None:
                # Exactly when a postponed task may be tried, if that is before the next poll.
                self._wake_in((claimed.next_due_at - datetime.now(UTC)).total_seconds())
            self.idle.emit()

    def _wake_in(self, seconds: float) -> None:
        if 0 < seconds < self._settings.poll_seconds:
            self._due.start(int(seconds * 1000) + 20)

    def _claim_successor(self, transaction: Transaction) -> AnalysisTask | None:
        """Runs on the pool: goes on with another task where a claim of its own would find the
        same. What has to be weighed first is left to ``wake``."""
        may_go_on = self.may_ask and self._wishes.are_stored and not self._all_due
        if not may_go_on or len(self._running.tasks) > self._settings.max_concurrent:
            return None
        return self._queue.claim_successor(transaction)

    @Slot(object)
    def _on_ended(self, outcome: TaskOutcome) -> None:
        self._providers.learn(outcome)
        self.task_finished.emit(outcome)
        if outcome.successor is not None:
            self._running.start(outcome.successor, is_probe=False)
            # No claim comes by that would look for them.
            self._pool.run(self._queue.recover_abandoned, self._on_recovered)
        self.wake()

    def _on_recovered(self, recovered: int) -> None:
        if recovered:
            self.recovered.emit()
            self.wake()

    @Slot()
    def _prune(self) -> None:
        self._pool.run(lambda: self._tidy_up(lambda: self._stopping))

    @Slot()
    def look_now(self) -> None:
        """Stops what no longer is to run, and claims what now may: the queue was changed."""
        running = self._running.tasks
        wishes = self._wishes.number_settled
        self._pool.run(lambda: look(self._queue, running, wishes=wishes), self._on_looked)

    def _on_looked(self, seen: SeenElsewhere) -> None:
        for task_id in seen.lost:
            self.stop_running(task_id)
        # A look that began before the author's last wish was stored does not know of it.
        if self._wishes.none_since(seen.wishes):
            self._pause.follow(seen.paused)
            self._providers.follow(seen.circuit)
        self.changed_elsewhere.emit()
        self.wake()

    def stop(self) -> bool:
        """Ends the work for good: running tasks go back into the queue.

        Waits at most ``STOP_MILLISECONDS``; false when a task overran. Its lease recovers it.
        """
        self._presence.close()
        self._stopping = True
        for timer in (self._poll, self._tidy, self._due, self._appearing):
            timer.stop()
        self._elsewhere.stop(STOP_MILLISECONDS / 1000)
        self._running.stop_all()
        self._providers.wait(STOP_MILLISECONDS)
        if not self._pool.wait(STOP_MILLISECONDS):
            return False
        # A claim may have succeeded meanwhile, its news still under way to this thread. Its tasks
        # are started with the stop flag set, and so put back at once.
        self._pool.tell_now()
        return self._pool.wait(STOP_MILLISECONDS)
