"""Paints a row of the tree: icon and name at the left, the length in small type at the right."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from arboris_desktop.ui.novels.chapter_tree_model import TreeRole
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.wording import OWN_STATUS_ICONS

ROW_HEIGHT = 30
_GAP = 10
_STATUS = 14


class ChapterDelegate(QStyledItemDelegate):
    """Leaves everything but the length to the style."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Returns rows with some padding, higher only if the font needs it."""
        wanted = super().sizeHint(option, index)
        return QSize(wanted.width(), max(ROW_HEIGHT, option.fontMetrics.height() + 8))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paints the row, eliding a name that does not fit."""
        row = QStyleOptionViewItem(option)
        self.initStyleOption(row, index)
        style = row.widget.style()
        whole = style.subElementRect(QStyle.SubElement.SE_ItemViewItemText, row, row.widget)
        font = _small(row.font)
        length = str(index.data(TreeRole.LENGTH) or "")
        taken = QFontMetrics(font).horizontalAdvance(length) + _GAP if length else 0
        chapter = index.data(TreeRole.OVERVIEW)
        status = None if chapter is None else OWN_STATUS_ICONS.get(chapter.own_status)
        if status is not None:
            taken += _STATUS + _GAP // 2
        row.text = row.fontMetrics.elidedText(
            row.text, Qt.TextElideMode.ElideRight, whole.width() - taken - _GAP
        )
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, row, painter, row.widget)
        self._paint_length(painter, row, whole, font, length)
        if status is not None:
            place = QRect(whole.right() - taken + _GAP // 2, 0, _STATUS, _STATUS)
            place.moveCenter(QPoint(place.center().x(), row.rect.center().y()))
            selected = row.state & QStyle.StateFlag.State_Selected
            mode = QIcon.Mode.Selected if selected else QIcon.Mode.Normal
            icon(status).paint(painter, place, Qt.AlignmentFlag.AlignCenter, mode)

    def _paint_length(
        self, painter: QPainter, row: QStyleOptionViewItem, area: QRect, font: QFont, length: str
    ) -> None:
        selected = bool(row.state & QStyle.StateFlag.State_Selected)
        role = (
            QPalette.ColorRole.HighlightedText if selected else QPalette.ColorRole.PlaceholderText
        )
        painter.save()
        painter.setFont(font)
        painter.setPen(row.palette.color(role))
        alignment = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area.adjusted(0, 0, -_GAP // 2, 0), alignment, length)
        painter.restore()


def _small(font: QFont) -> QFont:
    small = QFont(font)
    small.setPointSizeF(max(7.0, font.pointSizeF() * 0.88))
    return small
