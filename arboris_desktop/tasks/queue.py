"""The queue as the author and the processor use it: what may be done with a task, and when."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError, StorageError
from arboris_desktop.domain.settings import (
    FINISHED_TASKS,
    READ_NOTIFICATIONS,
    QueueSettings,
    RetentionSettings,
)
from arboris_desktop.domain.tasks import (
    DEFAULT_PRIORITY,
    MAX_PRIORITY,
    MIN_PRIORITY,
    AnalysisTask,
    DurationBucket,
    GenerationConfig,
    QueueCounts,
    TaskFailure,
    TaskStatus,
)
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.breaker import SharedCircuits
from arboris_desktop.tasks.enqueuing import enqueue
from arboris_desktop.tasks.notifications import after_cancellation
from arboris_desktop.tasks.recovery import Recovery
from arboris_desktop.tasks.supervision import LEASE

_PROCESSOR = "processor-"


class AnalysisQueue:
    """The tasks of this database, worked by this process and perhaps by others."""

    def __init__(
        self,
        database: Database,
        instance: Instance,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._database = database
        self._instance = instance
        self.circuits = SharedCircuits(database, instance)
        self._recovery = Recovery(database, instance, monotonic)
        self._flows = False
        """True while each claim finds what it wants: then it need not be asked first."""

    def add_chapter(self, chapter_id: int, priority: int = DEFAULT_PRIORITY) -> int:
        """Queues the analysis of a chapter's present text and returns the task's id.

        Raises ``NotFoundError``, or ``RuleError`` for a chapter without text.
        """
        _check_priority(priority)
        with self._database.write() as transaction:
            overview = transaction.chapters.overview(chapter_id)
            version = transaction.chapters.selected_version(chapter_id)
            if version is None:
                raise RuleError(
                    ErrorKind.CHAPTER_EMPTY, f"chapter {overview.number} has no text to analyse"
                )
            return enqueue(transaction, version, priority=priority)

    def claim_next(self) -> AnalysisTask | None:
        """Takes the next task for this process; ``None`` when nothing is due or all is paused."""
        return next(iter(self.claim(1)), None)

    def claim(self, wanted: int) -> list[AnalysisTask]:
        """Takes up to ``wanted`` tasks for this process; none while the queue is paused."""
        if not (self._flows or self.waits()):
            return []
        tasks: list[AnalysisTask] = []
        while len(tasks) < wanted and (task := self._claim_beside(tasks)):
            tasks.append(task)
        self._flows = len(tasks) == wanted
        return tasks

    def claim_successor(self, transaction: Transaction) -> AnalysisTask | None:
        """Takes the next task within the transaction that ends another one: one flush for both.

        Last in it, since others wait for what it has locked. ``None`` also while the queue is
        paused or any process found a provider out of order, which ``claim`` looks at more closely.
        """
        return transaction.attempts.claim_next(self._instance.owner, LEASE, beside_faults=False)

    def _claim_beside(self, claimed: Sequence[AnalysisTask]) -> AnalysisTask | None:
        try:
            with self._database.claim() as transaction:
                return transaction.attempts.claim_next(self._instance.owner, LEASE)
        except StorageError:
            # Those are this process's and are to be run; the next claim tells of the fault.
            if not claimed:
                raise
            return None

    def waits(self) -> bool:
        """True if anything may be claimed: it is worth the lock for writing, which who looks at an
        idle queue leaves."""
        with self._database.read() as transaction:
            return not transaction.settings.get(QueueSettings).paused and transaction.queue.waits()

    def worked_here(self) -> AbstractContextManager[bool]:
        """Lets other processes know, for the length of a block, that this one works the queue."""
        return self._instance.claim(f"{_PROCESSOR}{self._instance.owner}")

    def processors(self) -> int:
        """The number of processes that work the queue now: windows, ``work`` and ``analyse``."""
        return self._instance.claimed(_PROCESSOR)

    def is_paused(self) -> bool:
        """True if the author holds the queue, here or in another window."""
        with self._database.read() as transaction:
            return transaction.settings.get(QueueSettings).paused

    def changed_elsewhere(self, *, wait: bool = False) -> bool:
        """True if another process wrote to the database since the last call."""
        return self._database.changed_elsewhere(wait=wait)

    def on_change(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Calls a function, on some thread, soon after another process wrote, where the database
        tells it. Returns what ends that."""
        return self._database.on_change(heard)

    def lost(self, running: Sequence[AnalysisTask]) -> tuple[int, ...]:
        """The ids of tasks that run here but are no longer this process's: cancelled, or taken."""
        with self._database.read() as transaction:
            own = transaction.queue.running_attempts()
        return tuple(task.id for task in running if own.get(task.id) != task.attempt)

    def recover_abandoned(self) -> int:
        """Puts tasks whose worker is gone back into the queue, or ends them; returns how many."""
        return self._recovery.run()

    def retry(self, task_id: int) -> None:
        """Queues a task that failed, was cancelled or rests; finished steps are kept if the text is
        the same.

        Raises ``NotFoundError``, or ``RuleError`` when the task is in another state or a newer
        task of the same chapter is unfinished.
        """
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            version = transaction.chapters.selected_version(task.chapter_id)
            if version is None:
                raise NotFoundError(
                    ErrorKind.CHAPTER_GONE, f"chapter {task.chapter_number} has no text any more"
                )
            if transaction.queue.has_unfinished(task.chapter_id):
                raise RuleError(
                    ErrorKind.ALREADY_QUEUED, f"chapter {task.chapter_number} is already queued"
                )
            if (task.chapter_version_id, task.version_revision) != (version.id, version.revision):
                transaction.history.forget_steps(task_id)
            if task.status is TaskStatus.RESTING:
                transaction.queue.set_config(task_id, transaction.settings.get(GenerationConfig))
            if not transaction.queue.requeue(task_id, version.id, version.revision):
                raise RuleError(
                    ErrorKind.TASK_WENT_ON,
                    f"task {task_id} is {task.status.value} and cannot be retried",
                )

    def cancel(self, task_id: int) -> None:
        """Cancels a waiting or running task; raises ``NotFoundError`` or ``RuleError``."""
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            if not transaction.queue.cancel(task_id):
                raise RuleError(
                    ErrorKind.TASK_WENT_ON, f"task {task_id} is already {task.status.value}"
                )
            after_cancellation(transaction, task)

    def set_priority(self, task_id: int, priority: int) -> None:
        """Changes a waiting task's priority; raises ``NotFoundError`` or ``RuleError``."""
        _check_priority(priority)
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            if not transaction.queue.set_priority(task_id, priority):
                raise RuleError(
                    ErrorKind.TASK_WENT_ON,
                    f"task {task_id} is {task.status.value}, it no longer waits",
                )

    def make_due(self) -> None:
        """Lets every task that waits after an error be tried at once."""
        with self._database.write() as transaction:
            transaction.queue.make_due()

    def prune(self, shall_stop: Callable[[], bool] = lambda: False) -> int:
        """Forgets finished work by ``RetentionSettings``, a little at a time; returns how much."""
        with self._database.read() as transaction:
            settings = transaction.settings.get(RetentionSettings)
        return self._prune(settings, shall_stop)

    def forget_older_than(self, days: int) -> int:
        """Forgets finished work of that age, however little there is; returns how many rows.

        What failed or is unread is kept, as by ``prune``. Raises ``RuleError``.
        """
        return self._prune(RetentionSettings(days, FINISHED_TASKS[2], READ_NOTIFICATIONS[2]))

    def _prune(
        self, settings: RetentionSettings, shall_stop: Callable[[], bool] = lambda: False
    ) -> int:
        pruned = 0
        while not shall_stop():
            with self._database.write() as transaction:
                chunk = transaction.retention.prune(settings)
            if not chunk:
                break
            pruned += chunk
        return pruned

    def durations(self) -> list[DurationBucket]:
        """Durations of all completed analyses, forgotten ones included."""
        with self._database.read() as transaction:
            return transaction.durations.buckets()

    def task(self, task_id: int) -> AnalysisTask:
        """One task; raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return transaction.queue.get(task_id)

    def recent(self, project_id: str | None = None, limit: int = 200) -> list[AnalysisTask]:
        """Tasks as the panel lists them: running, waiting, then the newest of the rest."""
        with self._database.read() as transaction:
            return transaction.queue.recent(project_id, limit)

    def latest_of_chapter(self, chapter_id: int) -> AnalysisTask | None:
        """The newest task of a chapter, whatever its state."""
        with self._database.read() as transaction:
            return transaction.queue.latest_of_chapter(chapter_id)

    def oldest_waiting(self) -> datetime | None:
        """The time since which the task that waits longest does so."""
        with self._database.read() as transaction:
            return transaction.queue.oldest_waiting()

    def failures(self, task_id: int) -> list[TaskFailure]:
        """The failed attempts of a task, the oldest first."""
        with self._database.read() as transaction:
            return transaction.history.failures(task_id)

    def counts(self, project_id: str | None = None) -> QueueCounts:
        """Tasks by state."""
        with self._database.read() as transaction:
            return transaction.queue.counts(project_id)

    def next_due_at(self) -> datetime | None:
        """The time at which the next waiting task may run, or ``None``."""
        with self._database.read() as transaction:
            return transaction.queue.next_due_at()

    def is_idle(self) -> bool:
        """True if nothing waits and nothing runs, in any process."""
        counts = self.counts()
        return counts.unfinished == 0


def _check_priority(priority: int) -> None:
    if not MIN_PRIORITY <= priority <= MAX_PRIORITY:
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"the priority must be from {MIN_PRIORITY} to {MAX_PRIORITY}"
        )
