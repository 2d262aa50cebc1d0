"""A button in the last cell of each row that can be tried again."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from arboris_desktop.ui.tasks.task_table_model import TaskRole
from arboris_desktop.ui.widgets.icons import icon

Index = QModelIndex | QPersistentModelIndex

_ICON = 16
_MARGIN = 3


class RetryDelegate(QStyledItemDelegate):
    """Draws the cell's word as a button and says which task was clicked.

    Only the mouse reaches it; the keyboard has the same command in the panel's menu. One
    painter serves any number of rows, where a widget in each would not.
    """

    retry_clicked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPersistentModelIndex()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the row, then the button, if the task can be tried again."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        label, ground.text = ground.text, ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)
        if index.data(TaskRole.RETRYABLE):
            self._paint_button(painter, option, index, label)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Room for the icon, the word and the button's edge."""
        words = option.fontMetrics.horizontalAdvance(str(index.data() or ""))
        return QSize(words + _ICON + 30, super().sizeHint(option, index).height())

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """A press and a release on the same button is a click."""
        if event.type() not in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease):
            return super().editorEvent(event, model, option, index)
        mouse = cast(QMouseEvent, event)
        hit = _button_area(option.rect).contains(mouse.position().toPoint())
        if mouse.button() is not Qt.MouseButton.LeftButton or not hit:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = QPersistentModelIndex(index)
        elif self._pressed == index and index.data(TaskRole.RETRYABLE):
            self._pressed = QPersistentModelIndex()
            self.retry_clicked.emit(index.data(TaskRole.ID))
        return bool(index.data(TaskRole.RETRYABLE))

    def _paint_button(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, label: str
    ) -> None:
        area = _button_area(option.rect)
        palette = option.palette
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = QPalette.ColorRole.Accent if hovered else QPalette.ColorRole.Mid
        painter.setPen(QPen(palette.color(edge), 1))
        painter.setBrush(palette.color(QPalette.ColorRole.Button))
        painter.drawRoundedRect(area, 5, 5)
        painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
        self._paint_content(painter, area, label)
        painter.restore()

    @staticmethod
    def _paint_content(painter: QPainter, area: QRect, label: str) -> None:
        picture = QRect(area.left() + 7, area.center().y() - _ICON // 2 + 1, _ICON, _ICON)
        icon("retry").paint(painter, picture)
        words = area.adjusted(_ICON + 11, 0, -4, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, label)


def _button_area(cell: QRect) -> QRect:
    return cell.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
