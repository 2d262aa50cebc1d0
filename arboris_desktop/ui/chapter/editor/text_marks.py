"""Marks in a text that are not part of it: a passage, search matches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QTimer, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QPalette, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.ui.chapter.editor.spelling_marks import SpellingMarks
from arboris_desktop.ui.chapter.editor.writing_aids import part_in_focus
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

if TYPE_CHECKING:
    from arboris_desktop.text.known_names import KnownNames
    from arboris_desktop.ui.chapter.editor.name_marks import NameMarks

REVEALED_ALPHA = 70
COMMENT_ALPHA = 26


class TextMarks(QObject):
    """Paints the background of passages; of search matches only the visible ones.

    Positions are those of Qt. Comments move with edits.
    """

    comment_entered = Signal(object)
    """The number of the comment at the cursor has changed; ``None`` without one."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._revealed: QTextCursor | None = None
        self._leaving: QTextCursor | None = None
        self._found: Sequence[tuple[int, int]] = ()
        self._comments: dict[int, QTextCursor] = {}
        self._entered: int | None = None
        self._focus = TextFocus.EVERYTHING
        self.spelling = SpellingMarks(editor)
        self.spelling.changed.connect(self.refresh)
        self._names: NameMarks | None = None
        # Qt emits these during layout, when nothing may be marked.
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.timeout.connect(self.refresh)
        editor.verticalScrollBar().valueChanged.connect(self._refresh_soon)
        editor.verticalScrollBar().rangeChanged.connect(self._refresh_soon)

    @property
    def known_names(self) -> KnownNames | None:
        """The marked names of the codex, if any."""
        return None if self._names is None else self._names.names

    def know_names(self, names: KnownNames | None) -> None:
        """Changes the marked names of the codex."""
        if names is not None and self._names is None:
            from arboris_desktop.ui.chapter.editor.name_marks import NameMarks

            self._names = NameMarks(self._editor)
            self._names.changed.connect(self.refresh)
        if self._names is not None:
            from arboris_desktop.text.known_names import KnownNames

            self._names.know(KnownNames({}) if names is None else names)

    def entry_at(self, place: int) -> int | None:
        """Returns the number of the codex entry whose name is at a position."""
        return None if self._names is None else self._names.number_at(place)

    def entry_below(self, point: QPoint) -> int | None:
        """Returns the number of the codex entry whose name is below a point of the view."""
        return None if self._names is None else self._names.number_below(point)

    @property
    def revealed(self) -> QTextCursor | None:
        """The marked passage."""
        return self._revealed

    @property
    def focus(self) -> TextFocus:
        """The part of the text that is not dimmed."""
        return self._focus

    def set_focus(self, focus: TextFocus) -> None:
        """Dims all but the paragraph or the sentence of the cursor, or nothing."""
        if focus is not self._focus:
            self._focus = focus
            self.refresh()

    @Slot()
    def follow_cursor(self) -> None:
        """Dims what the cursor has left, and reports a comment that it has reached."""
        if self._focus is not TextFocus.EVERYTHING:
            self._refresh_soon()
        self._tell_comment()

    def _tell_comment(self) -> None:
        entered = self.comment_at(self._editor.textCursor().position()) if self._comments else None
        if entered != self._entered:
            self._entered = entered
            self.comment_entered.emit(entered)

    def comment_at(self, place: int) -> int | None:
        """Returns the comment at a position; the shortest if there are several."""
        around = [
            (each.selectionEnd() - each.selectionStart(), number)
            for number, each in self._comments.items()
            if each.selectionStart() <= place <= each.selectionEnd() and each.hasSelection()
        ]
        return min(around)[1] if around else None

    def show_comments(self, places: Mapping[int, tuple[int, int]]) -> None:
        """Marks the ranges of comments, by number."""
        if places or self._comments:
            self._comments = {number: self._cursor(*place) for number, place in places.items()}
            self._tell_comment()
            self.refresh()

    @Slot()
    def _refresh_soon(self) -> None:
        if self._found or self._comments or self._focus is not TextFocus.EVERYTHING:
            self._soon.start(0)

    def reveal(self, passage: QTextCursor | None) -> None:
        """Marks one passage, or none."""
        if passage is not None or self._revealed is not None:
            self._revealed = passage
            self.refresh()

    def show_leaving(self, passage: QTextCursor | None) -> None:
        """Strikes through one passage, or none."""
        if passage is not None or self._leaving is not None:
            self._leaving = passage
            self.refresh()

    def show_found(self, places: Sequence[tuple[int, int]]) -> None:
        """Marks the sorted ranges."""
        if places or self._found:
            self._found = places
            self.refresh()

    def leave_document(self) -> None:
        """Releases the shown document: its marks must not be painted on another."""
        self._soon.stop()
        self._revealed, self._found, self._comments = None, (), {}
        self._leaving = None
        self.spelling.leave_document()
        if self._names is not None:
            self._names.leave_document()
        self._editor.setExtraSelections([])

    @Slot()
    def refresh(self) -> None:
        """Marks what is visible now."""
        # Unlike the background of the selection, which is the author's position.
        found = QColor(tone_colours(self._editor.palette(), Tone.WARNING).ground)
        names = [] if self._names is None else self._names.marks()
        marks = self._dimmed() + names + self._commented() + self.spelling.marks()
        marks += [_mark(cursor, found) for cursor in self._found_in_view()]
        if self._revealed is not None:
            revealed = QColor(self._editor.palette().color(QPalette.ColorRole.Accent))
            revealed.setAlpha(REVEALED_ALPHA)
            marks.append(_mark(self._revealed, revealed))
        if self._leaving is not None:
            marks.append(_struck(self._leaving, self._editor.palette().placeholderText()))
        if marks or self._editor.extraSelections():
            self._editor.setExtraSelections(marks)

    def _dimmed(self) -> list[QTextEdit.ExtraSelection]:
        if self._focus is TextFocus.EVERYTHING or self._editor.isReadOnly():
            return []
        start, end = part_in_focus(self._editor.textCursor(), self._focus)
        last = self._editor.document().characterCount() - 1
        dimmed = QTextCharFormat()
        dimmed.setForeground(self._editor.palette().placeholderText())
        marks = []
        for begins, ends in ((0, start), (end, last)):
            mark = QTextEdit.ExtraSelection()
            mark.cursor = self._cursor(begins, ends)
            mark.format = dimmed
            marks.append(mark)
        return marks

    def _commented(self) -> list[QTextEdit.ExtraSelection]:
        """Adds a dashed underline to the background, since colour alone is not accessible to all
        readers."""
        if not self._comments:
            return []
        top, bottom = self._in_view()
        accent = self._editor.palette().color(QPalette.ColorRole.Accent)
        look = QTextCharFormat()
        look.setUnderlineStyle(QTextCharFormat.UnderlineStyle.DashUnderline)
        look.setUnderlineColor(accent)
        ground = QColor(accent)
        ground.setAlpha(COMMENT_ALPHA)
        look.setBackground(ground)
        marks = []
        for cursor in self._comments.values():
            if cursor.selectionStart() <= bottom and cursor.selectionEnd() >= top:
                mark = QTextEdit.ExtraSelection()
                mark.cursor = QTextCursor(cursor)
                mark.format = look
                marks.append(mark)
        return marks

    def _in_view(self) -> tuple[int, int]:
        editor, port = self._editor, self._editor.viewport()
        top = editor.cursorForPosition(QPoint(0, 0)).position()
        return top, editor.cursorForPosition(QPoint(port.width(), port.height())).position()

    def _found_in_view(self) -> list[QTextCursor]:
        if not self._found:
            return []
        top, bottom = self._in_view()
        first = bisect_left(self._found, top, key=lambda place: place[1])
        last = bisect_right(self._found, bottom, key=lambda place: place[0])
        return [self._cursor(*place) for place in self._found[first:last]]

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor


def _mark(cursor: QTextCursor, ground: QColor) -> QTextEdit.ExtraSelection:
    look = QTextCharFormat()
    look.setBackground(ground)
    mark = QTextEdit.ExtraSelection()
    mark.cursor = QTextCursor(cursor)
    mark.format = look
    return mark


def _struck(cursor: QTextCursor, ink: QBrush) -> QTextEdit.ExtraSelection:
    look = QTextCharFormat()
    look.setFontStrikeOut(True)
    look.setForeground(ink)
    mark = QTextEdit.ExtraSelection()
    mark.cursor, mark.format = QTextCursor(cursor), look
    return mark
