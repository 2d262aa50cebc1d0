"""The text of a page with marks in it: a passage, search matches, comments."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Signal
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtWidgets import QMenu, QWidget

from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.chapter.editor.prose_text import ProseText
from arboris_desktop.ui.chapter.editor.spelling_marks import SpellingMarks
from arboris_desktop.ui.chapter.editor.text_marks import TextMarks
from arboris_desktop.ui.chapter.text_focus import TextFocus

if TYPE_CHECKING:
    from arboris_desktop.text.known_names import KnownNames
    from arboris_desktop.ui.chapter.editor.proposed_passage import ProposedPassage

_LINE_ENDS = str.maketrans("\u2029\u2028", "\n\n")


class MarkedText(ProseText):
    """Marks places, given in characters of ``text``."""

    comment_entered = Signal(object)
    """The number of the comment at the cursor, or ``None``."""
    card_wanted = Signal(int, QPoint)
    """The mouse rests on the name of a codex entry with this number, at this screen position."""
    entry_opened = Signal(int)
    """The author wants to see a codex entry."""

    def __init__(self, parent: QWidget | None, *, font_points: int) -> None:
        super().__init__(parent, font_points=font_points)
        self._marks = TextMarks(self)
        self._marks.comment_entered.connect(self.comment_entered)

    @property
    def spelling(self) -> SpellingMarks:
        """The marks below words that may be wrong."""
        return self._marks.spelling

    @property
    def known_names(self) -> KnownNames | None:
        """The names of the codex that are marked, if any."""
        return self._marks.known_names

    def know_names(self, names: KnownNames | None) -> None:
        """Marks the names of codex entries in an editable text, or none."""
        self._marks.know_names(names)

    def viewportEvent(self, event: QEvent) -> bool:
        """Requests the card of the name under the mouse."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            entry = self._marks.entry_below(event.pos())
            if entry is not None:
                self.card_wanted.emit(entry, event.globalPos())
                return True
        return super().viewportEvent(event)

    @cached_property
    def proposal(self) -> ProposedPassage:
        """The words that a model proposes, which are not part of the text."""
        from arboris_desktop.ui.chapter.editor.proposed_passage import ProposedPassage

        return ProposedPassage(self, self._look, self._program_at_work)

    @property
    def has_proposal(self) -> bool:
        """True if the page shows words that are not part of the text."""
        return "proposal" in vars(self) and self.proposal.is_shown

    def _proposal_aside(self) -> AbstractContextManager[None]:
        return self.proposal.aside() if self.has_proposal else nullcontext()

    def cursorForPosition(self, point: QPoint) -> QTextCursor:
        """Returns a cursor for a point: Qt counts a proposal's words as the document's."""
        at = self.proposal.position_at(point) if self.has_proposal else None
        if at is None:
            return super().cursorForPosition(point)
        cursor = QTextCursor(self.document())
        cursor.setPosition(at)
        return cursor

    def _fill_menu(self, menu: QMenu, position: int) -> None:
        if self.isReadOnly():
            return
        if (fault := self.spelling.fault_at(position)) is not None:
            self.spelling.fill(menu, fault)
        elif self.spelling.is_unjudged(position):
            self.spelling.fill_unjudged(menu)
        if (entry := self._marks.entry_at(position)) is not None:
            show = menu.addAction(self.tr("Show in the Codex"))
            show.triggered.connect(lambda: self.entry_opened.emit(entry))

    @property
    def text_focus(self) -> TextFocus:
        """The part of the text that is not dimmed."""
        return self._marks.focus

    def set_text_focus(self, focus: TextFocus) -> None:
        """Dims all but the paragraph or the sentence of the cursor, or nothing."""
        self._marks.set_focus(focus)

    def reveal(self, start: int, end: int) -> None:
        """Scrolls to the characters from ``start`` to ``end`` and marks them until an edit."""
        passage = self._cursor(Span(start, end))
        self._marks.reveal(QTextCursor(passage))
        passage.setPosition(passage.selectionStart())
        self.setTextCursor(passage)
        above = self.cursorRect(passage).top() - self.viewport().height() // 3
        self.verticalScrollBar().setValue(self.verticalScrollBar().value() + above)

    def revealed_text(self) -> str:
        """The marked passage, if any."""
        revealed = self._marks.revealed
        return "" if revealed is None else revealed.selectedText().translate(_LINE_ENDS)

    def show_found(self, spans: Sequence[Span]) -> None:
        """Marks the search matches, which must be sorted."""
        self._marks.show_found(self._places(self._shown(), spans))

    def show_leaving(self, passage: Span | None) -> None:
        """Strikes through a passage and puts the cursor after it; or removes the strike."""
        leaving = None if passage is None else self._cursor(passage)
        self._marks.show_leaving(leaving)
        if leaving is not None:
            end = QTextCursor(leaving)
            end.setPosition(leaving.selectionEnd())
            self.setTextCursor(end)

    def show_comments(self, spans: Mapping[int, Span]) -> None:
        """Marks the passages with comments, by the numbers of the comments."""
        places = self._places(self._shown(), list(spans.values()))
        self._marks.show_comments(dict(zip(spans, places, strict=True)))

    def show_stored_comments(self, stored: str, spans: Mapping[int, Span]) -> None:
        """Marks passages of a stored text that have comments, if that text is being edited here."""
        if not self.isReadOnly() and self.shows(stored):
            from arboris_desktop.text.position_mapping import mapped

            here = self.text()
            self.show_comments({n: mapped(at, stored, here) for n, at in spans.items()})

    def comment_at_cursor(self) -> int | None:
        """The number of the comment at the cursor."""
        return self._marks.comment_at(self.textCursor().position())
