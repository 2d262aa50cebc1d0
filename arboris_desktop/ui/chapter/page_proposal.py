"""A model's proposal on the page of a chapter: shown in the text but not part of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Slot
from PySide6.QtWidgets import QWidget

from arboris_desktop.text.insertion import fitted_in
from arboris_desktop.ui.chapter.editor import ChapterEditor

if TYPE_CHECKING:
    from arboris_desktop.ui.chapter.proposal_bar import ProposalBar
    from arboris_desktop.ui.chapter.surface import ChapterSurface

_GAP = 6


class PageProposal(QObject):
    """Shows one proposal at a time, with a bar in the space below it that gets the deciding
    keys."""

    def __init__(self, page: ChapterSurface, editor: ChapterEditor) -> None:
        super().__init__(page)
        self._page, self._editor = page, editor
        self._passage = editor.proposal
        self._bar: ProposalBar | None = None
        self._is_followed = self._has_grown = False
        self._passage.kept.connect(self._tell_kept)
        self._passage.dropped.connect(self._tell_dropped)
        self._passage.moved.connect(self._place_bar)

    @Slot()
    def _tell_kept(self) -> None:
        if self._bar is not None:
            self._bar.show_where(self._passage.whereabouts())
            self._bar.press_keep()

    @Slot()
    def _tell_dropped(self) -> None:
        if self._bar is not None:
            self._bar.show_where(self._passage.whereabouts())
            self._bar.press_drop()

    def add_bar(self, bar: ProposalBar) -> None:
        """Gives a bar its place above the page."""
        bar.setParent(self._editor)
        bar.hide()
        bar.sought.connect(self._passage.bring_into_sight)

    def begin(self, place: int, bar: ProposalBar) -> None:
        """Reserves a position in the text for a proposal, and shows a bar there."""
        self.end()
        self._bar = bar
        bar.installEventFilter(self)
        self._passage.begin(place, self._room(bar))
        bar.show()
        bar.raise_()
        self._is_followed = self._has_grown = True
        self._place_bar()

    def show_words(self, proposal: str) -> None:
        """Shows the proposal so far in its place."""
        if (place := self.place()) is not None:
            self._has_grown = True
            self._passage.show_words(self._fitted(proposal, place))

    def show_exactly(self, text: str) -> None:
        """Shows words with their own spaces, as of a passage that they would replace."""
        self._has_grown = True
        self._passage.show_words(text)

    def place(self) -> int | None:
        """The position in the shown text at which the proposal would be inserted."""
        return self._passage.place()

    def words(self) -> str:
        """The words of the proposal, as shown."""
        return self._passage.words

    def keep(self, proposal: str) -> bool:
        """Inserts the proposal into the text as one undoable step; returns false if that is
        impossible.

        The cursor moves behind it, unless the author is elsewhere.
        """
        place = self.place()
        if place is None or self._editor.isReadOnly():
            return False
        here, scroll = self._editor.selected_range()[1], self._editor.verticalScrollBar().value()
        inserted = self._fitted(proposal, place)
        self.end()
        if not self._page.replace_passage(place, "", inserted):
            return False
        here += len(inserted) if here >= place else 0
        self._editor.select(here, here)
        if here < place:
            self._editor.verticalScrollBar().setValue(scroll)
        return True

    def end(self) -> None:
        """Hides the proposal and its bar."""
        bar, self._bar = self._bar, None
        if bar is not None:
            bar.removeEventFilter(self)
            bar.hide()
        self._passage.end()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Makes space for a bar that has become higher."""
        if watched is self._bar and event.type() == QEvent.Type.LayoutRequest:
            self._place_bar()
        return super().eventFilter(watched, event)

    def _fitted(self, proposal: str, place: int) -> str:
        text = self._page.current_text()
        return fitted_in(proposal, text[:place], text[place:], self._page.language)

    def _room(self, bar: QWidget) -> float:
        return self._height(bar) + 2 * _GAP

    def _width(self, bar: QWidget) -> int:
        wanted = max(self._editor.viewport().width(), bar.minimumSizeHint().width())
        return min(wanted, self._editor.room().width())

    def _height(self, bar: QWidget) -> int:
        return max(bar.heightForWidth(self._width(bar)), bar.minimumSizeHint().height())

    def _place_bar(self) -> None:
        """Places the bar below the words; if their end is out of view, at that edge of the page, or
        at the other one if the author is typing there."""
        if (bar := self._bar) is None:
            return
        if not self._passage.is_shown:
            # Another text is shown.
            self.end()
            return
        bar.show_where(self._passage.whereabouts())
        self._passage.set_room(self._room(bar))
        page = self._editor.room()
        bar.resize(self._width(bar), self._height(bar))
        self._follow(page, bar)
        below = self._passage.room()
        left = max(page.left(), min(below.left(), page.right() - bar.width()))
        wanted, lowest = below.top() + _GAP, page.bottom() - bar.height()
        top = min(max(wanted, page.top()), lowest)
        self._is_followed = top == wanted
        if top != wanted and self._hides_cursor(QRect(QPoint(left, top), bar.size())):
            top = page.top() if top == lowest else lowest
        bar.move(QPoint(left, top))

    def _follow(self, page: QRect, bar: QWidget) -> None:
        """Scrolls with the growing words, unless the author has scrolled away, and never past the
        cursor."""
        grown, self._has_grown = self._has_grown, False
        below = self._passage.room().top() + _GAP + bar.height() - page.bottom()
        over = min(below, self._editor.cursorRect().top())
        if over > 0 and grown and self._is_followed:
            scroll = self._editor.verticalScrollBar()
            scroll.setValue(scroll.value() + over)

    def _hides_cursor(self, place: QRect) -> bool:
        port = self._editor.viewport().pos()
        return place.intersects(self._editor.cursorRect().translated(port))
