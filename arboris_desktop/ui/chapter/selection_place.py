"""Placing a bar beside the selection on the page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QApplication, QWidget

from arboris_desktop.ui.chapter.editor import ChapterEditor

_GAP = 6
_MORE_WIDTH = 120
"""The space for a field, where there is enough."""
_PAUSE_MS = 350
"""Milliseconds after which a selection by keyboard is taken to be complete."""


class SelectionPlace(QObject):
    """Shows a bar when something was selected, above or below the selection but never on it.

    Not during selection by mouse, not if everything is selected, and not unasked if there is no
    space.
    """

    def __init__(self, editor: ChapterEditor, bar: QWidget) -> None:
        super().__init__(editor)
        self._editor, self._bar = editor, bar
        bar.setParent(editor)
        bar.hide()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._offer)
        editor.selectionChanged.connect(self._follow)
        editor.textChanged.connect(self.hide)
        editor.verticalScrollBar().valueChanged.connect(self._move)
        editor.installEventFilter(self)
        editor.viewport().installEventFilter(self)

    def show_now(self) -> bool:
        """Shows the bar because the author asked for it; returns false without a selection."""
        self._pause.stop()
        if not self._can_be_asked():
            return False
        # A selection that fills the page leaves no space beside it.
        self._show(self._free_place() or QRect(self._page().topLeft(), self._size()))
        return True

    @Slot()
    def hide(self) -> None:
        """Hides the bar."""
        self._pause.stop()
        if self._bar.isVisible():
            had_focus = self._bar.isAncestorOf(QApplication.focusWidget() or self._editor)
            self._bar.hide()
            if had_focus:
                self._editor.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follows the mouse and the size of the page."""
        if event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self.hide()
        elif isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
            self._follow()
        elif event.type() == QEvent.Type.Resize:
            self._move()
        return super().eventFilter(watched, event)

    @Slot()
    def _follow(self) -> None:
        if not self._editor.textCursor().hasSelection():
            self.hide()
        elif not self._bar.isVisible():
            self._pause.start()
        else:
            self._move()

    @Slot()
    def _offer(self) -> None:
        """Shows the bar, if the selection is complete and the author may want it."""
        is_pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        is_wanted = self._editor.typing_help.settings.selection_bar
        if not is_wanted or is_pressed or not self._editor.hasFocus() or self._is_whole():
            return
        if self._can_be_asked() and (place := self._free_place()) is not None:
            self._show(place)

    @Slot()
    def _move(self) -> None:
        if self._bar.isVisible() and (place := self._free_place()) is not None:
            self._bar.setGeometry(place)
        elif self._bar.isVisible():
            self.hide()

    def _show(self, place: QRect) -> None:
        self._bar.setGeometry(place)
        self._bar.show()
        self._bar.raise_()

    def _can_be_asked(self) -> bool:
        if self._editor.isReadOnly() or self._editor.has_proposal:
            return False
        return any(sign.isalnum() for sign in self._editor.textCursor().selectedText())

    def _is_whole(self) -> bool:
        cursor = self._editor.textCursor()
        length = cursor.selectionEnd() - cursor.selectionStart()
        return length >= self._editor.document().characterCount() - 1

    def _free_place(self) -> QRect | None:
        """Returns a position above the selection, or below it."""
        page, size = self._page(), self._size()
        first, last = self._edges()
        left = max(page.left(), min(first.left(), page.right() - size.width()))
        for top in (first.top() - _GAP - size.height(), last.bottom() + _GAP):
            place = QRect(QPoint(left, top), size)
            if page.contains(place):
                return place
        return None

    def _page(self) -> QRect:
        return self._editor.room()

    def _size(self) -> QSize:
        hint = self._bar.sizeHint() + QSize(_MORE_WIDTH, 0)
        return hint.boundedTo(self._page().size())

    def _edges(self) -> tuple[QRect, QRect]:
        cursor, port = self._editor.textCursor(), self._editor.viewport().pos()
        ends = []
        for position in (cursor.selectionStart(), cursor.selectionEnd()):
            end = QTextCursor(self._editor.document())
            end.setPosition(position)
            ends.append(self._editor.cursorRect(end).translated(port))
        return ends[0], ends[1]
