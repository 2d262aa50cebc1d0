"""The text field for a plan."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from arboris_desktop.ui.widgets.composition import Composition


class PlanEdit(QPlainTextEdit):
    """Plain text; Tab moves to the next field, and losing focus is reported."""

    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self._composition = Composition(self)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        with self._composition.step(event):
            super().inputMethodEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Reports that the field has lost focus."""
        super().focusOutEvent(event)
        self.left.emit()
