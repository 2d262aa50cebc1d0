"""Words that a model proposes, shown in the text of a page until the author decides."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from enum import Enum, auto
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPalette, QTextCursor
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook
from arboris_desktop.ui.chapter.editor.proposed_text import ProposedText

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.editor.prose_text import ProseText

_MARK_WIDTH = 2


class Whereabouts(Enum):
    """The side on which words are out of view, if they are."""

    IN_SIGHT = auto()
    ABOVE = auto()
    BELOW = auto()


class ProposedPassage(QObject):
    """Shows words at a position, and handles the keys that decide on them.

    Meanwhile it handles selection by mouse itself: Qt takes words outside the document for a
    composition of the input method, which a click would end.
    """

    kept = Signal()
    dropped = Signal()
    moved = Signal()
    """The words, or the space below them, may have moved."""

    def __init__(
        self,
        editor: ProseText,
        look: ParagraphLook,
        at_work: Callable[[], AbstractContextManager[None]],
    ) -> None:
        super().__init__(editor)
        self._editor = editor
        self._text = ProposedText(editor, look, at_work)
        self._is_selecting = False
        self._mark = QWidget(editor.viewport())
        self._mark.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._mark.setAutoFillBackground(True)
        self._mark.setBackgroundRole(QPalette.ColorRole.Accent)
        self._mark.hide()
        # Qt emits these during layout, when nothing can be measured.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self._follow)
        editor.textChanged.connect(self._follow_soon)
        editor.verticalScrollBar().valueChanged.connect(self._follow_soon)
        editor.verticalScrollBar().rangeChanged.connect(self._follow_soon)

    @property
    def is_shown(self) -> bool:
        """True if a position is reserved for words, or they are there."""
        return self._text.anchor is not None

    @property
    def words(self) -> str:
        """The words as shown."""
        return self._text.words

    def begin(self, place: int, room: float) -> None:
        """Reserves a position in the text, with space below it."""
        self.end()
        self._editor.viewport().installEventFilter(self)
        self._text.begin(self._editor.cursor_at(place), room)

    def show_words(self, stored: str) -> None:
        """Shows the words at their position."""
        self._text.show_words(ShownProse.of(stored))

    def set_room(self, room: float) -> None:
        """Changes the height of the space below them."""
        self._text.set_room(room)

    def end(self) -> None:
        """Hides the words."""
        if self.is_shown:
            self._editor.viewport().removeEventFilter(self)
            self._is_selecting = False
            self._text.end()
            self._follow()

    def place(self) -> int | None:
        """The position in the text at which the words would be inserted."""
        anchor = self._text.anchor
        return None if anchor is None else self._editor.place_of(anchor)

    def room(self) -> QRect:
        """The rectangle of the space below the words, in coordinates of the editor."""
        port = self._editor.viewport().geometry()
        bottom = round(self._text.last_line().bottom()) - self._editor.verticalScrollBar().value()
        return QRect(port.left(), port.top() + bottom, port.width(), 0)

    def whereabouts(self) -> Whereabouts:
        """Returns the side on which all of the words are out of view; words yet to come do not
        count."""
        words, port = self._text.extent(), self._editor.viewport().height()
        if words.isEmpty():
            return Whereabouts.IN_SIGHT
        scrolled, line = self._editor.verticalScrollBar().value(), self._text.last_line().height()
        if words.bottom() - scrolled < line / 2:
            return Whereabouts.ABOVE
        is_below = words.top() - scrolled > port - line / 2
        return Whereabouts.BELOW if is_below else Whereabouts.IN_SIGHT

    def bring_into_sight(self) -> None:
        """Scrolls to the beginning of the words without moving the cursor."""
        top = round(self._text.extent().top())
        self._editor.verticalScrollBar().setValue(top - self._editor.viewport().height() // 3)

    def aside(self) -> AbstractContextManager[None]:
        """Removes the words from the layout while Qt works in it."""
        return self._text.aside()

    def decides(self, event: QKeyEvent) -> bool:
        """Returns true if the key decided on the words."""
        if not self.is_shown or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            return False
        if event.key() == Qt.Key.Key_Tab:
            if self._text.has_words:
                self.kept.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.dropped.emit()
        else:
            return False
        return True

    @Slot()
    def _follow_soon(self) -> None:
        if self.is_shown:
            self._soon.start(0)

    @Slot()
    def _follow(self) -> None:
        """Sets the position in a paragraph whose words are shown below it."""
        anchor = self._text.anchor
        is_marked = anchor is not None and not anchor.atBlockEnd()
        if anchor is not None and is_marked:
            place = self._editor.cursorRect(anchor)
            place.setWidth(_MARK_WIDTH)
            self._mark.setGeometry(place)
        self._mark.setVisible(is_marked)
        self.moved.emit()

    # --- the mouse ---

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handles the left button in the text."""
        if isinstance(event, QMouseEvent):
            if event.type() == QEvent.Type.MouseMove:
                return self._select(event)
            if event.button() == Qt.MouseButton.LeftButton:
                return self._press(event)
            self._soon.start(0)
        return super().eventFilter(watched, event)

    def _press(self, event: QMouseEvent) -> bool:
        point = event.position().toPoint()
        if event.type() == QEvent.Type.MouseButtonDblClick:
            cursor = self._editor.cursorForPosition(point)
            cursor.select(QTextCursor.SelectionType.WordUnderCursor)
            self._editor.setTextCursor(cursor)
        elif event.type() == QEvent.Type.MouseButtonPress:
            self._is_selecting = True
            self._editor.setFocus(Qt.FocusReason.MouseFocusReason)
            self._go(point, keep=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            self._is_selecting = False
        return True

    def _select(self, event: QMouseEvent) -> bool:
        if self._is_selecting:
            self._go(event.position().toPoint(), keep=True)
        return self._is_selecting

    def _go(self, point: QPoint, *, keep: bool) -> None:
        mode = QTextCursor.MoveMode
        cursor, to = self._editor.textCursor(), self._editor.cursorForPosition(point).position()
        cursor.setPosition(to, mode.KeepAnchor if keep else mode.MoveAnchor)
        self._editor.setTextCursor(cursor)

    def position_at(self, point: QPoint) -> int | None:
        """Returns the position below a point in the paragraph with the words; below them it is its
        end."""
        editor, block = self._editor, self._text.block
        place = editor.document().documentLayout().blockBoundingRect(block)
        x = point.x() + editor.horizontalScrollBar().value()
        y = point.y() + editor.verticalScrollBar().value()
        is_last = not block.next().isValid()
        if y < place.top() or (y >= place.bottom() and not is_last):
            return None
        layout, end = block.layout(), block.length() - 1
        for number in range(layout.lineCount()):
            line = layout.lineAt(number)
            if y - place.top() < line.rect().bottom():
                return block.position() + min(line.xToCursor(x - place.left()), end)
        return block.position() + end
