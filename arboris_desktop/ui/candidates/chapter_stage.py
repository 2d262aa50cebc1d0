"""The stage of the chapters: the text of one, or its candidates side by side."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QSplitter, QStackedWidget, QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import CandidateRound
from arboris_desktop.ui.candidates.notice import CandidateNotice
from arboris_desktop.ui.candidates.page import CandidatePage
from arboris_desktop.ui.continuation.panel import ContinuationPanel


class ChapterStage(QWidget):
    """Puts the page of candidates in the place of the text, and back."""

    candidates_shown = Signal(bool)
    """Candidates stand where the text would from now on, or do so no more."""

    def __init__(self, text: QWidget, page: CandidatePage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text, self._page = text, page
        self._round: CandidateRound | None = None
        self.notice = CandidateNotice()
        self.continuation = ContinuationPanel()
        self._stack = QStackedWidget()
        self._stack.addWidget(text)
        self._stack.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self._stack)
        parts.addWidget(self.continuation)
        parts.setStretchFactor(0, 1)
        layout.addWidget(parts, 1)
        self._stack.currentChanged.connect(
            lambda _place: self.candidates_shown.emit(self.shows_candidates)
        )

    @property
    def shows_candidates(self) -> bool:
        """True if the candidates stand where the text would."""
        return self._stack.currentWidget() is self._page

    def show_text(self, waiting: CandidateRound | None) -> None:
        """Shows the text, and above it a notice if candidates wait."""
        self._stack.setCurrentWidget(self._text)
        self.notice.show_round(waiting)

    def show_candidates(self) -> None:
        """Shows the candidates."""
        self._stack.setCurrentWidget(self._page)
        self.notice.show_round(None)
