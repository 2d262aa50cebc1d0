"""The layout of the chapter view."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.ui.chapter.chapter_footer import ChapterFooter
from arboris_desktop.ui.chapter.chapter_header import ChapterHeader
from arboris_desktop.ui.chapter.draft_banner import DraftBanner
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.find.bar import FindBar
from arboris_desktop.ui.chapter.find.finder import Finder
from arboris_desktop.ui.chapter.planned_page import PlannedPage
from arboris_desktop.ui.widgets.page_stack import PageStack


class ChapterPage(QWidget):
    """Header, notice, then the plan or the text, and a footer while the text can be edited."""

    def __init__(self, parent: QWidget | None = None, *, font_points: int) -> None:
        super().__init__(parent)
        self.header = ChapterHeader()
        self.banner = DraftBanner()
        self.planned = PlannedPage()
        self.editor = ChapterEditor(font_points=font_points)
        self.footer = ChapterFooter()
        self.find_bar = FindBar()
        self.finder = Finder(self.find_bar, self.editor)
        self._is_text_alone = False
        self._texts = PageStack()
        self._texts.addWidget(self.planned)
        self._texts.addWidget(self.editor)
        self._notice = QWidget()
        notice = QVBoxLayout(self._notice)
        notice.setContentsMargins(16, 0, 16, 10)
        notice.addWidget(self.banner)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.find_bar)
        layout.addWidget(self._notice)
        layout.addWidget(self._texts, 1)
        layout.addWidget(self.footer)
        self.header.title_confirmed.connect(self._go_on_below)

    @property
    def shows_plan(self) -> bool:
        """True if the plan is shown in place of the text."""
        return self._texts.currentWidget() is self.planned

    def show_plan(self) -> None:
        """Shows the plan in place of the text."""
        self._texts.setCurrentWidget(self.planned)
        self._arrange()

    def show_text(self) -> None:
        """Shows the text; also call it when the text becomes read-only or editable."""
        self._texts.setCurrentWidget(self.editor)
        self._arrange()

    def set_notice_visible(self, visible: bool) -> None:
        """Shows or hides the banner with the space around it."""
        self._notice.setVisible(visible)

    def set_text_alone(self, alone: bool) -> None:
        """Hides header and footer, or shows them."""
        self._is_text_alone = alone
        self.header.setVisible(not alone)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Puts the find bar away at an Escape in the text that nothing else wanted."""
        if event.key() == Qt.Key.Key_Escape and self.find_bar.isVisible():
            self.find_bar.leave()
        else:
            super().keyPressEvent(event)

    @Slot()
    def _go_on_below(self) -> None:
        """The keyboard goes from the title to what stands below it."""
        (self.planned if self.shows_plan else self.editor).setFocus()

    def _arrange(self) -> None:
        self.find_bar.setVisible(self.find_bar.isVisibleTo(self) and not self.shows_plan)
        self.header.set_plan_below(self.shows_plan)
        can_edit = not self.shows_plan and not self.editor.isReadOnly()
        self.footer.setVisible(can_edit and not self._is_text_alone)
