"""Candidates side by side, two at most; with more of them, tabs select the visible ones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QTabBar, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import Candidate
from arboris_desktop.ui.candidates.column_state import candidate_name
from arboris_desktop.ui.i18n import Translated

if TYPE_CHECKING:
    from arboris_desktop.ui.candidates.column import CandidateColumn

LEAST_WIDTH = 480
"""Pixels; a narrower column cannot be read."""

_MOST_AT_ONCE = 2
_SMALLEST_WINDOW = 360


class CandidateDeck(Translated, QWidget):
    """Lays out columns of equal width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns: list[CandidateColumn] = []
        self._candidates: list[Candidate] = []
        self._tabs = QTabBar()
        self._tabs.setDrawBase(False)
        self._tabs.setExpanding(False)
        self._tabs.currentChanged.connect(self._arrange)
        self._row = QSplitter(Qt.Orientation.Horizontal)
        self._row.setChildrenCollapsible(False)
        self._row.setHandleWidth(1)
        self._row.setObjectName("hairline")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._tabs)
        layout.addWidget(self._row, 1)
        self._retranslate()

    @property
    def columns(self) -> Sequence[CandidateColumn]:
        """The columns in the order of their candidates."""
        return self._columns

    def set_columns(
        self, candidates: Sequence[Candidate], columns: Sequence[CandidateColumn]
    ) -> None:
        """Replaces the columns; those not kept are deleted."""
        for column in self._columns:
            if column not in columns:
                column.setParent(None)
                column.deleteLater()
        self._candidates, self._columns = list(candidates), list(columns)
        for place, column in enumerate(columns):
            self._row.insertWidget(place, column)
        while self._tabs.count() > len(columns):
            self._tabs.removeTab(self._tabs.count() - 1)
        while self._tabs.count() < len(columns):
            self._tabs.addTab("")
        self._retranslate()
        self._arrange()

    def show_tab(self, place: int) -> None:
        """Brings the column at an index into view."""
        self._tabs.setCurrentIndex(place)

    def minimumSizeHint(self) -> QSize:
        """Reserves space for one column only: in a small window some are hidden."""
        return QSize(_SMALLEST_WINDOW, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self._tabs.setAccessibleName(self.tr("Candidates"))
        for place, candidate in enumerate(self._candidates):
            self._tabs.setTabText(place, candidate_name(candidate))

    def _room(self) -> int:
        return min(_MOST_AT_ONCE, max(1, self.width() // LEAST_WIDTH))

    @Slot()
    def _arrange(self) -> None:
        """Shows as many columns as fit, beginning with that of the tab."""
        count, room = len(self._columns), self._room()
        self._tabs.setVisible(room < count)
        first = min(max(self._tabs.currentIndex(), 0), max(count - room, 0)) if room < count else 0
        for place, column in enumerate(self._columns):
            column.setVisible(first <= place < first + room)
        self._row.setSizes([1000] * count)
