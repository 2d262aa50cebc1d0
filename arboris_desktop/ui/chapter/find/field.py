"""A line for words to find or to put in their place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class FindField(QLineEdit):
    """Tells Enter from Shift+Enter."""

    entered = Signal()
    entered_backwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Goes on at Enter, back at Shift+Enter."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered_backwards.emit()
        else:
            self.entered.emit()
