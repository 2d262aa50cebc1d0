"""The field in which a plan is typed."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget


class PlanEdit(QPlainTextEdit):
    """Plain text; Tab goes on to the next field, and leaving is told."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tells that the author is elsewhere now."""
        super().focusOutEvent(event)
        self.left.emit()
