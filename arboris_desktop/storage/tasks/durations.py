"""Durations of analyses: a count for each range of seconds, which no clean-up lessens."""

from __future__ import annotations

from sqlalchemy import select, update

from arboris_desktop.domain.tasks import DURATION_BOUNDS, DurationBucket, duration_bound
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.tasks import analysis_durations


class DurationRepository(Repository):
    """Reads and raises the counts within the caller's transaction."""

    def count(self, seconds: float) -> None:
        """Counts one analysis that is complete."""
        buckets = analysis_durations.c
        self._connection.execute(
            update(analysis_durations)
            .where(buckets.bound == duration_bound(seconds))
            .values(number=buckets.number + 1, seconds=buckets.seconds + seconds)
        )

    def buckets(self) -> list[DurationBucket]:
        """The ranges in order; each holds only what is above the one before."""
        found = {row.bound: row for row in self._connection.execute(select(analysis_durations))}
        return [
            DurationBucket(bound, found[bound].number, found[bound].seconds)
            for bound in DURATION_BOUNDS
            if bound in found
        ]
