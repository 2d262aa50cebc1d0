"""Costs as a table: a row for each task, chapter, day, novel or model."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from arboris_desktop.domain.costs import CostGrouping, CostReport, CostRow
from arboris_desktop.ui.costs.words import grouping_name, money, row_name
from arboris_desktop.ui.widgets.plain_text import plain_tooltip

_NO_PARENT = QModelIndex()
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class CostColumn(IntEnum):
    """A column of the table."""

    NAME = 0
    CALLS = 1
    READ = 2
    CACHED = 3
    WRITTEN = 4
    MONEY = 5


class CostTableModel(QAbstractTableModel):
    """Shows the report it was last given, sorted as the author wants."""

    def __init__(self) -> None:
        super().__init__()
        self._report: CostReport | None = None
        self._rows: list[CostRow] = []

    @property
    def report(self) -> CostReport | None:
        """The shown report."""
        return self._report

    def show_report(self, report: CostReport) -> None:
        """Shows a report in its own order."""
        self.beginResetModel()
        self._report = report
        self._rows = list(report.rows)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(CostColumn)

    def data(
        self,
        index: QModelIndex | QPersistentModelIndex,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if not index.isValid() or self._report is None:
            return None
        column = CostColumn(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(self._rows[index.row()], column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column is not CostColumn.NAME:
            return _RIGHT
        if role == Qt.ItemDataRole.ToolTipRole and column is CostColumn.NAME:
            return plain_tooltip(self._text(self._rows[index.row()], column))
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(CostColumn):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _LEFT if section == CostColumn.NAME else _RIGHT
        return self.headings()[section] if role == Qt.ItemDataRole.DisplayRole else None

    def headings(self) -> list[str]:
        """Returns the headings of the columns."""
        grouping = self._report.grouping if self._report else CostGrouping.TASK
        return [
            grouping_name(grouping),
            self.tr("Calls"),
            self.tr("Tokens read"),
            self.tr("Of these cached"),
            self.tr("Tokens written"),
            self.tr("Cost"),
        ]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sorts by a column; -1 is the report's own order."""
        if self._report is None:
            return
        self.layoutAboutToBeChanged.emit()
        rows = list(self._report.rows)
        if column >= 0:
            descending = order is Qt.SortOrder.DescendingOrder
            rows.sort(key=_sort_key(CostColumn(column), self._report.grouping), reverse=descending)
        self._rows = rows
        self.layoutChanged.emit()

    def retranslate(self) -> None:
        """Makes views read all texts again."""
        if self._rows:
            last = self.index(len(self._rows) - 1, len(CostColumn) - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(CostColumn) - 1)

    def _text(self, row: CostRow, column: CostColumn) -> str:
        assert self._report is not None
        if column is CostColumn.NAME:
            return row_name(row, self._report.grouping)
        if column is CostColumn.MONEY:
            return money(row.spent)
        counts = {
            CostColumn.CALLS: row.calls,
            CostColumn.READ: row.spent.usage.prompt_tokens,
            CostColumn.CACHED: row.spent.usage.cached_tokens,
            CostColumn.WRITTEN: row.spent.usage.completion_tokens,
        }
        return f"{counts[column]:,}"


def _sort_key(column: CostColumn, grouping: CostGrouping) -> Callable[[CostRow], Any]:
    if column is CostColumn.NAME:
        if grouping is CostGrouping.CHAPTER:
            return lambda row: (row.novel.casefold(), row.number or 0)
        if grouping is CostGrouping.DAY:
            return lambda row: row.key
        return lambda row: row_name(row, grouping).casefold()
    if column is CostColumn.MONEY:
        # Currencies cannot be compared, so sort by the largest amount in any of them.
        return lambda row: max(row.spent.money.values(), default=0.0)
    counts: dict[CostColumn, Callable[[CostRow], Any]] = {
        CostColumn.CALLS: lambda row: row.calls,
        CostColumn.READ: lambda row: row.spent.usage.prompt_tokens,
        CostColumn.CACHED: lambda row: row.spent.usage.cached_tokens,
        CostColumn.WRITTEN: lambda row: row.spent.usage.completion_tokens,
    }
    return counts[column]
