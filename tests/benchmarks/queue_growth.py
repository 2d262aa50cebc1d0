"""A claim with a million finished tasks beside it, over one with a thousand."""

from __future__ import annotations

import sqlite3
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure, ratios
from tests.benchmarks.queues import OurQueue

_FINISHED = """
WITH RECURSIVE number(n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM number WHERE n < :count)
INSERT INTO pending_analysis (
    chapter_id, project_id, chapter_version_id, version_revision, status, generation_config,
    created_at, completed_at, updated_at, claim_rank
)
SELECT chapter_id, project_id, chapter_version_id, version_revision, 'completed',
       generation_config, created_at, created_at, updated_at, claim_rank
FROM number, (SELECT * FROM pending_analysis WHERE status = 'pending' LIMIT 1)
"""


def measure(
    runs: int, *, few: int = 1_000, many: int = 1_000_000, claims: int = 200
) -> Iterator[Figure]:
    """The median claim beside few finished tasks and beside many, in turn, and their ratio."""
    small, large = [], []
    with empty_home() as one, empty_home() as other:
        beside_few = filled_queue(one.home, runs * claims, few)
        beside_many = filled_queue(other.home, runs * claims, many)
        try:
            for _ in range(runs):
                small.append(_claim_milliseconds(beside_few, claims))
                large.append(_claim_milliseconds(beside_many, claims))
        finally:
            beside_few.close()
            beside_many.close()
    yield Figure(f"claim beside {few:,} finished tasks", "ms", tuple(small))
    yield Figure(f"claim beside {many:,} finished tasks", "ms", tuple(large))
    yield Figure("claim beside many over beside few", "×", ratios(large, small), Budget(1.5))


def filled_queue(home: Path, waiting: int, finished: int) -> OurQueue:
    """A queue with so many tasks of each kind."""
    queue = OurQueue(home, waiting)
    with closing(sqlite3.connect(queue.database.paths.database)) as connection:
        connection.execute(_FINISHED, {"count": finished})
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    if queue.queue.counts().completed != finished:
        raise RuntimeError("the finished tasks were not stored")
    return queue


def _claim_milliseconds(queue: OurQueue, claims: int) -> float:
    took = []
    for _ in range(claims):
        started = time.perf_counter()
        task = queue.queue.claim_next()
        took.append((time.perf_counter() - started) * 1000)
        if task is None:
            raise RuntimeError("the queue ran empty")
    return statistics.median(took)
