"""Words that may be wrong: underlined with a wave, with suggestions in the context menu.

Only visible text is checked, some time after the last key; the words are judged elsewhere.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QAction, QColor, QTextBlock, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QMenu, QTextEdit
from shiboken6 import isValid

from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.editor.marks_in_view import MarksInView, blocks_in_view, cursor_over
from arboris_desktop.ui.widgets.mnemonics import literal
from arboris_desktop.ui.widgets.text_offsets import spans_to_utf16
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_MOST_KEPT = 2_000

Places = Sequence[tuple[int, int]]


class SpellingMarks(MarksInView):
    """Caches results by paragraph, and requests missing ones."""

    wanted = Signal(object)
    """Visible paragraphs (a tuple) to be judged; ``learn`` answers."""
    suggestions_wanted = Signal(str, object)
    """A word, and the menu that waits for suggestions; ``offer`` answers."""
    word_added = Signal(str)
    """The author says that a word is right."""

    def __init__(self, editor: QTextEdit) -> None:
        super().__init__(editor)
        self._is_on = False
        self._judged: OrderedDict[str, Places] = OrderedDict()
        self._asked: set[str] = set()
        editor.cursorPositionChanged.connect(self._look_soon)

    @property
    def is_on(self) -> bool:
        """True if words are judged."""
        return self._is_on

    def switch(self, on: bool) -> None:
        """Starts or stops; earlier results are discarded."""
        self._is_on = on
        self._judged.clear()
        self._asked.clear()
        if on:
            self._look_soon()
        else:
            self._show([])

    def learn(self, judged: Mapping[str, Sequence[Span]]) -> None:
        """Stores the positions of wrong words in requested paragraphs."""
        for text, spans in judged.items():
            if text in self._asked:
                self._asked.discard(text)
                self._judged[text] = spans_to_utf16(text, spans)
        while len(self._judged) > _MOST_KEPT:
            self._judged.popitem(last=False)
        self._look()

    def marks(self) -> list[QTextEdit.ExtraSelection]:
        """The waves below the visible words."""
        colour = QColor(tone_colours(self._editor.palette(), Tone.BAD).text)
        return self._underlined(QTextCharFormat.UnderlineStyle.WaveUnderline, colour)

    # --- what is in view ---

    def _is_wanted(self) -> bool:
        return self._is_on

    @Slot()
    def _look(self) -> None:
        if not self._is_on or self._editor.isReadOnly():
            self._show([])
            return
        unknown, marked = [], []
        for block in blocks_in_view(self._editor):
            places = self._judged.get(block.text())
            if places is None:
                unknown.append(block.text())
                marked += [each for each in self._marked if _lies_in(each, block)]
            else:
                self._judged.move_to_end(block.text())
                marked += self._faults(block, places)
        self._show(marked)
        new = tuple(dict.fromkeys(text for text in unknown if text not in self._asked))
        if new:
            self._asked.update(new)
            self.wanted.emit(new)

    def _faults(self, block: QTextBlock, places: Places) -> list[QTextCursor]:
        """Returns all but the word being typed."""
        at = self._editor.textCursor().position() - block.position()
        return [cursor_over(block, place) for place in places if place[1] != at]

    # --- the context menu ---

    def fault_at(self, position: int) -> QTextCursor | None:
        """Returns a cursor that selects the wrong word at a position."""
        block = self._editor.document().findBlock(position)
        at = position - block.position()
        places = self._judged.get(block.text(), ()) if self._is_on else ()
        around = (place for place in places if place[0] <= at <= place[1])
        return next((cursor_over(block, place) for place in around), None)

    def is_unjudged(self, position: int) -> bool:
        """True if the words at a position have not been judged yet: a dictionary may be loading."""
        block = self._editor.document().findBlock(position)
        return self._is_on and block.length() > 1 and block.text() not in self._judged

    def fill_unjudged(self, menu: QMenu) -> None:
        """Says in a menu why it has no suggestions yet."""
        actions = menu.actions()
        waits = QAction(self.tr("The spelling is being checked…"), menu)
        waits.setEnabled(False)
        menu.insertAction(actions[0], waits)
        menu.insertSeparator(actions[0])

    def fill(self, menu: QMenu, fault: QTextCursor) -> None:
        """Adds actions for a wrong word at the top of a menu."""
        word, first = fault.selectedText(), menu.actions()[0]
        waits = QAction(self.tr("Looking for suggestions…"), menu)
        waits.setObjectName("suggestions")
        waits.setEnabled(False)
        waits.setData(fault)
        add = QAction(self.tr("Add to the Novel’s Words"), menu)
        add.triggered.connect(lambda: self.word_added.emit(word))
        menu.insertActions(first, [waits, add])
        menu.insertSeparator(first)
        self.suggestions_wanted.emit(word, menu)

    def offer(self, menu: QMenu, words: Sequence[str]) -> None:
        """Adds suggestions to the waiting menu, if it is still open."""
        waits = menu.findChild(QAction, "suggestions") if isValid(menu) else None
        if waits is None:
            return
        if not words:
            waits.setText(self.tr("No suggestions"))
            return
        fault = waits.data()
        for word in words:
            action = QAction(literal(word), menu)
            action.triggered.connect(lambda _checked=False, word=word: fault.insertText(word))
            menu.insertAction(waits, action)
        menu.removeAction(waits)


def _lies_in(cursor: QTextCursor, block: QTextBlock) -> bool:
    return cursor.hasSelection() and block.contains(cursor.selectionStart())
