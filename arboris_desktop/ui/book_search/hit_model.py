"""The places that were found in a book, as rows: each chapter, then its places."""

from __future__ import annotations

from enum import IntEnum
from functools import lru_cache
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
    """The ``BookPlace`` of a hit; of a chapter nothing."""
    FOUND = Qt.ItemDataRole.UserRole + 1
    """The ``Span`` of what was found in the words of the row."""


@record
class _Row:
    """A chapter, or a place in one: its number there."""

    hits: ChapterHits
    number: int | None = None


@lru_cache(maxsize=2000)  # asked for again at each repaint
def _excerpt(text: str, span: Span) -> tuple[str, Span]:
    return excerpt(text, span)


class HitModel(QAbstractListModel):
    """Lists every place; words are made of a row when it is painted, however many there are."""

    ticks_changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.hits = BookHits(Wanted(""))
        self._rows: list[_Row] = []
        self._left_out: set[tuple[int, int]] = set()
        self._choosing = False

    def show_hits(self, hits: BookHits) -> None:
        """Shows other places; those that were left out are in again if the words are others, and
        else stay out wherever they stand now."""
        self.beginResetModel()
        same = hits.wanted == self.hits.wanted
        self._left_out = self._still_left_out(hits) if same else set()
        self.hits = hits
        self._rows = [
            row
            for chapter in hits.chapters
            for row in (_Row(chapter), *(_Row(chapter, n) for n in range(len(chapter.spans))))
        ]
        self.endResetModel()

    def _still_left_out(self, hits: BookHits) -> set[tuple[int, int]]:
        before = {each.chapter.id: each for each in self.hits.chapters}
        return {
            (chapter.chapter.id, number)
            for chapter in hits.chapters
            if (old := before.get(chapter.chapter.id)) is not None
            for number in self._followed(old, chapter)
        }

    def _followed(self, old: ChapterHits, new: ChapterHits) -> list[int]:
        """The numbers now of the places in a chapter that were left out."""
        out = [n for n in range(len(old.spans)) if (old.chapter.id, n) in self._left_out]
        if not out or old.text == new.text:
            return out
        from arboris_desktop.text.following import follow

        places = {follow(old.spans[number], old.text, new.text) for number in out}
        return [number for number, span in enumerate(new.spans) if span in places]

    def set_choosing(self, choosing: bool) -> None:
        """Offers a tick for each place, or none."""
        self._choosing = choosing
        if self._rows:
            self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))

    def chosen(self) -> dict[int, list[int]]:
        """The numbers of the ticked places, by chapter."""
        return {
            each.chapter.id: [
                number
                for number in range(len(each.spans))
                if (each.chapter.id, number) not in self._left_out
            ]
            for each in self.hits.chapters
        }

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own default
        """As many as chapters and places."""
        return 0 if parent.isValid() else len(self._rows)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Chapters are headings; in a choice they tick all of their places."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        flags = Qt.ItemFlag.ItemIsEnabled
        if self._row(index).number is not None:
            flags |= Qt.ItemFlag.ItemIsSelectable
        if self._choosing:
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        return flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words of a row, and what lies behind them."""
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
        """Ticks a place, or all of a chapter."""
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
        self.dataChanged.emit(self.index(0), self.index(len(self._rows) - 1))
        self.ticks_changed.emit()
        return True

    def _row(self, index: Index) -> _Row:
        return self._rows[index.row()]

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
