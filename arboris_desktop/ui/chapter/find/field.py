"""A line edit for the query or the replacement."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit


class FindField(QLineEdit):
    """Distinguishes Enter from Shift+Enter."""

    entered = Signal()
    entered_backwards = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves forward on Enter, back on Shift+Enter."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.entered_backwards.emit()
        else:
            self.entered.emit()
