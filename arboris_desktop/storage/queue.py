"""The analysis queue: every change of state is one guarded statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, case, func, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.clock import Clock
from arboris_desktop.domain.errors import NotFoundError
from arboris_desktop.domain.tasks import (
    DEFAULT_MAX_RETRIES,
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    QueueCounts,
    TaskStatus,
)
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.tables import (
    OUTLINE_OF_CHAPTER,
    analysis_errors,
    analysis_steps,
    chapter_outlines,
    chapters,
    novel_projects,
    pending_analysis,
)

_UNFINISHED = (TaskStatus.PENDING.value, TaskStatus.PROCESSING.value)


@dataclass(frozen=True, slots=True)
class StepCheckpoint:
    """What a finished step of a task left behind; a retry does not repeat it."""

    step: AnalysisStep
    result: dict[str, Any]
    usage: TokenUsage
    duration_seconds: float


@dataclass(frozen=True, slots=True)
class TaskFailure:
    """One failed attempt, kept as the task's history."""

    attempt: int
    step: AnalysisStep | None
    error_type: str
    error_message: str
    provider: str
    created_at: datetime


class QueueRepository:
    """Reads and writes analysis tasks within the caller's transaction."""

    def __init__(self, connection: Connection, clock: Clock) -> None:
        self._connection = connection
        self._clock = clock

    def add(
        self,
        *,
        project_id: str,
        chapter_id: int,
        version_id: int,
        revision: int,
        priority: int,
        config: GenerationConfig,
    ) -> int:
        """Queues the analysis of a version and returns the task's id.

        An unfinished task of the same chapter is cancelled: its text is no longer the chapter's.
        """
        self.cancel_of_chapter(chapter_id)
        now = self._clock()
        statement = insert(pending_analysis).values(
            project_id=project_id,
            chapter_id=chapter_id,
            chapter_version_id=version_id,
            version_revision=revision,
            priority=priority,
            max_retries=DEFAULT_MAX_RETRIES,
            generation_config=config.to_json(),
            created_at=now,
            updated_at=now,
        )
        return int(
            self._connection.execute(statement.returning(pending_analysis.c.id)).scalar_one()
        )

    def claim_next(self, owner: str, lease: timedelta) -> AnalysisTask | None:
        """Takes the waiting task of highest priority, then age; ``None`` when nothing is due."""
        now = self._clock()
        due = (
            select(pending_analysis.c.id)
            .where(
                pending_analysis.c.status == TaskStatus.PENDING.value,
                pending_analysis.c.not_before.is_(None) | (pending_analysis.c.not_before <= now),
            )
            .order_by(
                pending_analysis.c.priority.desc(),
                pending_analysis.c.created_at,
                pending_analysis.c.id,
            )
            .limit(1)
            .scalar_subquery()
        )
        statement = (
            update(pending_analysis)
            .where(pending_analysis.c.id == due)
            .values(
                status=TaskStatus.PROCESSING.value,
                attempt=pending_analysis.c.attempt + 1,
                lease_owner=owner,
                lease_expires_at=now + lease,
                started_at=now,
                completed_at=None,
                duration_seconds=None,
                not_before=None,
                current_step=None,
                error_type=None,
                error_message=None,
                updated_at=now,
            )
            .returning(pending_analysis.c.id)
        )
        task_id = self._connection.execute(statement).scalar_one_or_none()
        return None if task_id is None else self.get(task_id)

    def extend_lease(self, task: AnalysisTask, lease: timedelta) -> bool:
        """Heartbeat of a worker; false when the task is no longer its own."""
        return self._change_own(task, lease_expires_at=self._clock() + lease)

    def begin_step(self, task: AnalysisTask, step: AnalysisStep) -> bool:
        """Notes which step runs; false when the task is no longer the worker's."""
        return self._change_own(task, current_step=step.value)

    def complete(
        self,
        task: AnalysisTask,
        *,
        result: dict[str, object],
        usage: TokenUsage,
        duration_seconds: float,
    ) -> bool:
        """Ends the task successfully; false when it is no longer the worker's."""
        return self._change_own(
            task,
            status=TaskStatus.COMPLETED.value,
            result=result,
            token_usage=usage.to_json(),
            duration_seconds=duration_seconds,
            completed_at=self._clock(),
            current_step=None,
            **_NO_LEASE,
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
            **_NO_LEASE,
        )

    def postpone(
        self, task: AnalysisTask, *, error_type: str, message: str, wait: timedelta
    ) -> bool:
        """Puts a failed attempt back into the queue, to be tried after ``wait``."""
        return self._change_own(
            task,
            status=TaskStatus.PENDING.value,
            retry_count=task.retry_count + 1,
            error_type=error_type,
            error_message=message,
            not_before=self._clock() + wait,
            **_NO_LEASE,
        )

    def release(self, task: AnalysisTask) -> bool:
        """Puts a task back as if it had not been claimed: the app stops, or the queue pauses."""
        return self._change_own(task, status=TaskStatus.PENDING.value, **_NO_LEASE)

    def _change_own(self, task: AnalysisTask, **values: Any) -> bool:
        """Changes the task only while it runs and still bears the attempt of this worker."""
        changed = self._connection.execute(
            update(pending_analysis)
            .where(
                pending_analysis.c.id == task.id,
                pending_analysis.c.attempt == task.attempt,
                pending_analysis.c.status == TaskStatus.PROCESSING.value,
            )
            .values(updated_at=self._clock(), **values)
        )
        return changed.rowcount == 1

    def cancel(self, task_id: int) -> bool:
        """Cancels a waiting or running task; false when it had already ended."""
        return self._cancel(pending_analysis.c.id == task_id) == 1

    def cancel_of_chapter(self, chapter_id: int) -> int:
        """Cancels what is unfinished of a chapter and returns how many tasks that were."""
        return self._cancel(pending_analysis.c.chapter_id == chapter_id)

    def _cancel(self, which: ColumnElement[bool]) -> int:
        now = self._clock()
        return self._connection.execute(
            update(pending_analysis)
            .where(which, pending_analysis.c.status.in_(_UNFINISHED))
            .values(
                status=TaskStatus.CANCELLED.value,
                completed_at=now,
                updated_at=now,
                current_step=None,
                not_before=None,
                **_NO_LEASE,
            )
        ).rowcount

    def requeue(self, task_id: int, version_id: int, revision: int) -> bool:
        """Starts a failed or cancelled task anew for the given text; false in other states."""
        return (
            self._connection.execute(
                update(pending_analysis)
                .where(
                    pending_analysis.c.id == task_id,
                    pending_analysis.c.status.in_(
                        (TaskStatus.FAILED.value, TaskStatus.CANCELLED.value)
                    ),
                )
                .values(
                    status=TaskStatus.PENDING.value,
                    chapter_version_id=version_id,
                    version_revision=revision,
                    retry_count=0,
                    not_before=None,
                    completed_at=None,
                    started_at=None,
                    duration_seconds=None,
                    updated_at=self._clock(),
                )
            ).rowcount
            == 1
        )

    def has_unfinished(self, chapter_id: int) -> bool:
        """Whether a task of the chapter waits or runs."""
        query = select(func.count()).where(
            pending_analysis.c.chapter_id == chapter_id,
            pending_analysis.c.status.in_(_UNFINISHED),
        )
        return self._connection.execute(query).scalar_one() > 0

    def set_priority(self, task_id: int, priority: int) -> bool:
        """Changes the priority of a waiting task; false in other states."""
        return (
            self._connection.execute(
                update(pending_analysis)
                .where(
                    pending_analysis.c.id == task_id,
                    pending_analysis.c.status == TaskStatus.PENDING.value,
                )
                .values(priority=priority, updated_at=self._clock())
            ).rowcount
            == 1
        )

    def make_due(self) -> None:
        """Lets tasks that wait after an error be tried at once."""
        self._connection.execute(
            update(pending_analysis)
            .where(
                pending_analysis.c.status == TaskStatus.PENDING.value,
                pending_analysis.c.not_before.is_not(None),
            )
            .values(not_before=None)
        )

    def expired(self, live_owners: Sequence[str], longest_lease: timedelta) -> list[AnalysisTask]:
        """Running tasks whose worker is gone.

        Its lease ran out, its process is not among the living, or its lease ends later than any
        lease could (the clock was set back).
        """
        now = self._clock()
        gone = (
            (pending_analysis.c.lease_expires_at <= now)
            | (pending_analysis.c.lease_expires_at > now + longest_lease)
            | pending_analysis.c.lease_owner.not_in(list(live_owners))
        )
        return self._tasks(
            _task_query().where(pending_analysis.c.status == TaskStatus.PROCESSING.value, gone)
        )

    def next_due_at(self) -> datetime | None:
        """When the next waiting task may run, or ``None`` when nothing waits."""
        first = func.min(
            func.coalesce(pending_analysis.c.not_before, pending_analysis.c.created_at)
        )
        query = select(first.label("due")).where(
            pending_analysis.c.status == TaskStatus.PENDING.value
        )
        due = self._connection.execute(query).scalar_one()
        return due if isinstance(due, datetime) else None

    def retarget(self, task: AnalysisTask, version_id: int, revision: int) -> bool:
        """Points a running task at the text that the chapter has now; its steps start anew."""
        if not self._change_own(task, chapter_version_id=version_id, version_revision=revision):
            return False
        self.forget_steps(task.id)
        return True

    def get(self, task_id: int) -> AnalysisTask:
        """A task with its names; raises ``NotFoundError``."""
        tasks = self._tasks(_task_query().where(pending_analysis.c.id == task_id))
        if not tasks:
            raise NotFoundError(f"no task {task_id}")
        return tasks[0]

    def recent(self, project_id: str | None = None, limit: int = 200) -> list[AnalysisTask]:
        """Unfinished tasks first as they will run, then the rest, the newest first."""
        rank = case(
            (pending_analysis.c.status == TaskStatus.PROCESSING.value, 0),
            (pending_analysis.c.status == TaskStatus.PENDING.value, 1),
            else_=2,
        )
        query = _task_query()
        if project_id is not None:
            query = query.where(pending_analysis.c.project_id == project_id)
        return self._tasks(
            query.order_by(
                rank,
                case((rank == 1, pending_analysis.c.priority), else_=0).desc(),
                case((rank == 1, pending_analysis.c.created_at)),
                pending_analysis.c.updated_at.desc(),
                pending_analysis.c.id.desc(),
            ).limit(limit)
        )

    def counts(self, project_id: str | None = None) -> QueueCounts:
        """Tasks by state."""
        query = select(pending_analysis.c.status, func.count().label("count")).group_by(
            pending_analysis.c.status
        )
        if project_id is not None:
            query = query.where(pending_analysis.c.project_id == project_id)
        rows = self._connection.execute(query)
        return QueueCounts(**{row[0]: row[1] for row in rows})

    def save_step(self, task: AnalysisTask, checkpoint: StepCheckpoint) -> bool:
        """Stores a finished step; false (and nothing stored) when the task was lost."""
        if not self._change_own(task):
            return False
        self._connection.execute(
            insert(analysis_steps).values(
                pending_analysis_id=task.id,
                step=checkpoint.step.value,
                result=checkpoint.result,
                token_usage=checkpoint.usage.to_json(),
                duration_seconds=checkpoint.duration_seconds,
                completed_at=self._clock(),
            )
        )
        return True

    def steps(self, task_id: int) -> dict[AnalysisStep, StepCheckpoint]:
        """The finished steps of a task."""
        query = select(analysis_steps).where(analysis_steps.c.pending_analysis_id == task_id)
        return {
            AnalysisStep(row.step): StepCheckpoint(
                AnalysisStep(row.step),
                row.result,
                TokenUsage.from_json(row.token_usage),
                row.duration_seconds,
            )
            for row in self._connection.execute(query)
        }

    def forget_steps(self, task_id: int) -> None:
        """Drops the checkpoints of a task, whose text has changed since."""
        self._connection.execute(
            analysis_steps.delete().where(analysis_steps.c.pending_analysis_id == task_id)
        )

    def add_failure(
        self,
        task: AnalysisTask,
        *,
        step: AnalysisStep | None,
        error_type: str,
        message: str,
        provider: str,
    ) -> None:
        """Adds a failed attempt to the task's history."""
        self._connection.execute(
            insert(analysis_errors).values(
                pending_analysis_id=task.id,
                attempt=task.attempt,
                step=step.value if step else None,
                error_type=error_type,
                error_message=message,
                provider=provider,
                created_at=self._clock(),
            )
        )

    def failures(self, task_id: int) -> list[TaskFailure]:
        """The failed attempts of a task, the oldest first."""
        query = (
            select(analysis_errors)
            .where(analysis_errors.c.pending_analysis_id == task_id)
            .order_by(analysis_errors.c.id)
        )
        return [
            TaskFailure(
                row.attempt,
                AnalysisStep(row.step) if row.step else None,
                row.error_type,
                row.error_message,
                row.provider,
                row.created_at,
            )
            for row in self._connection.execute(query)
        ]

    def result(self, task_id: int) -> dict[str, Any] | None:
        """What a completed task found, as it was stored."""
        query = select(pending_analysis.c.result).where(pending_analysis.c.id == task_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _tasks(self, query: Any) -> list[AnalysisTask]:
        return [_to_task(row) for row in self._connection.execute(query).mappings()]


_NO_LEASE: dict[str, Any] = {"lease_owner": None, "lease_expires_at": None}


def _task_query() -> Any:
    columns = [column for column in pending_analysis.c if column.name != "result"]
    return (
        select(
            *columns,
            chapters.c.chapter_number,
            chapter_outlines.c.title.label("chapter_title"),
            novel_projects.c.title.label("project_title"),
        )
        .join(chapters, chapters.c.id == pending_analysis.c.chapter_id)
        .join(novel_projects, novel_projects.c.id == pending_analysis.c.project_id)
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
    )


def _to_task(row: RowMapping) -> AnalysisTask:
    return AnalysisTask(
        id=row["id"],
        project_id=row["project_id"],
        chapter_id=row["chapter_id"],
        chapter_version_id=row["chapter_version_id"],
        version_revision=row["version_revision"],
        status=TaskStatus(row["status"]),
        priority=row["priority"],
        attempt=row["attempt"],
        retry_count=row["retry_count"],
        max_retries=row["max_retries"],
        config=GenerationConfig.from_json(row["generation_config"]),
        created_at=row["created_at"],
        updated_at=row["updated_at"],
        started_at=row["started_at"],
        completed_at=row["completed_at"],
        not_before=row["not_before"],
        duration_seconds=row["duration_seconds"],
        current_step=AnalysisStep(row["current_step"]) if row["current_step"] else None,
        lease_owner=row["lease_owner"],
        lease_expires_at=row["lease_expires_at"],
        error_type=row["error_type"],
        error_message=row["error_message"],
        token_usage=TokenUsage.from_json(row["token_usage"]),
        chapter_number=row["chapter_number"],
        chapter_title=row["chapter_title"] or "",
        project_title=row["project_title"],
    )
