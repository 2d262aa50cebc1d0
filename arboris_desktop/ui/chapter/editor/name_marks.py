"""Names of codex entries in the text: dotted below, with a card on hovering."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.text.known_names import KnownNames
from arboris_desktop.ui.chapter.editor.marks_in_view import MarksInView, blocks_in_view, cursor_over
from arboris_desktop.ui.widgets.text_offsets import spans_to_utf16

_LONGEST = 20_000
"""Characters of a paragraph; a longer one would take more than its share of a frame."""


class NameMarks(MarksInView):
    """Marks the names that the codex knows, and finds the entry at a position."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._names = KnownNames({})
        self._numbers: list[int] = []

    @property
    def names(self) -> KnownNames:
        """The marked names."""
        return self._names

    def know(self, names: KnownNames) -> None:
        """Changes the names; with none, nothing is marked."""
        if names != self._names:
            self._names = names
            self._look()

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        """The dots below the visible names."""
        colour = self._editor.palette().placeholderText().color()
        return self._underlined(QTextCharFormat.UnderlineStyle.DotLine, colour)

    def number_at(self, position: int) -> int | None:
        """Returns the number of the entry whose name is at a position."""
        around = (
            number
            for cursor, number in zip(self._marked, self._numbers, strict=False)
            if cursor.selectionStart() <= position <= cursor.selectionEnd()
        )
        return next(around, None)

    def number_below(self, point: QPoint) -> int | None:
        """Returns the number of the entry whose name is below a point of the view."""
        cursor = self._editor.cursorForPosition(point)
        place = self._editor.cursorRect(cursor)
        is_near = abs(place.x() - point.x()) <= place.height()
        is_on_line = place.top() <= point.y() <= place.bottom()
        return self.number_at(cursor.position()) if is_near and is_on_line else None

    def _is_wanted(self) -> bool:
        return bool(self._names)

    @Slot()
    def _look(self) -> None:
        self._pause.stop()
        marked: list[QTextCursor] = []
        self._numbers = []
        if self._names and not self._editor.isReadOnly():
            for block in blocks_in_view(self._editor):
                found = list(self._names.found_in(block.text()[:_LONGEST]))
                places = spans_to_utf16(block.text(), [each.span for each in found])
                marked += [cursor_over(block, place) for place in places]
                self._numbers += [each.number for each in found]
        self._show(marked)
