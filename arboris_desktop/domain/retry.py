"""The waiting time after a failed attempt."""

from __future__ import annotations

import random
from datetime import timedelta

BASE_SECONDS = 5.0
CEILING_SECONDS = 300.0

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
    span = min(CEILING_SECONDS, BASE_SECONDS * 2.0 ** min(failures - 1, 10))
    wait = span / 2 + (rng or random.Random()).uniform(0, span / 2)
    return max(wait, retry_after or 0.0)
