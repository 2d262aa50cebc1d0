"""Python's cyclic garbage collector, kept on the GUI thread and under a frame."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

log = logging.getLogger(__name__)

COLLECT_MILLISECONDS = 10_000
FULL_EVERY = 6
"""Every so many collections of the young, the old are looked at too: once a minute."""


class GarbageCollection(QObject):
    """Collects by a timer only: on a pool thread the collector could destroy widgets, which Qt
    forbids, and in the midst of a stroke it would be felt.

    What the program consists of after its start, some 130,000 objects, is set aside for good
    (``gc.freeze``): a full collection then takes 0.5 ms, and 10 ms after twenty settings dialogs,
    instead of 60 to 80 ms each time. It waits while ``is_busy``, as a chapter streams in.
    """

    def __init__(self, is_busy: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_busy = is_busy
        self._ticks = 0
        gc.disable()
        # The window may have been opened again, on a restored backup.
        gc.unfreeze()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.tick)
        self._timer.start(COLLECT_MILLISECONDS)

    @Slot()
    def tick(self) -> None:
        """Collects the young; now and then, in a quiet moment, all."""
        self._ticks += 1
        if self._ticks == 1:
            # Not collected first: that would take those 80 ms, for garbage that never grows.
            gc.freeze()
        elif self._ticks % FULL_EVERY == 0 and self._is_busy():
            self._ticks -= 1  # at the next tick, then
            gc.collect(1)
        elif self._ticks % FULL_EVERY == 0:
            self._collect_all()
        else:
            gc.collect(1)

    def _collect_all(self) -> None:
        began = time.perf_counter()
        freed = gc.collect()
        milliseconds = 1000 * (time.perf_counter() - began)
        log.debug("a full collection freed %d objects in %.1f ms", freed, milliseconds)
