"""The editor of the prose: comfortable to read and write, and calm while a model writes into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Signal, Slot
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.differences import changed_middle
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.editor.document_shelf import DocumentShelf, TextPlace
from arboris_desktop.ui.chapter.editor.prose_page import TOP_AND_BOTTOM, ProsePage
from arboris_desktop.ui.chapter.editor.text_marks import TextMarks
from arboris_desktop.ui.chapter.editor.text_offsets import from_utf16, spans_to_utf16, to_utf16
from arboris_desktop.ui.chapter.editor.typing_help import TypingHelp
from arboris_desktop.ui.chapter.editor.writing_aids import TextFocus, Typewriter
from arboris_desktop.ui.widgets.plain_copy import plain_copy

_LINE_ENDS = str.maketrans("\u2029\u2028", "\n\n")


class ChapterEditor(ProsePage):
    """Edits plain text; positions given to it count characters as Python does."""

    edited = Signal()
    """The author changed the text (not the program)."""
    focus_left = Signal()

    def __init__(self, parent: QWidget | None = None, *, font_points: int = 13) -> None:
        super().__init__(parent, font_points=font_points)
        self._is_composing = False
        self._shelf = DocumentShelf(self)
        # Qt deletes the document that it began with as soon as another is shown.
        self._of_no_chapter = QTextDocument(self)
        self.setDocument(self._of_no_chapter)
        self._chapter_id: int | None = None
        self._marks = TextMarks(self)
        self.typing_help = TypingHelp(self)
        self.typewriter = Typewriter(self)
        self._set_up_look()
        self.textChanged.connect(self._tell_edit)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self._retranslate()

    def set_text_focus(self, focus: TextFocus) -> None:
        """Dims all but the paragraph or the sentence of the cursor, or nothing."""
        self._marks.set_focus(focus)

    def set_language(self, language: Language) -> None:
        """Chooses the font, and the help while typing, that suit the language."""
        super().set_language(language)
        self.typing_help.language = language

    def text(self) -> str:
        """The whole text, with ``\\n`` between paragraphs."""
        # toPlainText() would make ordinary spaces of no-break spaces.
        return self.document().toRawText().translate(_LINE_ENDS)

    def set_text(self, text: str, *, read_only: bool = False, keep_place: bool = False) -> None:
        """Shows a text, without ``edited`` and with nothing to undo.

        It is shown from its beginning, or with ``keep_place`` from where the view is now.
        """
        bar = self.verticalScrollBar()
        place = bar.value() if keep_place else 0
        self._turn_to(None)
        self._replace(text)
        self._set_editable(not read_only)
        self.moveCursor(QTextCursor.MoveOperation.Start)
        self._marks.follow_cursor()
        bar.setValue(place)

    def show_chapter(self, chapter_id: int, text: str, *, keep_place: bool = False) -> None:
        """Shows a chapter to be edited, where the author left it and with all that can be undone.

        What others changed of it meanwhile is one step to undo. With ``keep_place`` the view stays
        where it is now.
        """
        here = self.place()
        kept = self._turn_to(chapter_id)
        self._change_to(text)
        self._set_editable(True)
        if keep_place or kept is not None:
            self.go_to(here if keep_place else kept or here)
        self._marks.follow_cursor()

    def forget_chapters(self) -> None:
        """Keeps no document of any chapter, and shows nothing."""
        self.set_text("", read_only=True)
        self._shelf.clear()

    def begin_stream(self, initial: str = "") -> None:
        """Makes the text read-only and shows the end of ``initial``, to which more will come."""
        self.set_text(initial, read_only=True)
        self._scroll_to_end()

    def append_stream(self, text: str) -> None:
        """Adds text at the end. The view follows unless the author has scrolled up to read."""
        follow = self._is_at_end()
        # A cursor of its own: the author's selection must stay where it is.
        cursor = QTextCursor(self.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        with self._program_at_work():
            cursor.beginEditBlock()
            cursor.insertText(text)
            cursor.endEditBlock()
        if follow:
            self._scroll_to_end()

    def end_stream(self) -> None:
        """Lets the author edit again, at the end if that is what the view shows."""
        if self._is_at_end() and not self.textCursor().hasSelection():
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._set_editable(True)

    def reveal(self, start: int, end: int) -> None:
        """Scrolls to the characters from ``start`` up to ``end`` and marks them until an edit."""
        text = self.text()
        passage = QTextCursor(self.document())
        passage.setPosition(to_utf16(text, start))
        passage.setPosition(to_utf16(text, end), QTextCursor.MoveMode.KeepAnchor)
        self._marks.reveal(QTextCursor(passage))
        passage.setPosition(passage.selectionStart())
        self.setTextCursor(passage)
        above = self.cursorRect(passage).top() - self.viewport().height() // 3
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + above)

    def revealed_text(self) -> str:
        """The passage that is marked at present, or nothing."""
        revealed = self._marks.revealed
        return "" if revealed is None else revealed.selectedText().translate(_LINE_ENDS)

    def show_found(self, spans: Sequence[Span]) -> None:
        """Marks the places where something was found, which lie in their order."""
        self._marks.show_found(spans_to_utf16(self.text(), spans))

    def select(self, start: int, end: int) -> None:
        """Selects characters, and brings them into view if they are not."""
        ((first, last),) = spans_to_utf16(self.text(), [Span(start, end)])
        cursor = QTextCursor(self.document())
        cursor.setPosition(first)
        cursor.setPosition(last, QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)

    def replace_spans(self, changes: Sequence[tuple[Span, str]]) -> None:
        """Replaces places, which lie in their order, as the author would: one step to undo."""
        places = spans_to_utf16(self.text(), [span for span, _new in changes])
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for (start, end), (_span, new) in reversed(list(zip(places, changes, strict=True))):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.insertText(new)
        cursor.endEditBlock()
        if len(changes) == 1:
            self.setTextCursor(cursor)

    def selected_range(self) -> tuple[int, int]:
        """The beginning and the end of the selection, in characters; both are the cursor's place
        without one."""
        text, cursor = self.text(), self.textCursor()
        return (
            from_utf16(text, cursor.selectionStart()),
            from_utf16(text, cursor.selectionEnd()),
        )

    def selected_text(self) -> str:
        """The text that is selected."""
        return self.textCursor().selectedText().translate(_LINE_ENDS)

    def replace_range(self, start: int, end: int, text: str) -> None:
        """Replaces characters as the author would by typing: it can be undone, and is saved."""
        before = to_utf16(self.text(), start)
        cursor = self._put(Span(start, end), text)
        cursor.setPosition(before)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def createMimeDataFromSelection(self) -> QMimeData:
        """Copies and drags plain text: another program shows it in its own look."""
        return plain_copy(super().createMimeDataFromSelection(), self.textCursor())

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pastes plain text only."""
        if source.hasText():
            self.insertPlainText(source.text())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Begins a paragraph at every Enter.

        Left to itself, Qt answers Enter in an empty paragraph by resetting its format: the line is
        not there, and the paragraphs after it have no spacing. Shift+Enter does the same as Enter,
        since both are one line end in the stored text.
        """
        keys, type_it = QKeySequence.StandardKey, super().keyPressEvent
        begins = event.matches(keys.InsertParagraphSeparator)
        if not self.isReadOnly() and (begins or event.matches(keys.InsertLineSeparator)):
            self.textCursor().insertBlock()
            self.ensureCursorVisible()
        elif not self.typing_help.takes_back(event):
            self.typing_help.watch(event.text(), lambda: type_it(event))
        self._follow_line()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Helps with a mark that an input method hands over, but not with what it composes."""
        type_it = super().inputMethodEvent
        if self._is_composing or event.preeditString():
            type_it(event)
        else:
            self.typing_help.watch(event.commitString(), lambda: type_it(event))
        self._is_composing = bool(event.preeditString())
        self._follow_line()

    @Slot()
    def _follow_cursor(self) -> None:
        # While the program replaces a text, Qt tells of places in one that is half there.
        if not self._by_program:
            self._marks.follow_cursor()

    def _follow_line(self) -> None:
        if not self.isReadOnly():
            self.typewriter.follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_left.emit()

    def _turn_to(self, chapter_id: int | None) -> TextPlace | None:
        """Gives the view to the document of a chapter, or of none; where the author was in it, if
        it is one that was kept."""
        if chapter_id == self._chapter_id:
            return None
        kept = None if chapter_id is None else self._shelf.take(chapter_id)
        if self._chapter_id is not None:
            self._shelf.put(self._chapter_id, self.document(), self.place())
        self._chapter_id = chapter_id
        if chapter_id is None:
            self._turn_page(self._of_no_chapter)
        elif kept is not None:
            self._turn_page(kept[0])
        else:
            self._turn_page(QTextDocument(self))
            self._replace("")
        return None if kept is None else kept[1]

    def _turn_page(self, document: QTextDocument) -> None:
        with self._program_at_work():
            self._marks.leave_document()
            document.setDocumentMargin(TOP_AND_BOTTOM)
            document.setDefaultFont(self.font())
            self.setDocument(document)
            self._marks.follow_cursor()
            self.typing_help.forget()

    def place(self) -> TextPlace:
        """Where the author is in the text."""
        cursor = self.textCursor()
        return TextPlace(cursor.anchor(), cursor.position(), self.verticalScrollBar().value())

    def go_to(self, place: TextPlace) -> None:
        """Goes to a place, or as near as there is text."""
        cursor, last = self.textCursor(), self.document().characterCount() - 1
        cursor.setPosition(min(place.anchor, last))
        cursor.setPosition(min(place.position, last), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.verticalScrollBar().setValue(place.scroll)

    def _change_to(self, text: str) -> None:
        """Changes what differs, which the author can undo; a first text cannot be undone."""
        text, old = text.replace("\r\n", "\n").replace("\r", "\n"), self.text()
        if not old and not self.document().isUndoAvailable():
            self._replace(text)
            self.moveCursor(QTextCursor.MoveOperation.Start)
        elif text != old:
            span, middle = changed_middle(old, text)
            with self._program_at_work():
                self._marks.reveal(None)
                self._put(span, middle)

    def _put(self, span: Span, text: str) -> QTextCursor:
        """Puts a text in the place of another, as one step to undo."""
        ((start, end),) = spans_to_utf16(self.text(), [span])
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        cursor.insertText(text)
        cursor.endEditBlock()
        return cursor

    def _set_editable(self, editable: bool) -> None:
        self.document().setUndoRedoEnabled(editable)
        self.setReadOnly(not editable)
        self._retranslate()

    @Slot()
    def _tell_edit(self) -> None:
        if self._by_program:
            return
        self._marks.reveal(None)
        self.edited.emit()

    def _replace(self, text: str) -> None:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        with self._program_at_work():
            self._marks.reveal(None)
            self._marks.show_found(())
            self.document().setUndoRedoEnabled(False)
            self.document().clear()
            # Before the text, so that each new paragraph inherits it.
            cursor = QTextCursor(self.document())
            cursor.setBlockFormat(self._spacing())
            cursor.insertText(text)
