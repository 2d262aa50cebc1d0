"""Reading the analysis queue: tasks with the names that a panel shows, and counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    TextualSelect,
    bindparam,
    func,
    literal_column,
    select,
    text,
)

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts, TaskStatus
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.tasks import pending_analysis
from arboris_desktop.storage.tasks import sql
from arboris_desktop.storage.tasks.rows import STORED_COLUMNS, TASK_SQL, to_counts, to_task

UNFINISHED = (TaskStatus.PENDING.value, TaskStatus.PROCESSING.value)

WAITING = text(sql.WAITING)

TASK_COLUMNS = (
    *(pending_analysis.c[name] for name in STORED_COLUMNS),
    literal_column(sql.CHAPTER_NUMBER).label("chapter_number"),
    literal_column(sql.CHAPTER_TITLE).label("chapter_title"),
    literal_column(sql.PROJECT_TITLE).label("project_title"),
    literal_column(sql.NUMBERING).label("numbering"),
)
"""The columns that ``to_task`` needs."""

# Built once: SQLAlchemy takes longer to build a statement than SQLite to run it.
_TASKS = select(*TASK_COLUMNS)
_ONE_TASK = _TASKS.where(pending_analysis.c.id == bindparam("task_id"))
_FRONT = 1000
_IN_FRONT = (
    select(pending_analysis.c.created_at)
    .where(WAITING)
    .order_by(pending_analysis.c.claim_rank, pending_analysis.c.id)
    .limit(_FRONT)
    .subquery()
)
_OLDEST_IN_FRONT = select(func.min(_IN_FRONT.c.created_at))
_ONE_WAITING = Prepared(select(pending_analysis.c.id).where(WAITING).limit(1))


@cache
def _recent(of_project: bool, database: str) -> TextualSelect:
    query = sql.recent(TASK_SQL, of_project=of_project, database=database)
    return text(query).columns(*TASK_COLUMNS)


class TaskReader(Repository):
    """Reads analysis tasks within the caller's transaction."""

    def has_unfinished(self, chapter_id: int) -> bool:
        """True if a task of the chapter waits or runs."""
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
        """True if a task waits that no batch holds back, due or not."""
        return _ONE_WAITING.first(self._connection) is not None

    def next_due_at(self) -> datetime | None:
        """The time at which the next waiting task may run, or ``None`` when nothing waits."""
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
        return to_task(row, ChapterLabels(self._connection))

    def latest_of_chapter(self, chapter_id: int) -> AnalysisTask | None:
        """The newest task of a chapter, whatever its state."""
        mine = _TASKS.where(pending_analysis.c.chapter_id == chapter_id)
        return next(iter(self._tasks(mine.order_by(pending_analysis.c.id.desc()).limit(1))), None)

    def oldest_waiting(self) -> datetime | None:
        """The time at which the task was queued that waits longest; ``None`` if none waits.

        Of the first ``_FRONT`` by rank, so that a long queue is not read to its end: one that was
        queued before them has a lower priority, by which it is an hour and a half behind at most.
        """
        oldest = self._connection.execute(_OLDEST_IN_FRONT).scalar_one()
        return oldest if isinstance(oldest, datetime) else None

    def recent(self, project_id: str | None = None, limit: int = 200) -> list[AnalysisTask]:
        """Unfinished tasks first as they will run, then the rest, the newest first."""
        query = _recent(project_id is not None, self._connection.dialect.name)
        given = {"limit": limit} if project_id is None else _of(project_id) | {"limit": limit}
        return self._tasks(query.params(given))

    def of_project(self, project_id: str) -> list[AnalysisTask]:
        """Every task of a novel, whatever its state, the oldest first."""
        mine = _TASKS.where(pending_analysis.c.project_id == project_id)
        return self._tasks(mine.order_by(pending_analysis.c.id))

    def counts(self, project_id: str | None = None) -> QueueCounts:
        """Tasks by state."""
        query = _counts(project_id is not None, self._connection.dialect.name != "mysql")
        found = self._connection.execute(query, {} if project_id is None else _of(project_id))
        return to_counts(found.mappings().one())

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
        """The tokens and seconds that the last completed tasks took."""
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
        """The stored findings of a completed task."""
        query = select(pending_analysis.c.result).where(pending_analysis.c.id == task_id)
        return self._connection.execute(query).scalar_one_or_none()

    def _tasks(self, query: Any) -> list[AnalysisTask]:
        labels = ChapterLabels(self._connection)
        rows = self._connection.execute(query).mappings().all()
        return [to_task(row, labels) for row in rows]


@cache
def _counts(of_project: bool, counts_along: bool) -> Any:
    numbers = sql.COUNTED_ALONG if counts_along else sql.COUNTED_NOW
    return text(sql.counts(numbers, of_project=of_project))


def _of(project_id: str) -> dict[str, Any]:
    return {"project_id": project_id}
