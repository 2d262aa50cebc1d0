"""Scores as numbers and bars, one row for each dimension."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtWidgets import QGridLayout, QLabel, QProgressBar, QWidget

from arboris_desktop.domain.reviews import Dimension
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.review.words import dimension


class ScoreList(Translated, QWidget):
    """Shows scores from 0 to 100; a dimension without one is left out."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names = {each: QLabel() for each in Dimension}
        self._bars = {each: self._bar() for each in Dimension}
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(12)
        layout.setVerticalSpacing(4)
        for row, each in enumerate(Dimension):
            layout.addWidget(self._names[each], row, 0)
            layout.addWidget(self._bars[each], row, 1)
        layout.setColumnStretch(1, 1)
        self._retranslate()
        self.show_scores({})

    def show_scores(self, scores: Mapping[Dimension, int]) -> None:
        """Replaces the scores."""
        for each in Dimension:
            there = each in scores
            self._names[each].setVisible(there)
            self._bars[each].setVisible(there)
            self._bars[each].setValue(scores.get(each, 0))
        self.setVisible(bool(scores))

    def _retranslate(self) -> None:
        for each in Dimension:
            self._names[each].setText(dimension(each))
            self._bars[each].setAccessibleName(dimension(each))

    @staticmethod
    def _bar() -> QProgressBar:
        bar = QProgressBar()
        bar.setRange(0, 100)
        bar.setFormat("%v")
        bar.setMaximumHeight(18)
        return bar
