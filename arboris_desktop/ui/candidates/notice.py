"""The notice above a chapter whose versions are being written or wait for a choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone

if TYPE_CHECKING:
    from arboris_desktop.domain.candidates import CandidateRound


class CandidateNotice(Translated, QWidget):
    """A sentence and a button that leads to the versions. Hidden while there are none."""

    show_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._round: CandidateRound | None = None
        frame = ToneFrame(Tone.NEUTRAL)
        self._words = plain_label()
        self._show = QPushButton(icon("merge"), "")
        self._show.clicked.connect(self.show_requested)
        inner = QHBoxLayout(frame)
        inner.setContentsMargins(12, 6, 8, 6)
        inner.addWidget(self._words, 1)
        inner.addWidget(self._show)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(16, 8, 16, 0)
        layout.addWidget(frame)
        self.hide()

    def show_round(self, found: CandidateRound | None) -> None:
        """Shows an undecided round, or nothing."""
        self._round = found
        self._retranslate()
        self.setVisible(found is not None)

    def text(self) -> str:
        """The sentence."""
        return self._words.text()

    def _retranslate(self) -> None:
        self._show.setText(self.tr("Show the candidates"))
        if self._round is None:
            return
        count = len(self._round.candidates)
        if self._round.is_writing:
            text = self.tr("%n candidate(s) of this chapter are being written.", "", count)
        elif self._round.unfinished:
            text = self.tr("Of %n candidate(s) of this chapter, not all were finished.", "", count)
        else:
            text = self.tr("%n candidate(s) of this chapter wait for your choice.", "", count)
        self._words.setText(text)
