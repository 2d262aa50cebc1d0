"""The editor of the prose, also while a model writes into it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QKeyCombination, Qt, Signal, Slot
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
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.document_cache import DocumentCache, TextPlace
from arboris_desktop.ui.chapter.editor.document_text import LINE_BREAK, insert_shown
from arboris_desktop.ui.chapter.editor.marked_text import MarkedText
from arboris_desktop.ui.chapter.editor.prose_page import TOP_AND_BOTTOM
from arboris_desktop.ui.chapter.editor.prose_stream import ProseStream
from arboris_desktop.ui.chapter.editor.typing_help import TypingHelp
from arboris_desktop.ui.chapter.editor.writing_aids import Typewriter
from arboris_desktop.ui.widgets.composition import Composition

_REDO_OF_WINDOWS = QKeyCombination(Qt.KeyboardModifier.ControlModifier, Qt.Key.Key_Y)
"""Qt has only Ctrl+Shift+Z on Linux; authors may be used to other programs."""


class ChapterEditor(MarkedText):
    """Shows and edits the texts of chapters, and keeps the undo history of each."""

    edited = Signal()
    """The author changed the text (not the program)."""
    focus_left = Signal()

    def __init__(self, parent: QWidget | None = None, *, font_points: int = 13) -> None:
        super().__init__(parent, font_points=font_points)
        self._composition = Composition(self)
        self._stream = ProseStream(self, self._look)
        self._documents = DocumentCache(self)
        # Qt deletes its initial document as soon as another is shown.
        self._of_no_chapter = QTextDocument(self)
        self.setDocument(self._of_no_chapter)
        self._look.begin(self._of_no_chapter)
        self._chapter_id: int | None = None
        self.typing_help = TypingHelp(self)
        self.typewriter = Typewriter(self)
        self._set_up_look()
        self.textChanged.connect(self._tell_edit)
        self.cursorPositionChanged.connect(self._follow_cursor)
        self._retranslate()

    def set_language(self, language: Language) -> None:
        """Chooses the font, and the typing aids, that suit the language."""
        super().set_language(language)
        self.typing_help.language = language

    def set_text(self, text: str, *, read_only: bool = False, keep_place: bool = False) -> None:
        """Shows a text without emitting ``edited`` and without undo history.

        The view starts at the beginning, or with ``keep_place`` stays where it is.
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
        """Shows a chapter for editing, where the author left it and with its undo history.

        Changes by others are one undoable step. With ``keep_place`` the view stays where it is.
        """
        here = self.place()
        kept = self._turn_to(chapter_id)
        self._change_to(text)
        self._set_editable(True)
        if keep_place or kept is not None:
            self.go_to(here if keep_place else kept or here)
        self._marks.follow_cursor()

    @property
    def chapter_id(self) -> int | None:
        """The chapter that is shown for editing."""
        return self._chapter_id

    def follow_text(self, text: str) -> None:
        """Applies what was typed into this text elsewhere: undoable, and the view stays."""
        bar = self.verticalScrollBar()
        place = bar.value()
        self._change_to(text)
        # The first text of an empty document cannot be undone; later ones can.
        self.document().setUndoRedoEnabled(not self.isReadOnly())
        bar.setValue(place)

    def take_look_of(self, other: ChapterEditor) -> None:
        """Adopts the look and the typing aids of another editor."""
        self.set_page_look(other._page_look)
        self.set_paragraph_style(other._look.style)
        self.typing_help.settings = other.typing_help.settings
        self.know_names(other.known_names)

    def forget_chapters(self) -> None:
        """Releases the documents of all chapters, and shows nothing."""
        self.set_text("", read_only=True)
        self._documents.clear()

    def begin_stream(self, initial: str = "") -> None:
        """Makes the text read-only and shows the end of ``initial``, to which more will be
        appended."""
        self.set_text("", read_only=True)
        self._stream.begin()
        self.append_stream(initial)
        self._scroll_to_end()

    def append_stream(self, text: str) -> None:
        """Appends text. The view follows unless the author has scrolled up to read."""
        follow = self._is_at_end()
        with self._program_at_work():
            self._stream.append(text)
        if follow:
            self._scroll_to_end()

    def end_stream(self) -> None:
        """Makes the text editable again, at the end if the view shows it."""
        with self._program_at_work():
            self._stream.end()
        if self._is_at_end() and not self.textCursor().hasSelection():
            self.moveCursor(QTextCursor.MoveOperation.End)
        self._set_editable(True)

    def undo(self) -> None:
        """Undoes the last step, of the author or a model."""
        super().undo()
        self._look.skip_undone()

    def redo(self) -> None:
        """Redoes what was undone."""
        super().redo()
        self._look.skip_redone()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Starts a paragraph at every Enter; with Shift a line, but in Chinese a paragraph too.

        By default, Qt answers Enter in an empty paragraph by resetting its format, which loses the
        line and the spacing of later paragraphs.
        """
        type_it, before = super().keyPressEvent, self.textCursor().position()
        if self.has_proposal and self.proposal.decides(event):
            return
        with self._proposal_aside():
            if self.isReadOnly() or not self._answer(event):
                self.typing_help.watch(event.text(), lambda: type_it(event))
        if self.has_proposal and self.textCursor().position() != before:
            self.ensureCursorVisible()
        self._follow_line()

    def _answer(self, event: QKeyEvent) -> bool:
        """True if the key is not left to Qt."""
        keys = QKeySequence.StandardKey
        breaks_line = event.matches(keys.InsertLineSeparator)
        if event.matches(keys.InsertParagraphSeparator) or breaks_line:
            self._begin_paragraph(only_line=breaks_line)
        elif event.matches(keys.Undo):
            self.undo()
        elif event.matches(keys.Redo) or event.keyCombination() == _REDO_OF_WINDOWS:
            self.redo()
        elif event.matches(keys.Italic):
            self.toggle_italic()
        elif event.matches(keys.Bold):
            self.toggle_bold()
        else:
            return self._steps(event) or self.typing_help.takes_back(event)
        return True

    def _begin_paragraph(self, *, only_line: bool) -> None:
        cursor = self.textCursor()
        if only_line and self._language is not Language.CHINESE:
            cursor.insertText(LINE_BREAK)
        else:
            cursor.insertBlock(self._look.paragraph())
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Handles punctuation that an input method commits, but not what it composes."""
        type_it = super().inputMethodEvent
        with self._proposal_aside(), self._composition.step(event):
            if self.typing_help.is_blank_first(event.commitString()) and not event.preeditString():
                event.setCommitString("")
            if self._composition.is_under_way or event.preeditString():
                type_it(event)
            else:
                self.typing_help.watch(event.commitString(), lambda: type_it(event))
        self._follow_line()

    @Slot()
    def _follow_cursor(self) -> None:
        # While the program replaces a text, Qt reports positions in an incomplete one.
        if not self._by_program:
            self._marks.follow_cursor()
            self.typing_help.leave_paragraph()

    def _follow_line(self) -> None:
        if not self.isReadOnly():
            self.typewriter.follow()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.focus_left.emit()

    def _turn_to(self, chapter_id: int | None) -> TextPlace | None:
        """Shows the document of a chapter, or of none; returns the author's place in it, if it was
        kept."""
        if chapter_id == self._chapter_id:
            return None
        kept = None if chapter_id is None else self._documents.take(chapter_id)
        if self._chapter_id is not None:
            self._documents.put(self._chapter_id, self.document(), self.place())
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
        if self.has_proposal:
            self.proposal.end()
        with self._program_at_work():
            self._marks.leave_document()
            self._look.end(self.document())
            document.setDocumentMargin(TOP_AND_BOTTOM)
            document.setDefaultFont(self.font())
            self.setDocument(document)
            self._look.begin(document)
            self._look.dress_all()
            self._marks.follow_cursor()
            self.typing_help.leave_document()

    def _change_to(self, text: str) -> None:
        """Applies the differences, which the author can undo; a first text cannot be undone."""
        if not self.text() and not self.document().isUndoAvailable():
            self._replace(text)
            self.moveCursor(QTextCursor.MoveOperation.Start)
        elif not self.shows(text):
            span, middle = changed_middle(self.text(), normalised_text(text, self._language))
            with self._program_at_work():
                self._marks.reveal(None)
                self._change(span, middle)

    def _set_editable(self, editable: bool) -> None:
        self.document().setUndoRedoEnabled(editable)
        self.setReadOnly(not editable)
        self.typewriter.make_room()
        self._retranslate()

    @Slot()
    def _tell_edit(self) -> None:
        if self._by_program or self._look.is_at_work:
            return
        self._marks.reveal(None)
        self.edited.emit()

    def _replace(self, text: str) -> None:
        shown = ShownProse.of(normalised_text(text, self._language))
        with self._program_at_work():
            self._marks.reveal(None)
            self._marks.show_found(())
            self.document().setUndoRedoEnabled(False)
            self.document().clear()
            # Set before the text, so that each new paragraph inherits it.
            cursor = QTextCursor(self.document())
            cursor.setBlockFormat(self._look.paragraph())
            starts = insert_shown(cursor, shown)
            self._look.dress(cursor, self._scenes(shown, starts))

    def _scenes(self, shown: ShownProse, starts: Sequence[int]) -> list[int]:
        both = zip(shown.paragraphs, starts, strict=True)
        return [start for paragraph, start in both if paragraph.is_scene_break]
