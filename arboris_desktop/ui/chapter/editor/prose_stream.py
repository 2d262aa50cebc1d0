"""A text that grows while a model writes it, always shown in the form in which it is stored."""

from __future__ import annotations

from itertools import takewhile

from PySide6.QtCore import QObject
from PySide6.QtGui import QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.text.normal_form import normalised_input
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.scenes import is_scene_break
from arboris_desktop.text.shown_prose import ShownProse
from arboris_desktop.ui.chapter.editor.document_text import insert_shown
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook

_LINE_FIRST = lazy_pattern(r"[^\S\n]*\n")
_LINE_LAST = lazy_pattern(r"\n[^\S\n]*$")
_END = "\0"


class ProseStream(QObject):
    """Appends characters within a line; at line ends and marks, it rewrites what they change.

    The meaning of a line end may only show in the lines that follow.
    """

    def __init__(self, editor: QTextEdit, look: ParagraphLook) -> None:
        super().__init__(editor)
        self._editor, self._look = editor, look
        self.begin()

    def begin(self) -> None:
        """Starts with an empty text."""
        self._came = self._line = ""
        self._shown = [""]
        self._first = 0

    def append(self, text: str) -> None:
        """Appends text."""
        if not self._came and _LINE_FIRST.match(text):
            # By this, a proposal says that it begins a paragraph of its own.
            self._add_paragraph()
            self._first = 1
        before, lines = self._line.strip(), f"{self._line}{text}{_END}".splitlines()
        self._came, self._line = self._came + text, lines[-1].removesuffix(_END)
        if len(lines) == 1 and before and _is_plain(before) and _is_plain(self._line):
            self._add(self._line.strip().removeprefix(before))
        else:
            self._put(ShownProse.of(normalised_input(self._came, self._look.language)))

    def end(self) -> None:
        """Ends the text."""
        if _LINE_LAST.search(self._came):
            self._add_paragraph()
        self.begin()

    def _add(self, words: str) -> None:
        # A separate cursor, so that the author's selection stays where it is.
        self._end().insertText(words, QTextCharFormat())
        self._shown[-1] += words

    def _add_paragraph(self) -> None:
        self._end().insertBlock(self._look.paragraph(), QTextCharFormat())

    def _put(self, shown: ShownProse) -> None:
        """Shows paragraphs, keeping unchanged ones at the beginning."""
        new = [paragraph.stored for paragraph in shown.paragraphs]
        same = _number_alike(self._shown, new)
        if (
            same == len(self._shown) - 1
            and same < len(new)
            and _goes_on(self._shown[-1], new[same])
        ):
            self._add(new[same].removeprefix(self._shown[-1]))
            same += 1
        if same < max(len(new), len(self._shown)):
            # At least one is replaced: removing the last one alone would leave its block.
            same = min(same, len(new) - 1)
            self._put_from(same, ShownProse(shown.paragraphs[same:]))
        self._shown = new

    def _put_from(self, number: int, rest: ShownProse) -> None:
        cursor = self._end()
        cursor.beginEditBlock()
        if number == len(self._shown):
            cursor.insertBlock(self._look.paragraph(), QTextCharFormat())
        else:
            block = self._editor.document().findBlockByNumber(self._first + number)
            cursor.setPosition(block.position(), QTextCursor.MoveMode.KeepAnchor)
        self._look.dress(QTextCursor(cursor), insert_shown(cursor, rest))
        cursor.endEditBlock()

    def _end(self) -> QTextCursor:
        cursor = QTextCursor(self._editor.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        return cursor


def _is_plain(line: str) -> bool:
    return "*" not in line and not is_scene_break(line)


def _goes_on(shown: str, new: str) -> bool:
    """True if a single-line paragraph was only extended."""
    is_one_line = "\n" not in new
    return bool(shown) and is_one_line and new.startswith(shown) and _is_plain(shown + new)


def _number_alike(shown: list[str], new: list[str]) -> int:
    pairs = takewhile(lambda pair: pair[0] == pair[1], zip(shown, new, strict=False))
    return sum(1 for _pair in pairs)
