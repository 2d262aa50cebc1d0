"""The verdict of an evaluation, as a strip above the candidates."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone

_MOST_LINES = 2
_SIDE, _TOP = 12, 5


class VerdictStrip(ToneFrame):
    """At most two lines high, with a scroll bar for more. Hidden while nothing is judged."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(Tone.GOOD, parent)
        self._words = selectable_label()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._words)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setObjectName("bare")
        self._scroll.viewport().setAutoFillBackground(False)
        self._words.setAutoFillBackground(False)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_SIDE, _TOP, _SIDE, _TOP)
        layout.addWidget(self._scroll)
        self.hide()

    def show_words(self, words: str) -> None:
        """Shows a verdict, or nothing."""
        self._words.setText(words)
        self._fit()
        self.setVisible(bool(words))

    def text(self) -> str:
        """The verdict."""
        return self._words.text()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Sizes the strip for its text at this width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wanted = self._words.heightForWidth(max(1, self.width() - 2 * _SIDE))
        most = self._words.fontMetrics().lineSpacing() * _MOST_LINES
        self._scroll.setFixedHeight(max(0, min(wanted, most)))
