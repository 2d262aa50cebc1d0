"""Paints a row of the tree: the name to the left, the state in small letters to the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from arboris_desktop.ui.novels.chapter_tree_model import TreeRole

_GAP = 10
_STATE_SHARE = 0.45
"""At most this share of a row is the state's; the name has the rest."""


class ChapterDelegate(QStyledItemDelegate):
    """Leaves everything but the state to the style."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Rows with some air between them."""
        return super().sizeHint(option, index) + QSize(0, 8)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paints the row; a state that does not fit is cut with an ellipsis."""
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        style = row.widget.style()
        whole = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, row, row.widget)
        font = _small(row.font)
        state = self._state(font, index, whole.width())
        taken = QFontMetrics(font).horizontalAdvance(state) + _GAP if state else 0
        row.text = row.fontMetrics.elidedText(
            row.text, Qt.TextElideMode.ElideRight, whole.width() - taken - _GAP
        )
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        self._paint_state(painter, row, whole, font, state)

    def _state(self, font: QFont, index: QModelIndex | QPersistentModelIndex, width: int) -> str:
        state = str(index.data(TreeRole.STATE_TEXT) or "")
        room = round(width * _STATE_SHARE)
        return QFontMetrics(font).elidedText(state, Qt.TextElideMode.ElideRight, room)

    def _paint_state(
        self, painter: QPainter, row: QStyleOptionViewItem, area: QRect, font: QFont, state: str
    ) -> None:
        selected = bool(row.state & QStyle.StateFlag.State_Selected)
        role = (
            QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
        )
        painter.save()
        painter.setFont(font)
        painter.setPen(row.palette.color(role))
        alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(0, 0, -_GAP // 2, 0), alignment, state)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
    return small
