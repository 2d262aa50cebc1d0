"""The queue as the author and the processor use it: what may be done with a task, and when."""

from __future__ import annotations

from datetime import datetime

from arboris_desktop.analysis.notices import tell_failed
from arboris_desktop.analysis.supervision import LEASE
from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import (
    DEFAULT_PRIORITY,
    MAX_PRIORITY,
    MIN_PRIORITY,
    AnalysisTask,
    GenerationConfig,
    QueueCounts,
)
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.instances import Instance
from arboris_desktop.storage.task_history import TaskFailure


class AnalysisQueue:
    """The tasks of this database, worked by this process and perhaps by others."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._instance = instance

    def add_chapter(self, chapter_id: int, priority: int = DEFAULT_PRIORITY) -> int:
        """Queues the analysis of a chapter's present text and returns the task's id.

        Raises ``NotFoundError``, or ``RuleError`` for a chapter without text.
        """
        _check_priority(priority)
        with self._database.write() as transaction:
            overview = transaction.chapters.overview(chapter_id)
            version = transaction.chapters.selected_version(chapter_id)
            if version is None:
                raise RuleError(f"chapter {overview.number} has no text to analyse")
            return transaction.queue.add(
                project_id=overview.project_id,
                chapter_id=chapter_id,
                version_id=version.id,
                revision=version.revision,
                priority=priority,
                config=transaction.settings.get(GenerationConfig),
            )

    def claim_next(self) -> AnalysisTask | None:
        """Takes the next task for this process; ``None`` when nothing is due or all is paused."""
        with self._database.read() as transaction:
            if transaction.settings.get(QueueSettings).paused:
                return None
        with self._database.write() as transaction:
            return transaction.queue.claim_next(self._instance.owner, LEASE)

    def recover_abandoned(self) -> int:
        """Puts tasks whose worker is gone back into the queue, or ends them; returns how many.

        A worker that died counts as a failed attempt, so that a chapter that kills the app does
        not do so for ever.
        """
        live = self._instance.live_owners()
        with self._database.read() as transaction:
            if not transaction.queue.expired(live, LEASE):
                return 0
        with self._database.write() as transaction:
            abandoned = transaction.queue.expired(live, LEASE)
            for task in abandoned:
                kind, message = ErrorKind.LEASE_EXPIRED, "the app stopped while this was running"
                transaction.history.add_failure(
                    task, step=task.current_step, error_type=kind, message=message
                )
                if task.retry_count < task.max_retries:
                    transaction.queue.postpone(
                        task, error_type=kind, message=message, wait=LEASE * 0
                    )
                else:
                    transaction.queue.fail(
                        task, error_type=kind, message=message, duration_seconds=0.0
                    )
                    tell_failed(transaction, task, kind, message)
        return len(abandoned)

    def retry(self, task_id: int) -> None:
        """Queues a failed or cancelled task again; finished steps are kept if the text is the same.

        Raises ``NotFoundError``, or ``RuleError`` when the task is in another state or a newer
        task of the same chapter is unfinished.
        """
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            version = transaction.chapters.selected_version(task.chapter_id)
            if version is None:
                raise NotFoundError(f"chapter {task.chapter_number} has no text any more")
            if transaction.queue.has_unfinished(task.chapter_id):
                raise RuleError(f"chapter {task.chapter_number} is already queued")
            if (task.chapter_version_id, task.version_revision) != (version.id, version.revision):
                transaction.history.forget_steps(task_id)
            if not transaction.queue.requeue(task_id, version.id, version.revision):
                raise RuleError(f"task {task_id} is {task.status.value} and cannot be retried")

    def cancel(self, task_id: int) -> None:
        """Cancels a waiting or running task; raises ``NotFoundError`` or ``RuleError``."""
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            if not transaction.queue.cancel(task_id):
                raise RuleError(f"task {task_id} is already {task.status.value}")

    def set_priority(self, task_id: int, priority: int) -> None:
        """Changes a waiting task's priority; raises ``NotFoundError`` or ``RuleError``."""
        _check_priority(priority)
        with self._database.write() as transaction:
            task = transaction.queue.get(task_id)
            if not transaction.queue.set_priority(task_id, priority):
                raise RuleError(f"task {task_id} is {task.status.value}, it no longer waits")

    def make_due(self) -> None:
        """Lets every task that waits after an error be tried at once."""
        with self._database.write() as transaction:
            transaction.queue.make_due()

    def task(self, task_id: int) -> AnalysisTask:
        """One task; raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return transaction.queue.get(task_id)

    def recent(self, project_id: str | None = None, limit: int = 200) -> list[AnalysisTask]:
        """Tasks as the panel lists them: running, waiting, then the newest of the rest."""
        with self._database.read() as transaction:
            return transaction.queue.recent(project_id, limit)

    def failures(self, task_id: int) -> list[TaskFailure]:
        """The failed attempts of a task, the oldest first."""
        with self._database.read() as transaction:
            return transaction.history.failures(task_id)

    def counts(self, project_id: str | None = None) -> QueueCounts:
        """Tasks by state."""
        with self._database.read() as transaction:
            return transaction.queue.counts(project_id)

    def next_due_at(self) -> datetime | None:
        """When the next waiting task may run, or ``None``."""
        with self._database.read() as transaction:
            return transaction.queue.next_due_at()

    def is_idle(self) -> bool:
        """Whether nothing waits and nothing runs, in any process."""
        counts = self.counts()
        return counts.unfinished == 0


def _check_priority(priority: int) -> None:
    if not MIN_PRIORITY <= priority <= MAX_PRIORITY:
        raise RuleError(f"the priority must be from {MIN_PRIORITY} to {MAX_PRIORITY}")
