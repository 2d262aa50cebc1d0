"""Figures that some databases need seconds for: a scrape takes those of a while ago."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from typing import Generic, TypeVar

from arboris_desktop.domain.errors import StorageError

log = logging.getLogger(__name__)

Figures = TypeVar("Figures")

QUICK_SECONDS = 0.05
"""The time in which figures may be read whenever somebody asks."""

REST = 20
"""Slower figures are read again after as many times the time that they took: they take a twentieth
of one connection's time at most."""


class CachedFigures(Generic[Figures]):
    """Reads figures when they are asked for; slow ones beside whoever asks, who gets the last.

    Usable from any thread. Only the first one to ask waits for slow figures.
    """

    def __init__(
        self, read: Callable[[], Figures], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._read = read
        self._now = now
        self._lock = threading.Lock()
        self._kept: tuple[Figures] | None = None
        self._took = 0.0
        self._read_at = 0.0
        self._reading: threading.Thread | None = None

    def get(self) -> Figures:
        """The figures; raises ``StorageError``, but not for what is read beside."""
        with self._lock:
            if self._kept is None or self._took <= QUICK_SECONDS:
                return self._read_now()
            is_due = self._now() >= self._read_at + self._took * REST
            if is_due and (self._reading is None or not self._reading.is_alive()):
                self._reading = threading.Thread(target=self._read_beside, daemon=True)
                self._reading.start()
            return self._kept[0]

    def _read_now(self) -> Figures:
        begun = self._now()
        figures = self._read()
        self._keep(figures, begun)
        return figures

    def _read_beside(self) -> None:
        begun = self._now()
        try:
            figures = self._read()
        except StorageError as error:
            log.warning("the figures stay those of a while ago: %s", error)
            return
        with self._lock:
            self._keep(figures, begun)

    def _keep(self, figures: Figures, begun: float) -> None:
        self._kept = (figures,)
        self._read_at = self._now()
        self._took = self._read_at - begun

    def settle(self) -> None:
        """Waits until what is being read beside is there."""
        if self._reading is not None:
            self._reading.join()
