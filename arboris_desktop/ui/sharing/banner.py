"""A line above the work, for what concerns a library on a server."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone


class SharingBanner(ToneFrame):
    """Says something until it is over, or until the author puts it away; takes no focus."""

    chosen = Signal()
    """The author wants what the button says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._words = plain_label()
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        self._close = QToolButton()
        self._close.setIcon(icon("cancel"))
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        for button in (self._button, self._close):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        self.hide()

    def show_words(self, words: str, button: str = "", close: str = "") -> None:
        """Shows the words, and the buttons that are named."""
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)
        self._close.setVisible(bool(close))
        self.setAccessibleName(words)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def text(self) -> str:
        """The words on it."""
        return self._words.text()
