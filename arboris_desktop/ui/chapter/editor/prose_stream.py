"""A text that grows at its end while a model writes it, shown in its form at every moment."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.form import in_form
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.document_text import in_blocks, insert_shown
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook

_PARAGRAPH = {
    Language.ENGLISH: lazy_pattern(r"\n[^\S\n]*\n\s*(?=\S)"),
    Language.CHINESE: lazy_pattern(r"\n\s*(?=\S)"),
}
_LINE_FIRST = lazy_pattern(r"[^\S\n]*\n")
_LINE_LAST = lazy_pattern(r"\n[^\S\n]*$")


class ProseStream(QObject):
    """Puts the last paragraph anew where a mark came or a line ended; else adds letters alone."""

    def __init__(self, editor: QTextEdit, look: ParagraphLook) -> None:
        super().__init__(editor)
        self._editor, self._look = editor, look
        self.begin()

    def begin(self) -> None:
        """Nothing has come yet."""
        self._open = self._shown = ""
        self._start = 0

    def append(self, text: str) -> None:
        """Adds what came."""
        if not self._start and not self._open and _LINE_FIRST.match(text):
            # A proposal says by this that it begins a paragraph of its own.
            self._add_paragraph()
            self._start = self._last().position()
        self._open += text
        shown = ShownProse.of(in_form(self._open, self._look.language))
        words = in_blocks(shown)
        if "*" not in self._open and words.startswith(self._shown):
            self._add(words[len(self._shown) :])
        else:
            self._put_anew(shown)
        self._shown = words
        self._settle(shown)

    def end(self) -> None:
        """Nothing more comes."""
        if _LINE_LAST.search(self._open):
            self._add_paragraph()
        self.begin()

    def _add(self, words: str) -> None:
        # A cursor of its own: the author's selection must stay where it is.
        cursor = self._end()
        cursor.beginEditBlock()
        cursor.insertText(words, QTextCharFormat())
        block, starts = self._last(), []
        for _ in range(words.count("\n") + 1 if "\n" in words else 0):
            starts.append(block.position())
            block = block.previous()
        self._look.dress(cursor, starts)
        cursor.endEditBlock()

    def _put_anew(self, shown: ShownProse) -> None:
        cursor = self._end()
        cursor.setPosition(self._start, QTextCursor.MoveMode.KeepAnchor)
        cursor.beginEditBlock()
        self._look.dress(QTextCursor(cursor), insert_shown(cursor, shown))
        cursor.endEditBlock()

    def _settle(self, shown: ShownProse) -> None:
        """Lets the paragraphs before the last one be: nothing that comes can change them."""
        found = list(_PARAGRAPH[self._look.language].finditer(self._open))
        last = shown.paragraphs[-1]
        if not found:
            return
        rest = self._open[found[-1].end() :]
        if in_form(rest, self._look.language) == last.stored:
            self._open, self._shown = rest, in_blocks(ShownProse([last]))
            self._start = self._last().position()

    def _add_paragraph(self) -> None:
        self._end().insertBlock(self._look.paragraph(), QTextCharFormat())

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor

    def _last(self) -> QTextBlock:
        return self._editor.document().lastBlock()
