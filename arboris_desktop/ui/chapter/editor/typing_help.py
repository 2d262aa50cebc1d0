"""Typing aids: typographic marks in place of those on a keyboard."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import TypingSettings
from arboris_desktop.text.typing_help import TypedChange, help_typing
from arboris_desktop.ui.chapter.editor.document_text import as_stored


@record
class _Made:
    """The last replacement, with what tells whether anything has happened since."""

    change: TypedChange
    revision: int
    position: int


class TypingHelp(QObject):
    """Replaces typed characters; the next Backspace, and each Undo, restores what was typed."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self.language = Language.ENGLISH
        self.settings = TypingSettings()
        self._made: _Made | None = None
        self._paragraph: QTextCursor | None = None
        editor.cursorPositionChanged.connect(self.forget)

    def watch(self, typed: str, type_it: Callable[[], None]) -> None:
        """Runs a key event, and replaces the character if exactly that was added."""
        if len(typed) != 1 or self._editor.isReadOnly():
            type_it()
            return
        start, before = self._place()
        type_it()
        cursor = self._editor.textCursor()
        end, after = self._place()
        if cursor.hasSelection() or end != start + 1 or after != before + typed:
            return
        change = help_typing(before, typed, self.language, self.settings)
        if change is not None:
            self._replace(change.held + 1, change.becomes)
            revision = self._editor.document().revision()
            self._made = _Made(change, revision, self._editor.textCursor().position())

    def leave_paragraph(self) -> None:
        """Normalises the asterisks of a scene break once the author has left it."""
        here, left = self._editor.textCursor(), self._paragraph
        self._paragraph = QTextCursor(here.block())
        document = self._editor.document()
        if left is None or self._editor.isReadOnly() or document.isRedoAvailable():
            return
        if left.document() == document and left.block() != here.block():
            left.movePosition(QTextCursor.MoveOperation.EndOfBlock)
            as_stored(left)

    def is_blank_first(self, typed: str) -> bool:
        """True for a space before a paragraph: its indentation is drawn, and never stored."""
        cursor = self._editor.textCursor()
        is_blank = typed.isspace() and typed not in ("\r", "\n")
        return is_blank and cursor.atBlockStart() and not cursor.hasSelection()

    def takes_back(self, event: QKeyEvent) -> bool:
        """Returns true for a Backspace right after a replacement, which it undoes, and for a space
        that would not be stored."""
        if self.is_blank_first(event.text()):
            return True
        made, cursor = self._made, self._editor.textCursor()
        if (
            made is None
            or event.key() != Qt.Key.Key_Backspace
            or event.modifiers() != Qt.KeyboardModifier.NoModifier
            or cursor.hasSelection()
            or (self._editor.document().revision(), cursor.position())
            != (made.revision, made.position)
        ):
            return False
        self._replace(len(made.change.becomes), made.change.plain)
        self._made = None
        return True

    def _place(self) -> tuple[int, str]:
        """Returns the beginning of the selection, and the text of its paragraph before it."""
        start = self._editor.textCursor().selectionStart()
        block = self._editor.document().findBlock(start)
        # UTF-16 on both sides, unlike a slice of a Python string.
        cursor = QTextCursor(block)
        cursor.setPosition(start, QTextCursor.MoveMode.KeepAnchor)
        return start, cursor.selectedText()

    def _replace(self, length: int, text: str) -> None:
        """Every replaced mark is one UTF-16 unit long."""
        cursor = self._editor.textCursor()
        cursor.setPosition(cursor.position() - length, QTextCursor.MoveMode.KeepAnchor)
        cursor.insertText(text)
        self._editor.setTextCursor(cursor)
        self._editor.ensureCursorVisible()

    def leave_document(self) -> None:
        """Follows another document."""
        self._paragraph = None
        self.forget()

    @Slot()
    def forget(self) -> None:
        """Forgets the last replacement."""
        self._made = None
