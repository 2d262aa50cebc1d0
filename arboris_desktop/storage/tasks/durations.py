"""Durations of analyses: a count for each range of seconds, which no clean-up lessens."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select, update

from arboris_desktop.domain.tasks import DURATION_BOUNDS, DurationBucket, duration_bound
from arboris_desktop.storage.engine.prepared import Prepared
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.columns import SLOTS
from arboris_desktop.storage.tables.tasks import analysis_durations

_COLUMNS = analysis_durations.c

_COUNT = Prepared(
    update(analysis_durations)
    .where(_COLUMNS.bound == bindparam("range"), _COLUMNS.slot == bindparam("place"))
    .values(number=_COLUMNS.number + 1, seconds=_COLUMNS.seconds + bindparam("more"))
)


class DurationRepository(Repository):
    """Reads and raises the counts within the caller's transaction."""

    def count(self, task_id: int, seconds: float) -> None:
        """Counts the analysis of a task, which is complete."""
        place = {"range": duration_bound(seconds), "place": task_id % SLOTS}
        _COUNT.changed(self._connection, **place, more=seconds)

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
