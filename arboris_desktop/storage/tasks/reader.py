"""Reading the analysis queue: tasks with the names that a panel shows, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
)
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.tasks import (
    AnalysisStep,
    AnalysisTask,
    GenerationConfig,
    QueueCounts,
    TaskStatus,
)
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.tasks import pending_analysis

UNFINISHED = (TaskStatus.PENDING.value, TaskStatus.PROCESSING.value)

WAITING = text("pending_analysis.status = 'pending' AND pending_analysis.held = 0")
"""In literals, not parameters: only so does SQLite see that the partial index of claims fits."""


# In SQL of their own: for RETURNING, SQLAlchemy would leave out the tables' names, and a column
# of the subquery could not be told from one of the task. A claim returns these with the task.
_CHAPTER_NUMBER = """(
    SELECT chapters.chapter_number FROM chapters WHERE chapters.id = pending_analysis.chapter_id
)"""
_CHAPTER_TITLE = """(
    SELECT chapter_outlines.title FROM chapters JOIN chapter_outlines
    ON chapter_outlines.project_id = chapters.project_id
    AND chapter_outlines.chapter_number = chapters.chapter_number
    WHERE chapters.id = pending_analysis.chapter_id
)"""
_PROJECT_TITLE = """(
    SELECT novel_projects.title FROM novel_projects
    WHERE novel_projects.id = pending_analysis.project_id
)"""

TASK_COLUMNS = (
    *(column for column in pending_analysis.c if column.name not in ("result", "claim_rank")),
    literal_column(_CHAPTER_NUMBER).label("chapter_number"),
    literal_column(_CHAPTER_TITLE).label("chapter_title"),
    literal_column(_PROJECT_TITLE).label("project_title"),
)
"""What ``to_task`` needs."""

# Built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_TASKS = select(*TASK_COLUMNS)
_ONE_TASK = _TASKS.where(pending_analysis.c.id == bindparam("task_id"))
_ONE_WAITING = select(pending_analysis.c.id).where(WAITING).limit(1)


class TaskReader(Repository):
    """Reads analysis tasks within the caller's transaction."""

    def has_unfinished(self, chapter_id: int) -> bool:
        """Whether a task of the chapter waits or runs."""
        query = select(func.count()).where(
            pending_analysis.c.chapter_id == chapter_id,
            pending_analysis.c.status.in_(UNFINISHED),
        )
        return self._connection.execute(query).scalar_one() > 0

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
            _TASKS.where(pending_analysis.c.status == TaskStatus.PROCESSING.value, gone)
        )

    def running_attempts(self) -> dict[int, int]:
        """The attempts that run now, by task, in whatever process."""
        query = select(pending_analysis.c.id, pending_analysis.c.attempt).where(
            pending_analysis.c.status == TaskStatus.PROCESSING.value
        )
        return {row.id: row.attempt for row in self._connection.execute(query)}

    def waits(self) -> bool:
        """Whether a task waits that no batch holds back, due or not."""
        return self._connection.execute(_ONE_WAITING).first() is not None

    def next_due_at(self) -> datetime | None:
        """When the next waiting task may run, or ``None`` when nothing waits."""
        first = func.min(
            func.coalesce(pending_analysis.c.not_before, pending_analysis.c.created_at)
        )
        query = select(first.label("due")).where(WAITING)
        due = self._connection.execute(query).scalar_one()
        return due if isinstance(due, datetime) else None

    def get(self, task_id: int) -> AnalysisTask:
        """A task with its names; raises ``NotFoundError``."""
        row = self._connection.execute(_ONE_TASK, {"task_id": task_id}).mappings().one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no task {task_id}")
        return to_task(row)

    def recent(self, project_id: str | None = None, limit: int = 200) -> list[AnalysisTask]:
        """Unfinished tasks first as they will run, then the rest, the newest first."""
        rank = case(
            (pending_analysis.c.status == TaskStatus.PROCESSING.value, 0),
            (pending_analysis.c.status == TaskStatus.PENDING.value, 1),
            else_=2,
        )
        query = _TASKS
        if project_id is not None:
            query = query.where(pending_analysis.c.project_id == project_id)
        return self._tasks(
            query.order_by(
                rank,
                case((rank == 1, pending_analysis.c.claim_rank)),
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

    def analysed_texts(self, project_id: str) -> set[tuple[int, int]]:
        """Version and revision of every text whose analysis is complete."""
        query = select(
            pending_analysis.c.chapter_version_id, pending_analysis.c.version_revision
        ).where(
            pending_analysis.c.project_id == project_id,
            pending_analysis.c.status == TaskStatus.COMPLETED.value,
        )
        return {(row[0], row[1]) for row in self._connection.execute(query)}

    def measures(self, limit: int) -> list[tuple[TokenUsage, float]]:
        """What the last completed tasks took: tokens, and seconds."""
        query = (
            select(pending_analysis.c.token_usage, pending_analysis.c.duration_seconds)
            .where(
                pending_analysis.c.status == TaskStatus.COMPLETED.value,
                pending_analysis.c.duration_seconds.is_not(None),
            )
            .order_by(pending_analysis.c.id.desc())
            .limit(limit)
        )
        return [(TokenUsage.from_json(row[0]), row[1]) for row in self._connection.execute(query)]

    def result(self, task_id: int) -> dict[str, Any] | None:
        """What a completed task found, as it was stored."""
        query = select(pending_analysis.c.result).where(pending_analysis.c.id == task_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _tasks(self, query: Any) -> list[AnalysisTask]:
        return [to_task(row) for row in self._connection.execute(query).mappings()]


def to_task(row: RowMapping) -> AnalysisTask:
    """A task from a row of ``TASK_COLUMNS``."""
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
        batch_id=row["batch_id"],
        held=bool(row["held"]),
        cost=row["cost"],
        currency=row["currency"],
        chapter_number=row["chapter_number"],
        chapter_title=row["chapter_title"] or "",
        project_title=row["project_title"],
    )
