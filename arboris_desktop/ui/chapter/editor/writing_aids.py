"""Visual aids for writing: typewriter scrolling, and dimming all but the focused part."""

from __future__ import annotations

from PySide6.QtCore import QObject, Slot
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.text.prose import sentence_around
from arboris_desktop.ui.chapter.text_focus import TextFocus
from arboris_desktop.ui.widgets.text_offsets import from_utf16, to_utf16

_HEIGHT = 0.45
"""The height of the current line in the view, as a share from the top."""
_FREE_BELOW = 0.5
"""The share of the view that is empty when the text is scrolled to its end."""


class Typewriter(QObject):
    """Keeps the current line at one height, like a typewriter, if switched on; always leaves space
    below the end."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._editor = editor
        self._is_on = self._is_extending = False
        editor.verticalScrollBar().rangeChanged.connect(self.make_room)

    @property
    def is_on(self) -> bool:
        """True if typewriter scrolling is on."""
        return self._is_on

    def switch(self, on: bool) -> None:
        """Switches typewriter scrolling on or off."""
        if on == self._is_on:
            return
        self._is_on = on
        self.make_room()
        self.follow()

    def follow(self) -> None:
        """Brings the line of the cursor to its height; the first one with the margin above it."""
        bar, height = self._editor.verticalScrollBar(), self._editor.viewport().height()
        if self._is_on:
            middle = self._editor.cursorRect().center().y()
            bar.setValue(bar.value() + middle - round(_HEIGHT * height))
        elif is_in_first_line(self._editor.textCursor()):
            bar.setValue(0)

    @Slot()
    def make_room(self) -> None:
        """Lets the last line scroll up as well. Qt emits a range before it clamps the value."""
        if self._is_extending:
            return
        self._is_extending = True
        bar, height = self._editor.verticalScrollBar(), self._editor.viewport().height()
        text = round(self._editor.document().size().height())
        bar.setMaximum(max(0, text + round(self._free() * height) - height))
        self._is_extending = False

    def _free(self) -> float:
        """Returns the share of the view that may be empty below the end; none for a growing
        text."""
        if self._is_on:
            return 1 - _HEIGHT
        return 0.0 if self._editor.isReadOnly() else _FREE_BELOW


def is_in_first_line(cursor: QTextCursor) -> bool:
    """True if no text is above the cursor."""
    if cursor.blockNumber():
        return False
    line = cursor.block().layout().lineForTextPosition(cursor.position())
    return not line.isValid() or line.lineNumber() == 0


def part_in_focus(cursor: QTextCursor, focus: TextFocus) -> tuple[int, int]:
    """Returns the Qt positions between which the text is not dimmed."""
    block = cursor.block()
    start, end = block.position(), block.position() + block.length() - 1
    if focus is not TextFocus.SENTENCE:
        return start, end
    text = block.text()
    span = sentence_around(text, from_utf16(text, cursor.position() - start))
    return start + to_utf16(text, span.start), start + to_utf16(text, span.end)
