"""Measuring the time that work has taken."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic


class Stopwatch:
    """Counts seconds since it was begun; each is taken once into what is kept."""

    def __init__(self) -> None:
        self._since = monotonic()

    @property
    def seconds(self) -> float:
        """The seconds that are kept nowhere yet."""
        return monotonic() - self._since

    @contextmanager
    def counted(self) -> Iterator[float]:
        """Hands the seconds over to be kept; if that fails, they are counted the next time."""
        now = monotonic()
        yield now - self._since
        self._since = now
