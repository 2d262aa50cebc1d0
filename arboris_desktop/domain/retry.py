"""The waiting time after a failed attempt, at a task or to reach a database."""

from __future__ import annotations

import random
from datetime import timedelta

BASE_SECONDS = 5.0
CEILING_SECONDS = 300.0

RECONNECT_SECONDS = 1.0
RECONNECT_CEILING_SECONDS = 15.0
"""A server that starts again takes seconds, and those who wait for it look at the window."""

LONGEST_WAIT = timedelta(hours=1)
"""No task waits longer between two attempts, whatever a provider asks for. A wait that looks
longer means that the clock was set back."""


def backoff_seconds(
    failures: int, *, retry_after: float | None = None, rng: random.Random | None = None
) -> float:
    """Seconds to wait after the given number of failures (1 = the first).

    Exponential backoff with "equal jitter" (half fixed, half random; Marc Brooker, "Exponential
    Backoff And Jitter", AWS Architecture Blog, 2015), so that tasks that failed together do not
    return together. A provider's Retry-After is a lower bound.
    """
    wait = _spread(BASE_SECONDS, CEILING_SECONDS, failures, rng)
    return max(wait, retry_after or 0.0)


def reconnect_seconds(failures: int, *, rng: random.Random | None = None) -> float:
    """Seconds until a database that is away is looked for again, after as many looks (1 = the
    first). It grows in the same way, so that not all machines come at once when it is back."""
    return _spread(RECONNECT_SECONDS, RECONNECT_CEILING_SECONDS, failures, rng)


def _spread(base: float, ceiling: float, failures: int, rng: random.Random | None) -> float:
    span = min(ceiling, base * 2.0 ** min(failures - 1, 10))
    return span / 2 + (rng or random.Random()).uniform(0, span / 2)
