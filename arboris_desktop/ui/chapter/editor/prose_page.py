"""The page on which prose is written: its font, its column, its margins and its menu."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import (
    QAction,
    QContextMenuEvent,
    QFontInfo,
    QKeyEvent,
    QKeySequence,
    QPalette,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QMenu, QTextEdit, QWidget

from arboris_desktop.domain.novel import Language, ParagraphStyle
from arboris_desktop.domain.page_look import PageLook
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.prose_font import prose_font

if TYPE_CHECKING:
    from arboris_desktop.ui.widgets.prose_look import ProseLook

TOP_AND_BOTTOM = 20
_LEAST_SIDE_MARGIN = 48
_APART = 6
_PLACES = (Qt.InputMethodQuery.ImCursorRectangle, Qt.InputMethodQuery.ImAnchorRectangle)


class ProsePage(Translated, QTextEdit):
    """A column of prose in the middle of its frame.

    It is a ``QTextEdit`` because a ``QPlainTextEdit`` has no line spacing. Measured with 20,000
    characters, both insert text equally fast: each lays out only the changed paragraph.
    """

    def __init__(self, parent: QWidget | None, *, font_points: int) -> None:
        super().__init__(parent)
        self._by_program = False
        self._language = Language.ENGLISH
        self._font_points = font_points
        self._more_actions: list[QAction] = []
        self._look = ParagraphLook(self)
        self._page_look = PageLook()
        self.setAcceptRichText(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def _set_up_look(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("ChapterEditor { border: none; }")
        # The margins beside the column belong to this frame, the column to the viewport.
        self.setBackgroundRole(QPalette.ColorRole.Base)
        self.setAutoFillBackground(True)
        self.document().setDocumentMargin(TOP_AND_BOTTOM)
        self._apply_font()

    def set_language(self, language: Language) -> None:
        """Chooses the font that suits the language."""
        if language is not self._language:
            self._language = self._look.language = language
            self._apply_font()

    def set_paragraph_style(self, style: ParagraphStyle) -> None:
        """Separates paragraphs by an indentation, a gap, or both."""
        if style is not self._look.style:
            self._look.style = style
            self._apply_font()

    def set_page_look(self, look: PageLook) -> None:
        """Changes the line length and height, the colours and the Chinese font."""
        if look != self._page_look:
            self._page_look, self._look.line_ems = look, look.line_percent / 100
            from arboris_desktop.ui.widgets.page_colours import page_palette

            # The window's style sheet keeps the viewport from inheriting the palette of its frame.
            for paper in (self, self.viewport()):
                paper.setPalette(page_palette(look.colour))
            self._apply_font()

    @property
    def prose_look(self) -> ProseLook:
        """The look of the prose, for views beside it."""
        from arboris_desktop.ui.widgets.prose_look import ProseLook

        return ProseLook(self._language, self._font_points, self._look.style, self._page_look)

    @property
    def line_ems(self) -> float:
        """The line height in ems."""
        return self._look.line_ems

    def set_font_points(self, points: int) -> None:
        """Changes the font size."""
        if points != self._font_points:
            self._font_points = points
            self._apply_font()

    def add_to_context_menu(self, action: QAction) -> None:
        """Adds an action or a submenu to the context menu."""
        self._more_actions.append(action)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Shows the usual menu, extended by what else can be done with the text."""
        menu = self.createStandardContextMenu(event.pos())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for name, perform in (("edit-undo", self.undo), ("edit-redo", self.redo)):
            if action := menu.findChild(QAction, name):
                action.triggered.disconnect()
                action.triggered.connect(perform)
        if self._more_actions and not self.isReadOnly():
            menu.addSeparator()
            menu.addActions(self._more_actions)
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        cursor = self.cursorForPosition(event.pos()) if by_mouse else self.textCursor()
        self._fill_menu(menu, cursor.position())
        menu.popup(event.globalPos())

    def _fill_menu(self, menu: QMenu, position: int) -> None:
        """Adds actions for a position in the text."""

    def inputMethodQuery(self, query: Qt.InputMethodQuery, *arguments: Any) -> Any:
        """Returns the cursor rectangle in coordinates of this frame, so that an input method shows
        its candidates at the cursor: Qt returns it in those of the column."""
        told = super().inputMethodQuery(query, *arguments)
        return told.translated(self.viewport().pos()) if query in _PLACES else told

    def sizeHint(self) -> QSize:
        """Returns a size with room for the whole column."""
        return QSize(self._column_width() + 2 * _LEAST_SIDE_MARGIN, 400)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keeps the end of a growing text, and the line being typed, in view."""
        follow = self.isReadOnly() and self._is_at_end()
        types_here = not self.isReadOnly() and self._was_in_sight(event.oldSize())
        self._centre_column()
        super().resizeEvent(event)
        if follow:
            self._scroll_to_end()
        elif types_here:
            self.ensureCursorVisible()

    def _was_in_sight(self, page: QSize) -> bool:
        """True if the line of the cursor was visible on a page of that size."""
        line = self.cursorRect()
        return line.top() >= 0 and line.bottom() <= page.height()

    def event(self, event: QEvent) -> bool:
        """Handles the wheel over the margins, where Qt ignores it, and leaves Ctrl+K to the window:
        on X11 Qt's fields delete the rest of the line by it."""
        if isinstance(event, QWheelEvent):
            self.wheelEvent(event)
            return True
        if event.type() == QEvent.Type.ShortcutOverride and _deletes_line(event):
            return False
        return super().event(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(self.tr("Text of the chapter"))
        waiting, empty = self.tr("The first words will appear here."), self.tr("Begin to write…")
        words = waiting if self.isReadOnly() else empty
        self.setPlaceholderText(self._look.indent_in_letters() + words)

    def room(self) -> QRect:
        """Returns the page with its margins, without the scroll bar: where something may overlay
        it."""
        bar = self.verticalScrollBar()
        right = bar.width() if bar.isVisible() else 0
        return self.rect().adjusted(_APART, _APART, -right - _APART, -_APART)

    def _steps(self, event: QKeyEvent) -> bool:
        if event.key() not in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            return False
        from arboris_desktop.ui.chapter.editor.paragraph_steps import step_by_paragraph

        return step_by_paragraph(self, event)

    def _is_at_end(self) -> bool:
        bar = self.verticalScrollBar()
        return bar.value() >= bar.maximum()

    def _scroll_to_end(self) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _apply_font(self) -> None:
        with self._program_at_work():
            self.setFont(prose_font(self._language, self._font_points, self._page_look))
            self._look.dress_all()
        self._centre_column()
        self._retranslate()

    def _column_width(self) -> int:
        return self._page_look.column_ems * QFontInfo(self.font()).pixelSize()

    def _centre_column(self) -> None:
        spare = self.width() - self._column_width()
        side = max(_LEAST_SIDE_MARGIN, spare // 2)
        self.setViewportMargins(side, 0, side, 0)

    @contextmanager
    def _program_at_work(self) -> Iterator[None]:
        self._by_program = True
        try:
            yield
        finally:
            self._by_program = False


def _deletes_line(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.matches(QKeySequence.StandardKey.DeleteEndOfLine)
