"""Runs that plan chapters."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import insert, select, update

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.outline_runs import (
    OutlineRun,
    OutlineRunStatus,
    PlannedChapter,
    RunKind,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.planning import outline_runs


class OutlineRunRepository(Repository):
    """Reads and writes runs within the caller's transaction."""

    def add(
        self, project_id: str, kind: RunKind, within: ChapterRange, size: int, instruction: str
    ) -> OutlineRun:
        """Notes a run that begins. One that was left before is settled: the new one counts."""
        self._connection.execute(
            update(outline_runs)
            .where(
                outline_runs.c.project_id == project_id,
                outline_runs.c.status != OutlineRunStatus.SETTLED.value,
            )
            .values(status=OutlineRunStatus.SETTLED.value, updated_at=self._clock())
        )
        now = self._clock()
        statement = insert(outline_runs).values(
            project_id=project_id,
            kind=kind.value,
            first_chapter=within.first,
            last_chapter=within.last,
            range_size=size,
            instruction=instruction,
            proposals=[],
            status=OutlineRunStatus.RUNNING.value,
            created_at=now,
            updated_at=now,
        )
        return self.get(self._insert_row(statement))

    def get(self, run_id: int) -> OutlineRun:
        """A run; raises ``NotFoundError``."""
        query = select(outline_runs).where(outline_runs.c.id == run_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no run {run_id} that plans chapters")
        return _to_run(row)

    def newest(self, project_id: str) -> OutlineRun | None:
        """The run begun last that the author is not done with, or ``None``."""
        query = (
            select(outline_runs)
            .where(
                outline_runs.c.project_id == project_id,
                outline_runs.c.status != OutlineRunStatus.SETTLED.value,
            )
            .order_by(outline_runs.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_run(row)

    def set_status(
        self,
        run_id: int,
        status: OutlineRunStatus,
        error_type: str | None = None,
        message: str = "",
    ) -> None:
        """Notes how far a run is, and why it failed."""
        self._set(run_id, status=status.value, error_type=error_type, error_message=message)

    def add_proposals(self, run_id: int, proposals: Iterable[PlannedChapter]) -> None:
        """Keeps plans for the author's decision; a number that is there already stays."""
        known = {each.number: each for each in self.get(run_id).proposals}
        for each in proposals:
            known.setdefault(each.number, each)
        rows = [[n, known[n].title, known[n].plan] for n in sorted(known)]
        self._set(run_id, proposals=rows)

    def _set(self, run_id: int, **values: Any) -> None:
        self._connection.execute(
            update(outline_runs)
            .where(outline_runs.c.id == run_id)
            .values(updated_at=self._clock(), **values)
        )


def _to_run(row: Any) -> OutlineRun:
    return OutlineRun(
        id=row.id,
        project_id=row.project_id,
        kind=RunKind(row.kind),
        range=ChapterRange(row.first_chapter, row.last_chapter),
        range_size=row.range_size,
        instruction=row.instruction,
        status=OutlineRunStatus(row.status),
        proposals=tuple(PlannedChapter(*each) for each in row.proposals),
        error_type=row.error_type,
        error_message=row.error_message or "",
    )
