"""Durations of analyses: a count for each range of seconds, which no clean-up lessens."""

from __future__ import annotations

from sqlalchemy import func, select, update

from arboris_desktop.domain.tasks import DURATION_BOUNDS, DurationBucket, duration_bound
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.columns import SLOTS
from arboris_desktop.storage.tables.tasks import analysis_durations

_COLUMNS = analysis_durations.c


class DurationRepository(Repository):
    """Reads and raises the counts within the caller's transaction."""

    def count(self, task_id: int, seconds: float) -> None:
        """Counts the analysis of a task, which is complete."""
        is_own = (_COLUMNS.bound == duration_bound(seconds)) & (_COLUMNS.slot == task_id % SLOTS)
        self._connection.execute(
            update(analysis_durations)
            .where(is_own)
            .values(number=_COLUMNS.number + 1, seconds=_COLUMNS.seconds + seconds)
        )

    def buckets(self) -> list[DurationBucket]:
        """The ranges in order; each holds only what is above the one before."""
        query = select(
            _COLUMNS.bound,
            func.sum(_COLUMNS.number).label("number"),
            func.sum(_COLUMNS.seconds).label("seconds"),
        ).group_by(_COLUMNS.bound)
        found = {row.bound: row for row in self._connection.execute(query)}
        return [
            DurationBucket(bound, int(found[bound].number), found[bound].seconds)
            for bound in DURATION_BOUNDS
            if bound in found
        ]
