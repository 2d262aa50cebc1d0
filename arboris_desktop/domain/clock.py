"""The only source of the current time, so that tests and clock jumps can be played through."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Returns the current moment in UTC, with its time zone."""


def utc_now() -> datetime:
    """The current moment in UTC."""
    return datetime.now(UTC)
