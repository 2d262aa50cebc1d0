"""Keeping what is typed: a short while after the last key, and at once before anything else."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Slot

PAUSE_MILLISECONDS = 600


class Autosave(QObject):
    """Calls ``save`` once the author pauses, or when asked to ``flush``; only after an edit."""

    def __init__(self, save: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._save = save
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MILLISECONDS)
        self._timer.timeout.connect(self.flush)
        self._is_edited = False

    @property
    def is_pending(self) -> bool:
        """Whether something was typed that is not given to ``save`` yet."""
        return self._is_edited

    @Slot()
    def note_edit(self) -> None:
        """The author typed."""
        self._is_edited = True
        self._timer.start()

    @Slot()
    def flush(self) -> None:
        """Saves now what was typed."""
        self._timer.stop()
        if self._is_edited:
            self._is_edited = False
            self._save()
