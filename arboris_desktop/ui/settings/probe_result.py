"""The result of a test of a model."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.plain_text import selectable_label
from arboris_desktop.ui.widgets.theme import Tone


class ProbeResult(ToneFrame):
    """Shows the result; screen readers announce it as the accessible name."""

    def __init__(self) -> None:
        super().__init__(Tone.GOOD)
        self._words = selectable_label()
        self._detail = muted(selectable_label())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, 10, 12, 10)
        layout.addWidget(self._words)
        layout.addWidget(self._detail)
        self.hide()

    def show_words(self, tone: Tone, words: str, detail: str = "") -> None:
        """Shows what happened, with the server's own words below."""
        self.set_tone(tone)
        self._words.setText(words)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))
        self.setAccessibleName(words)
        self.show()
