"""The progress of an import or export, and stopping it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

Progress = Callable[[float], None]
"""Is told the share that is done, from 0 to 1. It may raise ``StoppedError``."""


class StoppedError(Exception):
    """The author wants no more of it. Nothing is left behind."""


def silent(_share: float) -> None:
    """For work that nobody watches."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """The progress of a part that is the whole's from ``start`` to ``end``."""
    return lambda share: progress(start + (end - start) * min(share, 1.0))


class Counter:
    """Tells the progress of work whose size is known, row by row."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = max(total, 1)
        self._progress = progress
        self._done = 0

    def count(self, items: Iterable[Item]) -> Iterator[Item]:
        """The items, each of which is counted when the next one is asked for."""
        for item in items:
            yield item
            self._done += 1
            self._progress(self._done / self._total)
