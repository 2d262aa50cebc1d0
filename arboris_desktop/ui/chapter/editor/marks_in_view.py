"""Marks below words of the visible text, updated some time after the last key."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

_PAUSE_MS = 300


class MarksInView(QObject):
    """The base class of a kind of marks: ``_look`` determines them and calls ``_show``."""

    changed = Signal()
    """The marks have changed."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._marked: Sequence[QTextCursor] = ()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        editor.textChanged.connect(self._look_soon)
        editor.verticalScrollBar().valueChanged.connect(self._look_soon)
        editor.verticalScrollBar().rangeChanged.connect(self._look_soon)

    def leave_document(self) -> None:
        """Releases the shown document."""
        self._marked = ()
        self._look_soon()

    def _is_wanted(self) -> bool:
        """True if there is anything to mark."""
        raise NotImplementedError

    @Slot()
    def _look(self) -> None:
        raise NotImplementedError

    @Slot()
    def _look_soon(self) -> None:
        if self._is_wanted():
            self._pause.start()

    def _show(self, marked: Sequence[QTextCursor]) -> None:
        before = [(each.anchor(), each.position()) for each in self._marked]
        self._marked = marked
        if before != [(each.anchor(), each.position()) for each in marked]:
            self.changed.emit()

    def _underlined(
        self, style: QTextCharFormat.UnderlineStyle, colour: QColor
    ) -> list[QTextEdit.ExtraSelection]:
        look = QTextCharFormat()
        look.setUnderlineStyle(style)
        look.setUnderlineColor(colour)
        marks = []
        for cursor in self._marked:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = QTextCursor(cursor), look
            marks.append(mark)
        return marks


def cursor_over(block: QTextBlock, place: tuple[int, int]) -> QTextCursor:
    """Returns a cursor that selects a range of a paragraph, in Qt's units."""
    cursor = QTextCursor(block)
    cursor.setPosition(block.position() + place[0])
    cursor.setPosition(block.position() + place[1], QTextCursor.MoveMode.KeepAnchor)
    return cursor


def blocks_in_view(editor: QTextEdit) -> Iterator[QTextBlock]:
    """Returns the visible paragraphs that are not empty, in reading order."""
    port = editor.viewport().rect()
    block = editor.cursorForPosition(port.topLeft()).block()
    last = editor.cursorForPosition(port.bottomRight()).position()
    while block.isValid() and block.position() <= last:
        if block.length() > 1:
            yield block
        block = block.next()
