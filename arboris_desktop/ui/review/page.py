"""The stage of reviews: the chapter, and the book."""

from __future__ import annotations

from PySide6.QtWidgets import QTabWidget, QVBoxLayout, QWidget

from arboris_desktop.ui.asking.call_bar import CallBar
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.review.book_curves import BookCurves
from arboris_desktop.ui.review.chapter_review import ChapterReviewPanel


class ReviewPage(Translated, QWidget):
    """Two tabs, and below them the state of the running call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.chapter = ChapterReviewPanel()
        self.book = BookCurves()
        self.call_bar = CallBar()
        self.call_bar.busy_changed.connect(self.chapter.set_busy)
        self.call_bar.busy_changed.connect(self.book.set_busy)
        self._tabs = QTabWidget()
        self._tabs.setDocumentMode(True)
        self._tabs.addTab(self.chapter, "")
        self._tabs.addTab(self.book, "")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._tabs, 1)
        bar = QVBoxLayout()
        bar.setContentsMargins(16, 0, 16, 12)
        bar.addWidget(self.call_bar)
        layout.addLayout(bar)
        self._retranslate()

    def show_nothing(self) -> None:
        """Shows no novel."""
        self.chapter.show_nothing()
        self.book.show_curves(())

    def show_book(self) -> None:
        """Shows the curves of the book."""
        self._tabs.setCurrentWidget(self.book)

    @property
    def shows_book(self) -> bool:
        """True if the curves of the book are shown."""
        return self._tabs.currentWidget() is self.book

    def _retranslate(self) -> None:
        self._tabs.setAccessibleName(self.tr("Review"))
        self._tabs.setTabText(0, self.tr("This chapter"))
        self._tabs.setTabText(1, self.tr("The whole book"))
