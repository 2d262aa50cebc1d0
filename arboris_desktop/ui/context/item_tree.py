"""The pieces of a context by kind: name, length as a number and a bar, and reason."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
    Slot,
)
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import (
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeWidget,
    QTreeWidgetItem,
    QWidget,
)

from arboris_desktop.domain.context import ContextItem
from arboris_desktop.ui.context.words import item_kind, item_name, verdict
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.numbers import round_number
from arboris_desktop.ui.widgets.plain_text import plain_tooltip

_ITEM = Qt.ItemDataRole.UserRole
_SHARE = Qt.ItemDataRole.UserRole + 1
_NAME, _TOKENS, _WHY = range(3)
_NAME_WIDTH, _TOKENS_WIDTH = 260, 150
_ROOM = 10


class ItemTree(Translated, QTreeWidget):
    """Shows pieces; ``item_chosen`` reports the selected one."""

    item_chosen = Signal(object)
    """A ``ContextItem``, or ``None``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown: tuple[ContextItem, ...] = ()
        self._rows: list[QTreeWidgetItem] = []
        self.setColumnCount(3)
        self.setAlternatingRowColors(True)
        self.setUniformRowHeights(True)
        self.setItemDelegateForColumn(_TOKENS, _TokenDelegate(self))
        header = self.header()
        header.resizeSection(_NAME, _NAME_WIDTH)
        header.resizeSection(_TOKENS, _TOKENS_WIDTH)
        header.setSectionResizeMode(_WHY, QHeaderView.ResizeMode.Stretch)
        self.currentItemChanged.connect(self._tell_chosen)
        self._retranslate()

    def show_items(self, items: Iterable[ContextItem]) -> None:
        """Replaces the pieces and keeps the selection.

        Bars are drawn in proportion to the largest kind.
        """
        chosen = self.chosen()
        self._shown = tuple(items)
        self._rows = []
        kinds = [
            (kind, tuple(group)) for kind, group in groupby(self._shown, key=lambda item: item.kind)
        ]
        largest = max((_sum(group) for _kind, group in kinds), default=0)
        self.blockSignals(True)
        self.clear()
        for kind, group in kinds:
            self._add_section(item_kind(kind), group, largest)
        self.expandAll()
        self.blockSignals(False)
        self._choose_again(chosen)

    def chosen(self) -> ContextItem | None:
        """The selected piece; ``None`` for a heading or nothing."""
        row = self.currentItem()
        return None if row is None else row.data(_NAME, _ITEM)

    def _retranslate(self) -> None:
        self.setHeaderLabels([self.tr("Piece"), self.tr("Tokens"), self.tr("Why")])
        self.show_items(self._shown)

    def _add_section(self, name: str, items: tuple[ContextItem, ...], largest: int) -> None:
        section = QTreeWidgetItem(self, [f"{name} ({len(items)})"])
        font = section.font(_NAME)
        font.setBold(True)
        section.setFont(_NAME, font)
        # All rows are as high as the first one.
        section.setSizeHint(_NAME, QSize(0, self.fontMetrics().height() + _ROOM))
        _set_tokens(section, _sum(items), largest)
        for item in items:
            row = QTreeWidgetItem(section, [item_name(item), "", verdict(item)])
            row.setData(_NAME, _ITEM, item)
            self._rows.append(row)
            for column in (_NAME, _WHY):
                row.setToolTip(column, plain_tooltip(row.text(column)))
            _set_tokens(row, item.tokens, largest)

    def _choose_again(self, item: ContextItem | None) -> None:
        for row in self._rows:
            found = row.data(_NAME, _ITEM)
            if item is not None and (found.kind, found.key) == (item.kind, item.key):
                self.setCurrentItem(row)
                return
        self.item_chosen.emit(None)

    @Slot()
    def _tell_chosen(self) -> None:
        self.item_chosen.emit(self.chosen())


def _sum(items: Iterable[ContextItem]) -> int:
    return sum(item.tokens for item in items)


def _set_tokens(row: QTreeWidgetItem, count: int, largest: int) -> None:
    row.setText(_TOKENS, round_number(count))
    row.setTextAlignment(_TOKENS, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    row.setData(_TOKENS, _SHARE, count / largest if largest else 0.0)


class _TokenDelegate(QStyledItemDelegate):
    """Draws the share as a bar at the left of the number."""

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draws a cell."""
        super().paint(painter, option, index)
        share = index.data(_SHARE) or 0.0
        if share <= 0:
            return
        rect: QRect = option.rect
        width = max(round((rect.width() - 64) * min(share, 1.0)), 2)
        bar = QRect(rect.left() + 4, rect.center().y() - 3, width, 7)
        palette: QPalette = option.palette
        painter.fillRect(bar, palette.color(QPalette.ColorRole.Accent))
