"""Draws a task in two lines, with its button and a mark for news."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontMetrics, QMouseEvent, QPainter, QPalette, QPen
from PySide6.QtWidgets import QStyle, QStyleOptionViewItem

from arboris_desktop.ui.tasks.task_list_model import TaskRole
from arboris_desktop.ui.widgets.row_painting import (
    ICON,
    Index,
    RowDelegate,
    colours_of,
    draw_at_the_right,
    draw_elided,
    paint_icon,
)

_MARGIN = 8
_LEADING = 2
_PADDING = 10
_DOT = 4.0


class TaskDelegate(RowDelegate):
    """Reports whose button was clicked.

    Only the mouse can use it; the keyboard has the same command in the panel's menu. One painter
    serves any number of rows, unlike a widget per row.
    """

    button_clicked = Signal(int)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pressed = QPersistentModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Returns the size of two lines with padding."""
        del index
        return QSize(160, 2 * option.fontMetrics.height() + _LEADING + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the background of the row, its icon, the unread mark, the lines and the button."""
        self.paint_ground(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        button = button_area(option, index)
        area = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        if not button.isEmpty():
            area.setRight(button.left() - _MARGIN)
        picture = paint_icon(painter, option, index, area)
        if index.data(TaskRole.UNREAD):
            _paint_dot(painter, option.palette, picture)
        _paint_lines(painter, option, index, area.adjusted(ICON + _MARGIN, 0, 0, 0))
        if not button.isEmpty():
            _paint_button(painter, option, button, index)
        painter.restore()

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Treats a press and a release on the same button as a click."""
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
    """Returns the rectangle of a row's button; empty if it has none."""
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
    words, quiet = colours_of(option)
    metrics = option.fontMetrics
    time = str(index.data(TaskRole.WHEN))
    painter.setPen(option.palette.color(quiet))
    first = QRect(area.left(), area.top(), area.width(), metrics.height())
    draw_at_the_right(painter, metrics, first, time)
    below = first.translated(0, metrics.height() + _LEADING)
    draw_elided(painter, metrics, below, str(index.data(TaskRole.LINE)))
    painter.setPen(option.palette.color(words))
    font = QFont(option.font)
    font.setBold(bool(index.data(TaskRole.UNREAD)))
    painter.setFont(font)
    beside = metrics.horizontalAdvance(time) + _MARGIN if time else 0
    draw_elided(painter, QFontMetrics(font), first.adjusted(0, 0, -beside, 0), str(index.data()))


def _paint_dot(painter: QPainter, palette: QPalette, picture: QRect) -> None:
    """Paints the unread mark."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Accent))
    middle = QPointF(picture.center().x() + 0.5, picture.bottom() + _DOT + 5)
    painter.drawEllipse(middle, _DOT, _DOT)


def _paint_button(
    painter: QPainter, option: QStyleOptionViewItem, area: QRect, index: Index
) -> None:
    """In the accent where it is the next step: a task that failed waits for the author."""
    palette, roles = option.palette, QPalette.ColorRole
    is_next_step = bool(index.data(TaskRole.RETRYABLE))
    hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
    edge = roles.Accent if hovered or is_next_step else roles.Mid
    painter.setPen(QPen(palette.color(edge), 1))
    painter.setBrush(palette.color(roles.Button))
    painter.drawRoundedRect(area, 5, 5)
    painter.setFont(option.font)
    painter.setPen(palette.color(roles.Accent if is_next_step else roles.ButtonText))
    painter.drawText(area, Qt.AlignmentFlag.AlignCenter, str(index.data(TaskRole.BUTTON)))
