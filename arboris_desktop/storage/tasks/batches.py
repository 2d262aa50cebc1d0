"""Batches: chapters that the author had analysed together."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.batches import AnalysisBatch, BatchEstimate, BatchStatus
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import UNLISTED, novel_projects
from arboris_desktop.storage.tables.tasks import analysis_batches, pending_analysis

OPEN = (BatchStatus.RUNNING, BatchStatus.PAUSED)


class BatchRepository(Repository):
    """Reads and writes batches within the caller's transaction."""

    def add(self, project_id: str, estimate: BatchEstimate) -> int:
        """Stores a running batch and returns its id; its tasks are queued by the caller."""
        now = self._clock()
        statement = insert(analysis_batches).values(
            project_id=project_id,
            total=estimate.chapters,
            estimate=estimate.to_json(),
            created_at=now,
            updated_at=now,
        )
        return self._insert_row(statement)

    def get(self, batch_id: int) -> AnalysisBatch:
        """A batch and how far it has come; raises ``NotFoundError``."""
        query = _query().where(analysis_batches.c.id == batch_id)
        row = self._connection.execute(query).mappings().one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no batch {batch_id}")
        return _to_batch(row)

    def list(self, *, open_only: bool = False, limit: int = 50) -> list[AnalysisBatch]:
        """The newest batches first."""
        listed = novel_projects.c.status.not_in(UNLISTED)
        query = _query().where(listed).order_by(analysis_batches.c.id.desc()).limit(limit)
        if open_only:
            query = query.where(analysis_batches.c.status.in_(OPEN))
        return [_to_batch(row) for row in self._connection.execute(query).mappings()]

    def change_status(
        self, batch_id: int, allowed: Collection[BatchStatus], status: BatchStatus
    ) -> bool:
        """Brings a batch into another state; false when it is in none of the ``allowed`` ones."""
        now = self._clock()
        return (
            self._connection.execute(
                update(analysis_batches)
                .where(analysis_batches.c.id == batch_id, analysis_batches.c.status.in_(allowed))
                .values(
                    status=status.value,
                    updated_at=now,
                    completed_at=None if status in OPEN else now,
                )
            ).rowcount
            == 1
        )

    def is_open(self, batch_id: int) -> bool:
        """True if the batch still speaks for its tasks."""
        query = select(analysis_batches.c.status).where(analysis_batches.c.id == batch_id)
        return self._connection.execute(query).scalar_one_or_none() in OPEN


def _query() -> Any:
    def tasks(status: TaskStatus) -> Any:
        return (
            select(func.count())
            .where(
                pending_analysis.c.batch_id == analysis_batches.c.id,
                pending_analysis.c.status == status.value,
            )
            .scalar_subquery()
            .label(status.value)
        )

    return select(
        analysis_batches,
        novel_projects.c.title,
        *(tasks(status) for status in TaskStatus),
    ).join(novel_projects, novel_projects.c.id == analysis_batches.c.project_id)


def _to_batch(row: RowMapping) -> AnalysisBatch:
    return AnalysisBatch(
        id=row["id"],
        project_id=row["project_id"],
        project_title=row["title"],
        status=BatchStatus(row["status"]),
        total=row["total"],
        unfinished=row["pending"] + row["processing"],
        completed=row["completed"],
        failed=row["failed"],
        cancelled=row["cancelled"],
        estimate=BatchEstimate.from_json(row["estimate"]),
        created_at=row["created_at"],
        completed_at=row["completed_at"],
    )
