"""A bar over a page, outside of its layout."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.theme import Tone


class FloatingBar(ToneFrame):
    """Consumes keys that its fields ignore: its parent, the page below it, would type them."""

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        # The page has the input method.
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Reports Escape, and handles no other key."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        event.accept()
