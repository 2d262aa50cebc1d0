"""The stage of the chapters: the text of one, or its candidates side by side."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.ui.candidates.notice import CandidateNotice
from arboris_desktop.ui.widgets.page_stack import PageStack

if TYPE_CHECKING:
    from arboris_desktop.domain.candidates import CandidateRound
    from arboris_desktop.ui.candidates.page import CandidatePage


class ChapterStage(QWidget):
    """Switches between the text and the page of candidates."""

    candidates_shown = Signal(bool)
    """Candidates are shown in place of the text, or no longer."""

    def __init__(self, text: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._text = text
        self._font_points: int | None = None
        self._page_look, self._paragraphs = PageLook(), ParagraphStyle.INDENT
        self.notice = CandidateNotice()
        self._stack = PageStack()
        self._stack.addWidget(text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.notice)
        layout.addWidget(self._stack, 1)
        self.setFocusProxy(text)
        self._stack.currentChanged.connect(self._tell_shown)

    @cached_property
    def candidates(self) -> CandidatePage:
        """The page of candidates."""
        from arboris_desktop.ui.candidates.page import CandidatePage

        page = CandidatePage()
        self._stack.addWidget(page)
        if self._font_points is not None:
            page.set_font_points(self._font_points)
        page.set_page_look(self._page_look)
        page.set_paragraph_style(self._paragraphs)
        return page

    def set_font_points(self, points: int) -> None:
        """Sets the font size of candidates."""
        self._font_points = points
        if "candidates" in vars(self):
            self.candidates.set_font_points(points)

    def set_page_look(self, look: PageLook) -> None:
        """Sets the page look of candidates."""
        self._page_look = look
        if "candidates" in vars(self):
            self.candidates.set_page_look(look)

    def set_paragraph_style(self, style: ParagraphStyle) -> None:
        """Sets how paragraphs are separated in candidates."""
        self._paragraphs = style
        if "candidates" in vars(self):
            self.candidates.set_paragraph_style(style)

    @property
    def shows_candidates(self) -> bool:
        """True if candidates are shown in place of the text."""
        return self._stack.currentWidget() is not self._text

    @Slot()
    def _tell_shown(self) -> None:
        self.setFocusProxy(self.candidates if self.shows_candidates else self._text)
        self.candidates_shown.emit(self.shows_candidates)

    def show_text(self, waiting: CandidateRound | None) -> None:
        """Shows the text, and above it a notice if candidates wait. Who decided among them by the
        keyboard or the mouse goes on in the text."""
        decided = self.shows_candidates and self._has_keyboard(self.candidates)
        self._stack.setCurrentWidget(self._text)
        if decided:
            self._text.setFocus()
        self.notice.show_round(waiting)

    @staticmethod
    def _has_keyboard(page: QWidget) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is page or page.isAncestorOf(focus))

    def show_candidates(self) -> None:
        """Shows the candidates.

        The focused widget is hidden then; without help Qt would focus an arbitrary button.
        """
        if not self.shows_candidates:
            self._stack.setCurrentWidget(self.candidates)
            self.candidates.setFocus()
        self.notice.show_round(None)
