"""Searching the text of the chapter for the find bar."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Slot

from arboris_desktop.text.finding import (
    Found,
    PatternError,
    PatternTooSlowError,
    find_all,
    replacement,
)
from arboris_desktop.ui.chapter.editor import ChapterEditor
from arboris_desktop.ui.chapter.find.bar import FindBar
from arboris_desktop.ui.numbers import number

_SETTLE_MS = 60
"""Milliseconds after a change of the text, which a model changes many times a second."""


class Finder(QObject):
    """Marks every match, moves between them, and replaces."""

    def __init__(self, bar: FindBar, editor: ChapterEditor) -> None:
        super().__init__(bar)
        self._bar, self._editor = bar, editor
        self._text = ""
        self._found: list[Found] = []
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(_SETTLE_MS)
        self._again.timeout.connect(self._look)
        bar.wanted_changed.connect(self._look_from_here)
        bar.next_requested.connect(self.go_on)
        bar.previous_requested.connect(self.go_back)
        bar.replace_requested.connect(self._replace)
        bar.replace_all_requested.connect(self._replace_all)
        bar.closed.connect(self._end)
        editor.textChanged.connect(self._note_change)

    def open(self, *, replace: bool) -> None:
        """Starts a search, with the selection if it is on one line."""
        start, end = self._editor.selected_range()
        selected = self._editor.text()[start:end]
        self._bar.open("" if "\n" in selected else selected, replace=replace)
        self._look()

    @Slot()
    def go_on(self) -> None:
        """Selects the next match; after the last comes the first."""
        self._look()
        _start, end = self._editor.selected_range()
        later = (each for each in self._found if each.span.start >= end)
        self._select(next(later, self._found[0] if self._found else None))

    @Slot()
    def go_back(self) -> None:
        """Selects the previous match; before the first comes the last."""
        self._look()
        start, _end = self._editor.selected_range()
        earlier = (each for each in reversed(self._found) if each.span.end <= start)
        self._select(next(earlier, self._found[-1] if self._found else None))

    @Slot()
    def _look_from_here(self) -> None:
        """Searches for another query, from the present position on."""
        self._look()
        start, _end = self._editor.selected_range()
        later = (each for each in self._found if each.span.start >= start)
        self._select(next(later, self._found[0] if self._found else None))

    @Slot()
    def _note_change(self) -> None:
        if self._bar.isVisible():
            self._again.start()

    @Slot()
    def _look(self) -> None:
        self._again.stop()
        self._text, self._found = self._editor.text(), []
        trouble = ""
        try:
            self._found = find_all(self._text, self._bar.wanted())
        except PatternError:
            trouble = self.tr("Incomplete pattern")
        except PatternTooSlowError:
            trouble = self.tr("This pattern takes too long")
        self._editor.show_found([each.span for each in self._found])
        self._bar.offer(found=bool(self._found), can_replace=not self._editor.isReadOnly())
        self._bar.show_result(trouble or self._count())

    def _count(self) -> str:
        if not self._bar.words.text():
            return ""
        if not self._found:
            return self.tr("Not found")
        place = self._selected()
        if place is None:
            return self.tr("{count} found").format(count=number(len(self._found)))
        place_number = self._found.index(place) + 1
        return self.tr("{number} of {count}").format(
            number=number(place_number), count=number(len(self._found))
        )

    def _selected(self) -> Found | None:
        """Returns the selected match, if any."""
        chosen = self._editor.selected_range()
        spans = ((each.span.start, each.span.end) for each in self._found)
        return next((e for e, span in zip(self._found, spans, strict=True) if span == chosen), None)

    def _select(self, found: Found | None) -> None:
        if found is not None:
            self._editor.select(found.span.start, found.span.end)
            self._bar.show_result(self._count())

    @Slot()
    def _replace(self) -> None:
        """Replaces the selected match, and moves to the next."""
        self._look()
        place = self._selected()
        if place is not None:
            self._put([place])
        self.go_on()

    @Slot()
    def _replace_all(self) -> None:
        self._look()
        count = len(self._found)
        if self._put(self._found):
            self._look()
            self._bar.show_result(self.tr("{count} replaced").format(count=number(count)))

    def _put(self, places: list[Found]) -> bool:
        if self._editor.isReadOnly():
            return False
        template, wanted = self._bar.replacement.text(), self._bar.wanted()
        try:
            new = [(p.span, replacement(p, self._text, template, wanted)) for p in places]
        except PatternError:
            self._bar.show_result(
                self.tr("The replacement refers to a group that the pattern does not have")
            )
            return False
        self._editor.replace_spans(new)
        return True

    @Slot()
    def _end(self) -> None:
        self._again.stop()
        self._editor.show_found([])
        self._editor.setFocus()
