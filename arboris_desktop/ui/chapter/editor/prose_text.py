"""The text of a page: in stored form, with positions in it, and as the document shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.text.paragraphs import PARAGRAPH
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.scenes import SCENE_BREAK
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.document_cache import TextPlace
from arboris_desktop.ui.chapter.editor.document_text import (
    LINE_BREAK,
    insert_shown,
    is_bold,
    read_document,
)
from arboris_desktop.ui.chapter.editor.prose_page import ProsePage
from arboris_desktop.ui.widgets.plain_copy import plain_copy
from arboris_desktop.ui.widgets.text_offsets import from_utf16, spans_to_utf16, to_utf16

_OWN_TEXT = "application/x-arboris-text"
"""The MIME type of copied text with marks, for pasting it here."""
_EDGE = 0.15
"""The share of the view at its top and bottom in which a line lacks context."""


class ProseText(ProsePage):
    """Positions passed to it and returned by it are characters (code points) of ``text``.

    That is the stored text, except for empty paragraphs that the author has not filled yet.
    """

    def __init__(self, parent: QWidget | None, *, font_points: int) -> None:
        super().__init__(parent, font_points=font_points)
        self._read: tuple[QTextDocument, int, ShownProse] | None = None

    def text(self) -> str:
        """The whole text, with marks for emphasis."""
        return self._shown().stored

    def stored_text(self) -> str:
        """The text in its stored form."""
        return normalised_text(self.text(), self._language)

    def shows(self, text: str) -> bool:
        """True if the normalised text is the one that is shown.

        A text that a model wrote is shown with its lines as they will be stored.
        """
        if text == self.text():
            return True
        shown, language = self.stored_text(), self._language
        if normalised_text(text, language) == shown:
            return True
        return self.isReadOnly() and normalised_input(text, language) == shown

    def selected_range(self) -> tuple[int, int]:
        """The bounds of the selection in characters; both are the cursor's position without one."""
        shown, cursor = self._shown(), self.textCursor()
        start = from_utf16(shown.text, cursor.selectionStart())
        if not cursor.hasSelection():
            place = shown.place_in_stored(start)
            return place, place
        span = shown.span_in_stored(start, from_utf16(shown.text, cursor.selectionEnd()))
        return span.start, span.end

    def selected_text(self) -> str:
        """The selected text without marks."""
        return self._selected().text

    def select(self, start: int, end: int) -> None:
        """Selects characters, and brings them into view with their context."""
        self.setTextCursor(self._cursor(Span(start, end)))
        bar, height = self.verticalScrollBar(), self.viewport().height()
        line = self.cursorRect()
        if line.top() < height * _EDGE or line.bottom() > height * (1 - _EDGE):
            bar.setValue(bar.value() + line.top() - height // 3)

    def cursor_at(self, place: int) -> QTextCursor:
        """Returns a cursor at a position of the text, which moves with changes."""
        return self._cursor(Span(place, place))

    def place_of(self, cursor: QTextCursor) -> int:
        """Returns the position of a cursor in the text."""
        shown = self._shown()
        return shown.place_in_stored(from_utf16(shown.text, cursor.position()))

    def replace_spans(self, changes: Sequence[tuple[Span, str]]) -> None:
        """Replaces sorted ranges as one undoable step.

        New words take the format of the first ones they replace.
        """
        shown = self._shown()
        places = self._places(shown, [span for span, _new in changes])
        # Undo returns the author to this position.
        cursor = QTextCursor(self.textCursor())
        cursor.beginEditBlock()
        for (start, end), (_span, new) in reversed(list(zip(places, changes, strict=True))):
            cursor.setPosition(min(start + 1, end))
            look = cursor.charFormat()
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            blocks = new.replace(PARAGRAPH, "\0").replace("\n", LINE_BREAK).replace("\0", "\n")
            cursor.insertText(blocks, look)
        cursor.endEditBlock()
        if len(changes) == 1:
            self.setTextCursor(cursor)

    def replace_range(self, start: int, end: int, text: str) -> None:
        """Replaces characters as if the author had typed: undoable, and saved."""
        shown = self._shown()
        before = to_utf16(shown.text, shown.to_shown(start))
        self._change(Span(start, end), text)
        cursor = self.textCursor()
        cursor.setPosition(min(before, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def place(self) -> TextPlace:
        """The author's position in the text."""
        cursor = self.textCursor()
        return TextPlace(cursor.anchor(), cursor.position(), self.verticalScrollBar().value())

    def go_to(self, place: TextPlace) -> None:
        """Moves to a position, or as near as possible."""
        cursor, last = self.textCursor(), self.document().characterCount() - 1
        cursor.setPosition(min(place.anchor, last))
        cursor.setPosition(min(place.position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place.scroll)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies and drags plain text: another program has its own look."""
        data = plain_copy(super().createMimeDataFromSelection(), self.textCursor())
        selected = self._selected()
        data.setText(selected.plain)
        data.setData(_OWN_TEXT, QByteArray(selected.stored.encode("utf-8", "surrogatepass")))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Accepts text, whatever else comes with it."""
        return source.hasText() or source.hasHtml() or source.hasFormat(_OWN_TEXT)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes text, keeping italic and bold but no other format."""
        from arboris_desktop.ui.chapter.editor.pasting import styled_text

        if source.hasFormat(_OWN_TEXT):
            stored = bytes(source.data(_OWN_TEXT).data()).decode("utf-8", "surrogatepass")
            self._insert(ShownProse.of(stored))
        elif (styled := styled_text(source)) is not None:
            self._insert(ShownProse.of(normalised_text(styled, self._language)))
        elif source.hasText():
            self.insertPlainText(source.text())

    def insertPlainText(self, text: str) -> None:
        """Inserts a text that comes from elsewhere."""
        if "\n" in text.replace("\r", "\n"):
            text = normalised_input(text, self._language)
        self._insert(ShownProse.of(text))

    def _insert(self, shown: ShownProse) -> None:
        cursor = self.textCursor()
        self._put(cursor, shown)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def toggle_italic(self) -> None:
        """Toggles italic for the selection, or for what is typed next."""
        look = QTextCharFormat()
        look.setFontItalic(not self._first_look().fontItalic())
        self._restyle(look)

    def toggle_bold(self) -> None:
        """Toggles bold for the selection, or for what is typed next."""
        look = QTextCharFormat()
        weight = QFont.Weight.Normal if is_bold(self._first_look()) else QFont.Weight.Bold
        look.setFontWeight(weight)
        self._restyle(look)

    def insert_scene_break(self) -> None:
        """Begins a new scene at the cursor."""
        if self.isReadOnly():
            return
        cursor = self.textCursor()
        cursor.beginEditBlock()
        is_new = not cursor.block().text().strip()
        cursor.insertText(("" if is_new else "\n") + SCENE_BREAK + "\n", QTextCharFormat())
        here, before = cursor.block(), cursor.block().previous()
        self._look.dress(QTextCursor(cursor), [before.position(), here.position()])
        cursor.endEditBlock()
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def _first_look(self) -> QTextCharFormat:
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return self.currentCharFormat()
        first = QTextCursor(self.document())
        first.setPosition(cursor.selectionStart() + 1)
        return first.charFormat()

    def _restyle(self, look: QTextCharFormat) -> None:
        if not self.isReadOnly():
            self.mergeCurrentCharFormat(look)

    def _shown(self) -> ShownProse:
        """Returns the shown text, which is cached until it changes."""
        document = self.document()
        known = self._read
        if known is None or known[0] is not document or known[1] != document.revision():
            known = self._read = (document, document.revision(), read_document(document))
        return known[2]

    def _selected(self) -> ShownProse:
        shown, cursor = self._shown(), self.textCursor()
        return shown.part(
            from_utf16(shown.text, cursor.selectionStart()),
            from_utf16(shown.text, cursor.selectionEnd()),
        )

    def _cursor(self, span: Span) -> QTextCursor:
        ((first, last),) = self._places(self._shown(), [span])
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _places(self, shown: ShownProse, spans: Sequence[Span]) -> list[tuple[int, int]]:
        inside = [Span(shown.to_shown(each.start), shown.to_shown(each.end)) for each in spans]
        return spans_to_utf16(shown.text, inside)

    def _change(self, span: Span, new: str) -> None:
        """Replaces a text as one undoable step.

        If marks or paragraph ends are affected, whole paragraphs are replaced.
        """
        shown = self._shown()
        stored, starts = shown.stored, shown.stored_starts
        first = max(0, bisect_right(starts, span.start) - 1)
        last = max(first, bisect_right(starts, span.end) - 1)
        if span.end > starts[last] + len(shown.paragraphs[last].stored):
            last = min(last + 1, len(starts) - 1)
        around = Span(starts[first], starts[last] + len(shown.paragraphs[last].stored))
        words = stored[around.start : span.start] + new + stored[span.end : around.end]
        is_plain = not set("*\n") & set(stored[span.start : span.end] + new)
        if is_plain and "*" not in words + stored[around.start : around.end]:
            self._put(self._cursor(span), ShownProse.of(new))
        else:
            self._put(self._cursor(around), ShownProse.of(words), whole=True)

    def _put(self, cursor: QTextCursor, shown: ShownProse, *, whole: bool = False) -> None:
        """Replaces a cursor's selection by paragraphs."""
        cursor.beginEditBlock()
        starts = insert_shown(cursor, shown)
        if whole or len(starts) > 1:
            self._look.dress(QTextCursor(self.document()), starts)
        cursor.endEditBlock()
