"""A server's clock, by which all machines reckon, without asking for it each time."""

from __future__ import annotations

import time
from datetime import datetime, timedelta

from arboris_desktop.domain.clock import utc_now

_SECONDS = 10.0
"""The time after which the server's clock is compared with ours again."""


class ServerClock:
    """A ``Clock`` that goes as the server's did when it was last compared."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._asked_at = float("-inf")

    @property
    def is_due(self) -> bool:
        """True if the server should be asked for its time."""
        return time.monotonic() - self._asked_at >= _SECONDS

    def set(self, now: datetime) -> None:
        """Takes the server's time, which it just told."""
        self._ahead = now - utc_now()
        self._asked_at = time.monotonic()

    def __call__(self) -> datetime:
        return utc_now() + self._ahead
