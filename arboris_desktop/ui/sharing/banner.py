"""A line above the work, for what concerns a library on a server."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.ui.widgets.chips import Banner
from arboris_desktop.ui.widgets.theme import Tone


class SharingBanner(Banner):
    """Says something until it is over, or until the author puts it away; takes no focus."""

    chosen = Signal()
    """The author wants what the button says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        self._lay_out(self._button)

    def show_words(self, words: str, button: str = "", close: str = "") -> None:
        """Shows the words, and the buttons that are named."""
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)
        self._close.setVisible(bool(close))
        self.setAccessibleName(words)
        self._announce()
