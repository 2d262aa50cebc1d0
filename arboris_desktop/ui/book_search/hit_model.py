"""The matches in a book as rows: each chapter, then its matches."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from enum import IntEnum
from functools import lru_cache
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from arboris_desktop.domain.codex import BookPlace
from arboris_desktop.domain.record import record
from arboris_desktop.text.book_finding import excerpt
from arboris_desktop.text.finding import Wanted
from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.numbers import number
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import bracketed, overview_name
from arboris_desktop.writing.book_search import BookHits, ChapterHits

Index = QModelIndex | QPersistentModelIndex


class HitRole(IntEnum):
    """The data of a row besides its words."""

    PLACE = Qt.ItemDataRole.UserRole
    """The ``BookPlace`` of a match; nothing for a chapter."""
    FOUND = Qt.ItemDataRole.UserRole + 1
    """The ``Span`` of the match within the text of the row."""


@record
class _Row:
    """A chapter, or the index of a match in it."""

    hits: ChapterHits
    number: int | None = None


@lru_cache(maxsize=2000)  # Cached, since every repaint asks for it.
def _excerpt(text: str, span: Span) -> tuple[str, Span]:
    return excerpt(text, span)


def _followed(out: list[int], old: ChapterHits, new: ChapterHits) -> list[int]:
    """Returns the present indices of the unticked matches in a chapter."""
    if old.text == new.text:
        return out
    from arboris_desktop.text.passage_tracking import follow

    places = {follow(old.spans[place], old.text, new.text) for place in out}
    return [place for place, span in enumerate(new.spans) if span in places]


class HitModel(QAbstractListModel):
    """Lists every place; a row is made when it is looked at, however many there are."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hits = BookHits(Wanted(""))
        self._starts: list[int] = []
        self._count = 0
        self._left_out: set[tuple[int, int]] = set()
        self._choosing = False

    def show_hits(self, hits: BookHits) -> None:
        """Shows other matches.

        Unticked ones are ticked again if the query differs, and otherwise stay unticked wherever
        they are now.
        """
        self.beginResetModel()
        same = hits.wanted == self.hits.wanted
        self._left_out = self._still_left_out(hits) if same else set()
        self.hits = hits
        rows = [1 + len(chapter.spans) for chapter in hits.chapters]
        self._starts, self._count = list(accumulate(rows, initial=0))[:-1], sum(rows)
        self.endResetModel()

    def _still_left_out(self, hits: BookHits) -> set[tuple[int, int]]:
        if not self._left_out:
            return set()
        left_out: dict[int, list[int]] = {}
        for chapter_id, place in sorted(self._left_out):
            left_out.setdefault(chapter_id, []).append(place)
        before = {each.chapter.id: each for each in self.hits.chapters}
        return {
            (chapter.chapter.id, place)
            for chapter in hits.chapters
            if (out := left_out.get(chapter.chapter.id))
            for place in _followed(out, before[chapter.chapter.id], chapter)
        }

    def set_choosing(self, choosing: bool) -> None:
        """Shows a tick for each match, or none."""
        self._choosing = choosing
        if self._count:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))

    def chosen_count(self) -> int:
        """The number of the ticked places."""
        return self.hits.count - len(self._left_out)

    def near(self, place: BookPlace) -> QModelIndex:
        """The row of a place, or of the one that stands there now; none if its chapter has none."""
        for start, chapter in zip(self._starts, self.hits.chapters, strict=True):
            if chapter.chapter.id == place.chapter_id and chapter.spans:
                at = bisect_left(chapter.spans, place.start or 0, key=lambda span: span.start)
                return self.index(start + 1 + min(at, len(chapter.spans) - 1))
        return QModelIndex()

    def chosen(self) -> dict[int, list[int]]:
        """Returns the indices of the ticked matches, by chapter."""
        return {
            each.chapter.id: [
                number
                for number in range(len(each.spans))
                if (each.chapter.id, number) not in self._left_out
            ]
            for each in self.hits.chapters
        }

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """Returns the number of chapters and matches."""
        return 0 if parent.isValid() else self._count

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Makes chapters headings that tick all of their matches."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled
        if self._row(index).number is not None:
            flags |= Qt.ItemFlag.ItemIsSelectable
        if self._choosing:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text of a row, and its other data."""
        if not index.isValid():
            return None
        row = self._row(index)
        if role == Qt.ItemDataRole.CheckStateRole:
            return self._tick(row) if self._choosing else None
        if row.number is None:
            return self._of_chapter(row, role)
        span = row.hits.spans[row.number]
        if role == HitRole.PLACE:
            return BookPlace(row.hits.chapter.id, span.start, span.end)
        words, found = _excerpt(row.hits.text, span)
        answers: dict[int, Any] = {
            Qt.ItemDataRole.DisplayRole: words,
            Qt.ItemDataRole.ToolTipRole: plain_tooltip(words),
            HitRole.FOUND: found,
        }
        return answers.get(role)

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Ticks a match, or all of a chapter."""
        is_tick = role == Qt.ItemDataRole.CheckStateRole and index.isValid()
        if not is_tick or not self._choosing:
            return False
        row = self._row(index)
        numbers = range(len(row.hits.spans)) if row.number is None else (row.number,)
        places = {(row.hits.chapter.id, number) for number in numbers}
        if Qt.CheckState(value) is Qt.CheckState.Checked:
            self._left_out -= places
        else:
            self._left_out |= places
        self.dataChanged.emit(self.index(0), self.index(self._count - 1))
        self.ticks_changed.emit()
        return True

    def _row(self, index: Index) -> _Row:
        chapter = bisect_right(self._starts, index.row()) - 1
        place = index.row() - self._starts[chapter] - 1
        return _Row(self.hits.chapters[chapter], None if place < 0 else place)

    def _of_chapter(self, row: _Row, role: int) -> Any:
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return bracketed(overview_name(row.hits.chapter), number(len(row.hits.spans)))

    def _tick(self, row: _Row) -> Qt.CheckState:
        numbers = range(len(row.hits.spans)) if row.number is None else (row.number,)
        out = sum((row.hits.chapter.id, number) in self._left_out for number in numbers)
        if out == 0:
            return Qt.CheckState.Checked
        return Qt.CheckState.Unchecked if out == len(numbers) else Qt.CheckState.PartiallyChecked
