"""Two candidates and their differences."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.text.differences import TextSegment
from arboris_desktop.ui.candidates.column_state import candidate_name
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.diff_view import DiffView
from arboris_desktop.ui.widgets.prose_look import ProseLook


class CompareCandidatesDialog(Translated, QDialog):
    """The author picks two; ``pair_selected`` requests their difference."""

    pair_selected = Signal(object, object)
    """Two ``Candidate``s."""

    def __init__(
        self,
        candidates: Sequence[Candidate],
        look: ProseLook,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._candidates = list(candidates)
        self._label = QLabel()
        self._and = QLabel()
        self._pair = (QComboBox(), QComboBox())
        self._diff = DiffView()
        self._diff.set_prose_look(look)
        self._diff.show_side_by_side(True)
        self._buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._buttons.rejected.connect(self.reject)
        top = QHBoxLayout()
        for widget in (self._label, self._pair[0], self._and, self._pair[1]):
            top.addWidget(widget)
        top.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addLayout(top)
        layout.addWidget(self._diff, 1)
        layout.addWidget(self._buttons)
        self.resize(1000, 680)
        for place, box in enumerate(self._pair):
            box.addItems([candidate_name(each) for each in self._candidates])
            box.setCurrentIndex(place)
            box.currentIndexChanged.connect(self.ask)
        self._retranslate()

    @Slot()
    def ask(self) -> None:
        """Requests the difference of the selected pair."""
        self.pair_selected.emit(*self.pair())

    def pair(self) -> tuple[Candidate, Candidate]:
        """The two that are compared."""
        first, second = (self._candidates[box.currentIndex()] for box in self._pair)
        return first, second

    def show_difference(
        self, segments: tuple[TextSegment, ...], anchors: Sequence[tuple[int, int]]
    ) -> None:
        """Shows the differences; ``anchors`` are where corresponding paragraphs begin."""
        self._diff.set_names(*map(candidate_name, self.pair()))
        self._diff.show_segments(segments, anchors, are_drafts=True)

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Compare two candidates"))
        self._label.setText(self.tr("Compare"))
        self._and.setText(self.tr("with"))
        self._pair[0].setAccessibleName(self.tr("The one candidate"))
        self._pair[1].setAccessibleName(self.tr("The other candidate"))
