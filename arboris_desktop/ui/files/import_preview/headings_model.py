"""The headings of a file as a table: ticked ones open chapters, titles can be edited."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFont, QPalette

from arboris_desktop.exchange.correction import FRONT_KEY
from arboris_desktop.exchange.preview import FoundHeading
from arboris_desktop.ui.files.import_preview.words import note_words
from arboris_desktop.ui.widgets.plain_text import plain_tooltip

_NO_PARENT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_Index = QModelIndex | QPersistentModelIndex


class HeadingColumn(IntEnum):
    """A column of the table."""

    NUMBER = 0
    TITLE = 1
    LENGTH = 2
    NOTE = 3


class HeadingsModel(QAbstractTableModel):
    """Shows the text before the headings, and the headings with their state.

    ``found`` are all, ``kept`` those that remain after the author's corrections, with their
    lengths; ``left_out`` are keys of chapters that are not imported.
    """

    ticked = Signal(int, bool)
    """The key of a heading, and whether it should be one."""

    renamed = Signal(int, str)
    """The key of a heading and its new title."""

    def __init__(self) -> None:
        super().__init__()
        self._found: Sequence[FoundHeading] = ()
        self._kept: Mapping[int, FoundHeading] = {}
        self._left_out: Collection[int] = ()

    def show_headings(
        self,
        found: Sequence[FoundHeading],
        kept: Sequence[FoundHeading],
        left_out: Collection[int],
    ) -> None:
        """Shows these headings.

        Unchanged rows stay, except the first, which comes and goes with the text before the
        headings.
        """
        before, after = ([one.key for one in rows] for rows in (self._found, found))
        comes, goes = after == [FRONT_KEY, *before], before == [FRONT_KEY, *after]
        if comes:
            self.beginInsertRows(_NO_PARENT, 0, 0)
        elif goes:
            self.beginRemoveRows(_NO_PARENT, 0, 0)
        elif before != after:
            self.beginResetModel()
        self._found, self._left_out = found, left_out
        self._kept = {heading.key: heading for heading in kept}
        if comes:
            self.endInsertRows()
        elif goes:
            self.endRemoveRows()
        elif before != after:
            self.endResetModel()
        if found:
            last = self.index(len(found) - 1, len(HeadingColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def heading(self, row: int) -> FoundHeading:
        """Returns the heading in a row, after the corrections."""
        found = self._found[row]
        return self._kept.get(found.key, found)

    def is_kept(self, row: int) -> bool:
        """True if the heading in a row is ticked."""
        return self._found[row].key in self._kept

    def is_front(self, row: int) -> bool:
        """True for the text before the first heading."""
        return self._found[row].key == FRONT_KEY

    def can_merge(self, rows: Collection[int]) -> bool:
        """True if each of these rows can become text of a chapter before it."""
        above: FoundHeading | None = None
        for row, heading in enumerate(self._found):
            if row in rows:
                if above is None or above.is_volume:
                    return False
            elif self.is_kept(row):
                above = heading
        return bool(rows)

    def next_line(self, row: int) -> int | None:
        """Returns the end of the text below a heading: the next one that is ticked."""
        following = (one.line for one in self._found[row + 1 :] if one.key in self._kept)
        return next((line for line in following if line > self._found[row].line), None)

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._found)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(HeadingColumn)

    def flags(self, index: _Index) -> Qt.ItemFlag:
        flags = super().flags(index)
        if index.column() == HeadingColumn.NUMBER and not self.is_front(index.row()):
            flags |= Qt.ItemFlag.ItemIsUserCheckable
        if index.column() == HeadingColumn.TITLE and self.is_kept(index.row()):
            flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), HeadingColumn(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.CheckStateRole and column is HeadingColumn.NUMBER:
            if self.is_front(row):
                return None
            return Qt.CheckState.Checked if self.is_kept(row) else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.TextAlignmentRole and column is HeadingColumn.LENGTH:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole:
            found = self._found[row]
            return plain_tooltip(found.text or found.sample)
        return self._look(row, role)

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        key = self._found[index.row()].key
        if role == Qt.ItemDataRole.CheckStateRole:
            self.ticked.emit(key, Qt.CheckState(value) is Qt.CheckState.Checked)
            return True
        title = " ".join(str(value).split())
        if role == Qt.ItemDataRole.EditRole and title != self.heading(index.row()).title:
            self.renamed.emit(key, title)
            return True
        return False

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(HeadingColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT if section == HeadingColumn.LENGTH else _LEFT
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        names = [self.tr("Heading"), self.tr("Title"), self.tr("Length"), self.tr("Note")]
        return names[section]

    def retranslate(self) -> None:
        """Makes views read all texts again."""
        if self._found:
            last = self.index(len(self._found) - 1, len(HeadingColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(HeadingColumn) - 1)

    def _text(self, row: int, column: HeadingColumn) -> str:
        heading = self.heading(row)
        if column is HeadingColumn.NUMBER:
            return heading.label
        if column is HeadingColumn.TITLE:
            return heading.title
        if not self.is_kept(row):
            return self.tr("is text") if column is HeadingColumn.NOTE else ""
        if column is HeadingColumn.LENGTH:
            return f"{heading.length:,}" if heading.length or not heading.is_volume else ""
        if heading.key in self._left_out:
            return self.tr("not imported")
        return note_words(heading.note)

    def _look(self, row: int, role: int) -> Any:
        is_gone = not self.is_kept(row) or self._found[row].key in self._left_out
        if role == Qt.ItemDataRole.ForegroundRole and is_gone:
            return QPalette().color(QPalette.ColorRole.PlaceholderText)
        if role == Qt.ItemDataRole.FontRole and self._found[row].is_volume:
            font = QFont()
            font.setBold(True)
            return font
        return None
