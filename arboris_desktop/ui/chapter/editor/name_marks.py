"""Names of codex entries in the text: dotted below, with a card where the mouse rests on one."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.text.known_names import KnownNames
from arboris_desktop.ui.chapter.editor.spelling_marks import blocks_in_view
from arboris_desktop.ui.widgets.text_offsets import spans_to_utf16

_PAUSE_MS = 300
_LONGEST = 20_000
"""Characters of a paragraph; a longer one would take more than its part of a frame."""


class NameMarks(QObject):
    """Looks only at what is in view, some time after the last key."""

    changed = Signal()
    """Other names than before are to be marked."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._names = KnownNames({})
        self._marked: list[tuple[QTextCursor, int]] = []
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._look)
        editor.textChanged.connect(self._look_soon)
        editor.verticalScrollBar().valueChanged.connect(self._look_soon)
        editor.verticalScrollBar().rangeChanged.connect(self._look_soon)

    @property
    def names(self) -> KnownNames:
        """The names that are marked."""
        return self._names

    def know(self, names: KnownNames) -> None:
        """Marks these names from now on; with none, nothing."""
        if names != self._names:
            self._names = names
            self._look()

    def leave_document(self) -> None:
        """Lets go of the document that is shown."""
        self._marked = []
        self._look_soon()

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        """The dots below the names in view."""
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DotLine)
        look.setUnderlineColor(self._editor.palette().placeholderText().color())
        marks = []
        for cursor, _number in self._marked:
            mark = QTextEdit.ExtraSelection()
            mark.cursor, mark.format = QTextCursor(cursor), look
            marks.append(mark)
        return marks

    def number_at(self, position: int) -> int | None:
        """The number of the entry whose name stands at a place."""
        around = (
            number
            for cursor, number in self._marked
            if cursor.selectionStart() <= position <= cursor.selectionEnd()
        )
        return next(around, None)

    def number_below(self, point: QPoint) -> int | None:
        """The number of the entry whose name lies below a point of the view."""
        cursor = self._editor.cursorForPosition(point)
        place = self._editor.cursorRect(cursor)
        is_near = abs(place.x() - point.x()) <= place.height()
        is_on_line = place.top() <= point.y() <= place.bottom()
        return self.number_at(cursor.position()) if is_near and is_on_line else None

    @Slot()
    def _look_soon(self) -> None:
        if self._names:
            self._pause.start()

    @Slot()
    def _look(self) -> None:
        self._pause.stop()
        before = [(each.anchor(), each.position()) for each, _number in self._marked]
        self._marked = []
        if self._names and not self._editor.isReadOnly():
            for block in blocks_in_view(self._editor):
                found = list(self._names.found_in(block.text()[:_LONGEST]))
                places = spans_to_utf16(block.text(), [each.span for each in found])
                for (start, end), each in zip(places, found, strict=True):
                    cursor = QTextCursor(block)
                    cursor.setPosition(block.position() + start)
                    cursor.setPosition(block.position() + end, QTextCursor.MoveMode.KeepAnchor)
                    self._marked.append((cursor, each.number))
        if before != [(each.anchor(), each.position()) for each, _number in self._marked]:
            self.changed.emit()
