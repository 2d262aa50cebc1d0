"""A line at the top for messages about a library on a server."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from arboris_desktop.ui.widgets.chips import Banner
from arboris_desktop.ui.widgets.theme import Tone


class SharingBanner(Banner):
    """Shows a message until it no longer applies, or the author closes it; takes no focus."""

    chosen = Signal()
    """The author clicked the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._button = QPushButton()
        self._button.clicked.connect(self.chosen)
        self._lay_out(self._button)

    def show_words(self, words: str, button: str = "", close: str = "") -> None:
        """Shows the text, and the named buttons."""
        self._words.setText(words)
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self._close.setToolTip(close)
        self._close.setAccessibleName(close)
        self._close.setVisible(bool(close))
        self.setAccessibleName(words)
        self._announce()
