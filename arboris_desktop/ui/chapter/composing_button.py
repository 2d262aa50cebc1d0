"""A button at which an input method can compose text that is inserted elsewhere."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent
from PySide6.QtWidgets import QLabel, QPushButton, QWidget


class ComposingButton(QPushButton):
    """Accepts composition while it has focus; composed text is shown in a label.

    A key that goes to a widget without input method is just a letter: pinyin would lose its first
    one, and a dead key its accent.
    """

    composed = Signal(str)
    """Committed text, with nothing left to compose."""

    def __init__(self, shown_in: QLabel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._shown_in = shown_in
        self._handed_over = ""

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        self._handed_over += event.commitString()
        unfinished = event.preeditString()
        self._shown_in.setText(self._handed_over + unfinished)
        if self._handed_over and not unfinished:
            self._hand_on()
        event.accept()

    def inputMethodQuery(self, query: Qt.InputMethodQuery) -> Any:
        """Places the candidate window below the composed text."""
        if query == Qt.InputMethodQuery.ImCursorRectangle:
            line = self._shown_in
            end = min(line.fontMetrics().horizontalAdvance(line.text()), line.width())
            corner = self.mapFromGlobal(line.mapToGlobal(line.rect().topLeft()))
            return QRect(corner.x() + end, corner.y(), 1, line.height())
        return super().inputMethodQuery(query)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Passes committed text on, and discards an unfinished composition."""
        super().focusOutEvent(event)
        self._shown_in.clear()
        if self._handed_over:
            self._hand_on()

    def _hand_on(self) -> None:
        words, self._handed_over = self._handed_over, ""
        self._shown_in.clear()
        self.composed.emit(words)
