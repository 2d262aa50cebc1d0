"""The text of a page: as it is stored, with places in it, and as its document shows it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence

from PySide6.QtCore import QByteArray, QMimeData
from PySide6.QtGui import QFont, QTextCharFormat, QTextCursor, QTextDocument
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.form import arrived, in_form
from arboris_desktop.text.paragraphs import PARAGRAPH
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.scenes import SCENE_BREAK
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.document_shelf import TextPlace
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
"""The format of text copied here, with marks, for pasting it here again."""
_EDGE = 0.15
"""The part of the view, at its top and its bottom, in which a line stands without its context."""


class ProseText(ProsePage):
    """Places given to it, and told by it, are those of ``text``, in characters of Python.

    That is the stored text, but for empty paragraphs that the author has made and not filled yet.
    """

    def __init__(self, parent: QWidget | None, *, font_points: int) -> None:
        super().__init__(parent, font_points=font_points)
        self._read: tuple[QTextDocument, int, ShownProse] | None = None

    def text(self) -> str:
        """The whole text, with marks for what is emphasised."""
        return self._shown().stored

    def stored_text(self) -> str:
        """The text in the form in which it is stored."""
        return in_form(self.text(), self._language)

    def shows(self, text: str) -> bool:
        """True if this text, brought into its form, is the one that is shown.

        One that a model wrote is shown with its lines as they will be stored.
        """
        if text == self.text():
            return True
        shown, language = self.stored_text(), self._language
        if in_form(text, language) == shown:
            return True
        return self.isReadOnly() and arrived(text, language) == shown

    def selected_range(self) -> tuple[int, int]:
        """The beginning and the end of the selection, in characters; both are the cursor's place
        without one."""
        shown, cursor = self._shown(), self.textCursor()
        start = from_utf16(shown.text, cursor.selectionStart())
        if not cursor.hasSelection():
            place = shown.place_in_stored(start)
            return place, place
        span = shown.span_in_stored(start, from_utf16(shown.text, cursor.selectionEnd()))
        return span.start, span.end

    def selected_text(self) -> str:
        """The text that is selected, without marks."""
        return self._selected().text

    def select(self, start: int, end: int) -> None:
        """Selects characters, and brings them into view with what is around them."""
        self.setTextCursor(self._cursor(Span(start, end)))
        bar, height = self.verticalScrollBar(), self.viewport().height()
        line = self.cursorRect()
        if line.top() < height * _EDGE or line.bottom() > height * (1 - _EDGE):
            bar.setValue(bar.value() + line.top() - height // 3)

    def cursor_at(self, place: int) -> QTextCursor:
        """A place of the text in the document, where it moves with what is changed."""
        return self._cursor(Span(place, place))

    def place_of(self, cursor: QTextCursor) -> int:
        """The place of the text at which a cursor stands."""
        shown = self._shown()
        return shown.place_in_stored(from_utf16(shown.text, cursor.position()))

    def replace_spans(self, changes: Sequence[tuple[Span, str]]) -> None:
        """Replaces places, which lie in their order, as the author would: one step to undo. New
        words look like the first that they replace."""
        shown = self._shown()
        places = self._places(shown, [span for span, _new in changes])
        # Undo takes the author to where this cursor is now.
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
        """Replaces characters as the author would by typing: it can be undone, and is saved."""
        shown = self._shown()
        before = to_utf16(shown.text, shown.to_shown(start))
        self._change(Span(start, end), text)
        cursor = self.textCursor()
        cursor.setPosition(min(before, self.document().characterCount() - 1))
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def place(self) -> TextPlace:
        """The author's place in the text."""
        cursor = self.textCursor()
        return TextPlace(cursor.anchor(), cursor.position(), self.verticalScrollBar().value())

    def go_to(self, place: TextPlace) -> None:
        """Goes to a place, or as near as there is text."""
        cursor, last = self.textCursor(), self.document().characterCount() - 1
        cursor.setPosition(min(place.anchor, last))
        cursor.setPosition(min(place.position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place.scroll)

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies and drags plain text: another program shows it in its own look."""
        data = plain_copy(super().createMimeDataFromSelection(), self.textCursor())
        selected = self._selected()
        data.setText(selected.plain)
        data.setData(_OWN_TEXT, QByteArray(selected.stored.encode("utf-8", "surrogatepass")))
        return data

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Takes text, whatever else it comes with."""
        return source.hasText() or source.hasHtml() or source.hasFormat(_OWN_TEXT)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes text: italic and bold stay, of all other looks nothing."""
        from arboris_desktop.ui.chapter.editor.pasting import styled_text

        if source.hasFormat(_OWN_TEXT):
            stored = bytes(source.data(_OWN_TEXT).data()).decode("utf-8", "surrogatepass")
            self._insert(ShownProse.of(stored))
        elif (styled := styled_text(source)) is not None:
            self._insert(ShownProse.of(in_form(styled, self._language)))
        elif source.hasText():
            self.insertPlainText(source.text())

    def insertPlainText(self, text: str) -> None:
        """Inserts a text that arrives from elsewhere."""
        if "\n" in text.replace("\r", "\n"):
            text = arrived(text, self._language)
        self._insert(ShownProse.of(text))

    def _insert(self, shown: ShownProse) -> None:
        cursor = self.textCursor()
        self._put(cursor, shown)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def toggle_italic(self) -> None:
        """Makes the selection, or what is typed next, italic, or not so any more."""
        look = QTextCharFormat()
        look.setFontItalic(not self._first_look().fontItalic())
        self._restyle(look)

    def toggle_bold(self) -> None:
        """Makes the selection, or what is typed next, bold, or not so any more."""
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
        """The shown text, read again only when it has changed."""
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
        """Puts a text in the place of another, as one step to undo.

        Where marks or paragraphs are touched, the whole paragraphs are replaced.
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
        """Puts paragraphs in the place of a cursor's selection."""
        cursor.beginEditBlock()
        starts = insert_shown(cursor, shown)
        if whole or len(starts) > 1:
            self._look.dress(QTextCursor(self.document()), starts)
        cursor.endEditBlock()
