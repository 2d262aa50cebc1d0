"""Focus mode: the whole screen, and on it nothing but the text."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QWidget


class FocusMode(QObject):
    """Puts everything around the text away, and brings back what was there."""

    changed = Signal(bool)

    def __init__(self, window: QWidget, around: Sequence[QWidget]) -> None:
        super().__init__(window)
        self._window, self._around = window, around
        self._put_away: list[QWidget] = []
        self._state = Qt.WindowState.WindowNoState
        self.is_on = False

    def enter(self) -> None:
        """Leaves nothing but the text."""
        if self.is_on:
            return
        self.is_on = True
        self._state = self._window.windowState()
        self._put_away = [part for part in self._around if not part.isHidden()]
        for part in self._put_away:
            part.hide()
        self._window.setWindowState(self._state | Qt.WindowState.WindowFullScreen)
        self.changed.emit(True)

    def leave(self) -> None:
        """Brings back the window as it was."""
        if not self.is_on:
            return
        self.is_on = False
        for part in self._put_away:
            part.show()
        self._window.setWindowState(self._state)
        self.changed.emit(False)
