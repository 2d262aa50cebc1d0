"""Draws a task in two lines, with the one button that it has."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.row_painting import (
    ICON,
    Index,
    RowDelegate,
    colours_of,
    draw_elided,
    paint_icon,
)

_MARGIN = 8
_LEADING = 2
_PADDING = 10


class TaskDelegate(RowDelegate):
    """Says which task's button was clicked.

    Only the mouse reaches it; the keyboard has the same command in the panel's menu. One
    painter serves any number of rows, where a widget in each would not.
    """

    button_clicked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPersistentModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and the air around them."""
        del index
        return QSize(160, 2 * option.fontMetrics.height() + _LEADING + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the row, its icon, the two lines and the button."""
        self.paint_ground(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        button = button_area(option, index)
        area = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if not button.isEmpty():
            area.setRight(button.left() - _MARGIN)
        paint_icon(painter, option, index, area)
        _paint_lines(painter, option, index, area.adjusted(ICON + _MARGIN, 0, 0, 0))
        if not button.isEmpty():
            _paint_button(painter, option, button, str(index.data(TaskRole.BUTTON)))
        painter.restore()

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
        hit = button_area(option, index).contains(mouse.position().toPoint())
        if mouse.button() is not Qt.MouseButton.LeftButton or not hit:
            return False
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed = QPersistentModelIndex(index)
        elif self._pressed == index:
            self._pressed = QPersistentModelIndex()
            self.button_clicked.emit(index.data(TaskRole.ID))
        return True


def button_area(option: QStyleOptionViewItem, index: Index) -> QRect:
    """The place of a row's button; empty if it has none."""
    word = str(index.data(TaskRole.BUTTON))
    if not word:
        return QRect()
    width = option.fontMetrics.horizontalAdvance(word) + 2 * _PADDING
    height = option.fontMetrics.height() + 10
    row = option.rect
    top = row.top() + (row.height() - height) // 2
    return QRect(row.right() - _MARGIN - width, top, width, height)


def _paint_lines(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect
) -> None:
    first, second = colours_of(option)
    below = area.translated(0, option.fontMetrics.height() + _LEADING)
    for role, place, text in (
        (first, area, str(index.data())),
        (second, below, str(index.data(TaskRole.LINE))),
    ):
        painter.setPen(option.palette.color(role))
        draw_elided(painter, option.fontMetrics, place, text)


def _paint_button(painter: QPainter, option: QStyleOptionViewItem, area: QRect, label: str) -> None:
    palette = option.palette
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    edge = QPalette.ColorRole.Accent if hovered else QPalette.ColorRole.Mid
    painter.setPen(QPen(palette.color(edge), 1))
    painter.setBrush(palette.color(QPalette.ColorRole.Button))
    painter.drawRoundedRect(area, 5, 5)
    painter.setPen(palette.color(QPalette.ColorRole.ButtonText))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, label)
