"""Attempts at tasks: claiming one, and what its worker does with it until it gives it up.

Every change is one guarded statement: who has lost a task to another worker changes nothing.
"""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any

from sqlalchemy import bindparam, update

from arboris_desktop.domain.retry import LONGEST_WAIT
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask, TaskStatus
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks.claiming import TaskClaim, claim_first_due
from arboris_desktop.storage.tasks.rows import to_task

NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_expires_at": None}
"""The values of a task that nobody works."""


class AttemptRepository(Repository):
    """Claims tasks and changes those that are claimed, within the caller's transaction."""

    def claim_next(
        self, owner: str, lease: timedelta, *, beside_faults: bool = True
    ) -> AnalysisTask | None:
        """Takes the waiting task that is first by ``claim_rank``; ``None`` when nothing is due or
        all is paused, or when it must run alone and something runs here.

        Not ``beside_faults``: nor while any provider is out of order.
        """
        now = self._clock()
        claim = TaskClaim(owner, now, now + lease, now + LONGEST_WAIT, beside_faults)
        row = claim_first_due(self._connection, claim)
        return None if row is None else to_task(row, ChapterLabels(self._connection))

    def extend_lease(self, task: AnalysisTask, lease: timedelta) -> bool:
        """Heartbeat of a worker; false when the task is no longer its own."""
        return self._change_own(task, lease_expires_at=self._clock() + lease)

    def is_own(self, task: AnalysisTask) -> bool:
        """True if the task is still the worker's; it stays so until the transaction ends."""
        return self._change_own(task)

    def begin_step(self, task: AnalysisTask, step: AnalysisStep) -> bool:
        """Notes which step runs; false when the task is no longer the worker's."""
        return self._change_own(task, current_step=step.value)

    def retarget(self, task: AnalysisTask, version_id: int, revision: int) -> bool:
        """Points a running task at the text that the chapter has now.

        The caller forgets the steps that were finished; false when the task was lost.
        """
        return self._change_own(task, chapter_version_id=version_id, version_revision=revision)

    def complete(
        self,
        task: AnalysisTask,
        *,
        result: dict[str, object],
        spent: Spent,
        duration_seconds: float,
    ) -> bool:
        """Ends the task successfully; false when it is no longer the worker's."""
        return self._change_own(
            task,
            status=TaskStatus.COMPLETED.value,
            result=result,
            token_usage=spent.to_json(),
            duration_seconds=duration_seconds,
            completed_at=self._clock(),
            current_step=None,
            **NO_LEASE,
        )

    def fail(
        self, task: AnalysisTask, *, error_type: str, message: str, duration_seconds: float
    ) -> bool:
        """Ends the task in failure; false when it is no longer the worker's."""
        return self._change_own(
            task,
            status=TaskStatus.FAILED.value,
            error_type=error_type,
            error_message=message,
            duration_seconds=duration_seconds,
            completed_at=self._clock(),
            **NO_LEASE,
        )

    def postpone(
        self,
        task: AnalysisTask,
        *,
        error_type: str,
        message: str,
        wait: timedelta,
        spend_retry: bool = True,
    ) -> bool:
        """Puts a failed attempt back into the queue, to be tried after ``wait``.

        ``spend_retry`` is false when the attempt was a probe of a provider known to be down.
        """
        return self._change_own(
            task,
            status=TaskStatus.PENDING.value,
            retry_count=task.retry_count + int(spend_retry),
            error_type=error_type,
            error_message=message,
            not_before=self._clock() + min(wait, LONGEST_WAIT),
            **NO_LEASE,
        )

    def rescue(self, task: AnalysisTask, *, rescues: int, error_type: str, message: str) -> bool:
        """Puts a task back whose worker is gone; no failure of its own is counted."""
        return self._change_own(
            task,
            status=TaskStatus.PENDING.value,
            rescue_count=rescues,
            error_type=error_type,
            error_message=message,
            **NO_LEASE,
        )

    def release(self, task: AnalysisTask) -> bool:
        """Puts a task back as if it had not been claimed: the app stops, or the queue pauses."""
        return self._change_own(task, status=TaskStatus.PENDING.value, **NO_LEASE)

    def _change_own(self, task: AnalysisTask, **values: Any) -> bool:
        """Changes the task only while it runs and still bears the attempt of this worker."""
        values["updated_at"] = self._clock()
        return (
            _change_of_own(tuple(values)).changed(
                self._connection,
                own_id=task.id,
                own_attempt=task.attempt,
                **{f"new_{name}": value for name, value in values.items()},
            )
            == 1
        )


@cache
def _change_of_own(names: tuple[str, ...]) -> Prepared:
    columns = pending_analysis.c
    return Prepared(
        update(pending_analysis)
        .where(
            columns.id == bindparam("own_id"),
            columns.attempt == bindparam("own_attempt"),
            columns.status == TaskStatus.PROCESSING.value,
        )
        .values({name: bindparam(f"new_{name}", type_=columns[name].type) for name in names})
    )
