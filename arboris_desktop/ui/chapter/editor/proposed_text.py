"""Words of a model that are displayed in a text without being part of it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtCore import QObject, QRectF, Slot
from PySide6.QtGui import QColor, QPalette, QTextBlock, QTextCharFormat, QTextCursor, QTextLayout
from PySide6.QtWidgets import QTextEdit

from arboris_desktop.text.shown_prose import ShownParagraph, ShownProse
from arboris_desktop.ui.chapter.editor.document_text import LINE_BREAK, style
from arboris_desktop.ui.chapter.editor.paragraph_look import ParagraphLook
from arboris_desktop.ui.widgets.text_offsets import units

GROUND_ALPHA = 38
"""The opacity of the accent colour on the page, which has to suit all page colours."""

_NOTHING = ShownProse.of("")


class ProposedText(QObject):
    """Lays words out at the end of a paragraph, like the preedit text of an input method.

    The document does not contain them: they are not saved, counted, found, checked or undone.
    """

    def __init__(
        self,
        editor: QTextEdit,
        look: ParagraphLook,
        at_work: Callable[[], AbstractContextManager[None]],
    ) -> None:
        super().__init__(editor)
        self._editor, self._look, self._at_work = editor, look, at_work
        self._anchor: QTextCursor | None = None
        self._words = _NOTHING
        self._room = 0.0
        # Not the block itself, since a deleted one would still be accessed.
        self._where: QTextCursor | None = None
        self._put = self._composed = ""
        self._its_looks: list[QTextLayout.FormatRange] = []
        self._is_aside = False
        editor.textChanged.connect(self.restore)

    @property
    def anchor(self) -> QTextCursor | None:
        """The position in the document where the words would be inserted; it moves with the
        text."""
        return self._anchor

    @property
    def has_words(self) -> bool:
        """True if there is something to keep."""
        return bool(self._words.text.strip())

    @property
    def words(self) -> str:
        """The words as shown."""
        return self._words.text

    def begin(self, anchor: QTextCursor, room: float) -> None:
        """Reserves a position, with free space of some height below its paragraph."""
        self.end()
        self._anchor, self._words, self._room = anchor, _NOTHING, room
        self.restore()

    def show_words(self, words: ShownProse) -> None:
        """Replaces the shown words."""
        self._words = words
        self.restore()

    def set_room(self, room: float) -> None:
        """Changes the height of the free space."""
        if room != self._room:
            self._room = room
            self.restore()

    def end(self) -> None:
        """Shows nothing any more."""
        self._anchor, self._words = None, _NOTHING
        self._take_out()

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Removes the words from the layout while Qt moves, types or composes in it.

        Otherwise Qt would take their positions for those of the document.
        """
        if self._anchor is None or self._is_aside:
            yield
            return
        bar = self._editor.verticalScrollBar()
        before = bar.value()
        self._is_aside = True
        self._take_out()
        without = bar.value()
        try:
            yield
        finally:
            self._is_aside = False
            moved = bar.value() - without
            self.restore()
            bar.setValue(before + moved)

    @Slot()
    def restore(self) -> None:
        """Restores the words, which Qt drops when a composition ends."""
        if self._anchor is None or self._is_aside:
            return
        block = self.block
        if self._where is not None and self._where.block() != block:
            self._take_out()
        layout, at = block.layout(), block.length() - 1
        if layout.preeditAreaText() != self._put:
            # The present composition of the input method, if any.
            self._composed, self._its_looks = layout.preeditAreaText(), layout.formats()
        if self._composed and layout.preeditAreaPosition() != at:
            # A paragraph has only one preedit position: the words return when it is free.
            self._where, self._put = None, layout.preeditAreaText()
            return
        length = units(self._composed)
        text, looks = self._laid_out(block, at + length)
        if (layout.preeditAreaPosition(), layout.preeditAreaText()) != (at, self._composed + text):
            self._where, self._put = _beginning(block), self._composed + text
            own = self._its_looks if length else []
            self._change(layout, at, self._put, [*own, *looks])

    def last_line(self) -> QRectF:
        """Returns the last line of the words, or of the paragraph, in document coordinates."""
        return self._line_of(self._composed + self._text(self.block))

    def extent(self) -> QRectF:
        """Returns the lines of the words, in document coordinates; none without words."""
        if self._anchor is None or not self.has_words:
            return QRectF()
        first = self._line_of(self._composed + self._lead(self.block))
        return first.united(self.last_line())

    def _line_of(self, before: str) -> QRectF:
        """Returns the line that continues after something laid out behind the paragraph."""
        if self._anchor is None:
            return QRectF()
        block = self.block
        line = block.layout().lineForTextPosition(block.length() - 1 + units(before))
        top = self._editor.document().documentLayout().blockBoundingRect(block).topLeft()
        return line.rect().translated(top) if line.isValid() else QRectF(top, top)

    def _take_out(self) -> None:
        where, self._where = self._where, None
        put, self._put, self._composed = self._put, "", ""
        if where is not None and (layout := where.block().layout()).preeditAreaText() == put:
            self._change(layout, -1, "", [])

    def _change(
        self, layout: QTextLayout, at: int, text: str, formats: list[QTextLayout.FormatRange]
    ) -> None:
        cursor = QTextCursor(self._editor.document())
        with self._at_work():
            cursor.beginEditBlock()
            layout.setPreeditArea(at, text)
            layout.setFormats(formats)
            cursor.endEditBlock()

    @property
    def block(self) -> QTextBlock:
        """The paragraph below which the words are shown, or in whose last line they begin."""
        if (anchor := self._anchor) is None:
            return QTextBlock()
        block = anchor.block()
        is_before_it = anchor.atBlockStart() and not anchor.atBlockEnd()
        return block.previous() if is_before_it and block.previous().isValid() else block

    # --- how they are laid out ---

    def _laid_out(self, block: QTextBlock, at: int) -> tuple[str, list[QTextLayout.FormatRange]]:
        words = self._text(block)
        formats = [_range(at, units(words), self._ground())] if self.has_words else []
        for start, text, look in self._styled(block):
            look.merge(self._ground())
            formats.append(_range(at + start, units(text), look))
        lines = math.ceil(self._room / self._look.line_height())
        return words + LINE_BREAK * lines, formats

    def _text(self, block: QTextBlock) -> str:
        parts = (each.text.replace("\n", LINE_BREAK) for each in self._paragraphs())
        return self._lead(block) + self._look.in_lines().join(parts)

    def _paragraphs(self) -> Sequence[ShownParagraph]:
        """Returns the lines with words; a last empty one only separates them from the text
        behind."""
        paragraphs = list(self._words.paragraphs)
        while len(paragraphs) > 1 and not paragraphs[-1].text:
            paragraphs.pop()
        return paragraphs

    def _lead(self, block: QTextBlock) -> str:
        """Puts words amid a paragraph below it, and those before one into a paragraph of their
        own."""
        if self._anchor is None or not self.has_words or self._anchor.atBlockEnd():
            return ""
        return LINE_BREAK if self._anchor.block() == block else self._look.in_lines()

    def _styled(self, block: QTextBlock) -> Iterator[tuple[int, str, QTextCharFormat]]:
        start, gap = units(self._lead(block)), units(self._look.in_lines())
        for paragraph in self._paragraphs():
            place = start
            for run in paragraph.runs:
                if run.italic or run.bold:
                    yield place, run.text, style(italic=run.italic, bold=run.bold)
                place += units(run.text)
            start += units(paragraph.text) + gap

    def _ground(self) -> QTextCharFormat:
        colour = QColor(self._editor.palette().color(QPalette.ColorRole.Accent))
        colour.setAlpha(GROUND_ALPHA)
        ground = QTextCharFormat()
        ground.setBackground(colour)
        return ground


def _beginning(block: QTextBlock) -> QTextCursor:
    cursor = QTextCursor(block)
    cursor.setKeepPositionOnInsert(True)
    return cursor


def _range(start: int, length: int, look: QTextCharFormat) -> QTextLayout.FormatRange:
    part = QTextLayout.FormatRange()
    part.start, part.length, part.format = start, length, look
    return part
