"""Runs of the auto-writer: how far they are, and what they have spent."""

from __future__ import annotations

from typing import Any

from sqlalchemy import insert, select, update
from sqlalchemy.engine import RowMapping

from arboris_desktop.domain.auto_runs import (
    UNFINISHED,
    AutoOptions,
    AutoRun,
    AutoRunStatus,
    StopReason,
)
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.storage.costs.totals import spent_on
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.costs import model_calls
from arboris_desktop.storage.tables.writing import auto_runs


class AutoRunRepository(Repository):
    """Reads and writes runs within the caller's transaction."""

    def add(self, project_id: str, first: int, last: int, options: AutoOptions) -> AutoRun:
        """Stores a run that begins at its first chapter."""
        now = self._clock()
        run_id = self._insert_row(
            insert(auto_runs).values(
                project_id=project_id,
                first_chapter=first,
                last_chapter=last,
                next_chapter=first,
                options=options.to_json(),
                status=AutoRunStatus.RUNNING.value,
                created_at=now,
                updated_at=now,
            )
        )
        return self.get(run_id)

    def get(self, run_id: int) -> AutoRun:
        """The run with what it has spent; raises ``NotFoundError``."""
        row = (
            self._connection.execute(select(auto_runs).where(auto_runs.c.id == run_id))
            .mappings()
            .one_or_none()
        )
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no run {run_id}")
        return self._to_run(row)

    def unfinished(self, project_id: str | None = None) -> list[AutoRun]:
        """The runs that go on or wait, of one novel or of all."""
        query = select(auto_runs).where(auto_runs.c.status.in_([s.value for s in UNFINISHED]))
        if project_id is not None:
            query = query.where(auto_runs.c.project_id == project_id)
        rows = self._connection.execute(query.order_by(auto_runs.c.id)).mappings().all()
        return [self._to_run(row) for row in rows]

    def newest(self, project_id: str) -> AutoRun | None:
        """The last run of a novel."""
        query = select(auto_runs).where(auto_runs.c.project_id == project_id)
        row = (
            self._connection.execute(query.order_by(auto_runs.c.id.desc()).limit(1))
            .mappings()
            .one_or_none()
        )
        return None if row is None else self._to_run(row)

    def advance(self, run_id: int, next_chapter: int) -> None:
        """A chapter is done."""
        self._change(run_id, next_chapter=next_chapter)

    def add_seconds(self, run_id: int, seconds: float) -> None:
        """Time passed while the run was running."""
        self._change(run_id, seconds=auto_runs.c.seconds + seconds)

    def change_options(self, run_id: int, options: AutoOptions) -> None:
        """Other bounds, or another way to go on."""
        self._change(run_id, options=options.to_json())

    def change_status(
        self,
        run_id: int,
        status: AutoRunStatus,
        reason: StopReason | None = None,
        detail: str = "",
    ) -> None:
        """Notes how the run stands from now on, and why it waits."""
        ended = None if status in UNFINISHED else self._clock()
        self._change(
            run_id,
            status=status.value,
            stop_reason=reason.value if reason else None,
            detail=detail,
            completed_at=ended,
        )

    def _change(self, run_id: int, **values: Any) -> None:
        self._connection.execute(
            update(auto_runs)
            .where(auto_runs.c.id == run_id)
            .values(updated_at=self._clock(), **values)
        )

    def _to_run(self, row: RowMapping) -> AutoRun:
        reason = row["stop_reason"]
        return AutoRun(
            id=row["id"],
            project_id=row["project_id"],
            first_chapter=row["first_chapter"],
            last_chapter=row["last_chapter"],
            next_chapter=row["next_chapter"],
            options=AutoOptions.from_json(row["options"]),
            status=AutoRunStatus(row["status"]),
            stop_reason=StopReason(reason) if reason else None,
            detail=row["detail"],
            spent=spent_on(self._connection, model_calls.c.auto_run_id == row["id"]),
            seconds=row["seconds"],
            created_at=row["created_at"],
            updated_at=row["updated_at"],
        )
