"""A bar above a page, which belongs to what lies below it and not to its layout."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.theme import Tone


class FloatingBar(ToneFrame):
    """Keeps the keys that its fields leave: the page below it, its parent, would type them."""

    escaped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.NEUTRAL, parent)
        # The page has the one for letters.
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tells of Escape, and answers no other key."""
        if event.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
        event.accept()
