"""The progress of an import or export, and stopping it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")

Progress = Callable[[float], None]
"""Called with the completed share, from 0 to 1. May raise ``StoppedError``."""


class StoppedError(Exception):
    """The author has cancelled the work. Nothing is left behind."""


def silent(_share: float) -> None:
    """Ignores progress."""


def part_of(progress: Progress, start: float, end: float) -> Progress:
    """Returns the progress of a part that covers the whole from ``start`` to ``end``."""
    return lambda share: progress(start + (end - start) * min(share, 1.0))


class Counter:
    """Reports the progress of work of known size, item by item."""

    def __init__(self, total: int, progress: Progress) -> None:
        self._total = max(total, 1)
        self._progress = progress
        self._done = 0

    def count(self, items: Iterable[Item]) -> Iterator[Item]:
        """Yields the items; each is counted when the next one is requested."""
        for item in items:
            yield item
            self._done += 1
            self._progress(self._done / self._total)
