"""The author's wish to hold the queue, kept for all processes and for the next start."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.pool import Pool
from arboris_desktop.background.queue_work import Wishes
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.writing.preferences import Preferences


class QueuePause(QObject):
    """Holds at once, and stores the wish on the ``pool``. Going on, every provider is taken for
    sound."""

    changed = Signal(bool)
    """The queue is held, or goes on."""

    def __init__(
        self,
        preferences: Preferences,
        pool: Pool,
        wishes: Wishes,
        forget_faults: Callable[[], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._pool = pool
        self._wishes = wishes
        self._forget_faults = forget_faults
        self.is_on = preferences.get(QueueSettings).paused

    def set(self, paused: bool) -> None:
        """Holds new tasks back, or lets them go on."""
        self.is_on = paused
        self._wishes.keep(self._pool, self._store, self._tell)

    def follow(self, paused: bool) -> None:
        """Takes over what another process has stored."""
        if paused != self.is_on:
            self.is_on = paused
            self.changed.emit(paused)

    def _store(self) -> bool:
        """Runs on the pool: stores what is wanted now, not what was when it was asked for."""
        paused = self.is_on
        if not paused:
            self._forget_faults()
        self._preferences.change(QueueSettings, lambda stored: replace(stored, paused=paused))
        return paused

    def _tell(self, stored: bool | None) -> None:
        self.changed.emit(self.is_on if stored is None else stored)
