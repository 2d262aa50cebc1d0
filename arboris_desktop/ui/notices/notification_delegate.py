"""Draws a notification in two lines: its title and time, and below what was found."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyleOptionViewItem

from arboris_desktop.ui.notices.notification_list_model import NotificationRole
from arboris_desktop.ui.widgets.row_painting import (
    ICON,
    Index,
    RowDelegate,
    colours_of,
    draw_elided,
    paint_icon,
)

_MARGIN = 10
_DOT = 4.0
_LEADING = 3


class NotificationDelegate(RowDelegate):
    """Unread is bold and bears a dot; the words for screen readers come from the model."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines and the air around them."""
        del index
        return QSize(120, 2 * option.fontMetrics.height() + _LEADING + 2 * _MARGIN)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground of the row, its icon, the dot and the two lines."""
        self.paint_ground(painter, option, index)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = option.rect.adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        picture = paint_icon(painter, option, index, area)
        if not index.data(NotificationRole.IS_READ):
            _paint_dot(painter, option.palette, picture)
        _paint_lines(painter, option, index, area.adjusted(ICON + _MARGIN, 0, 0, 0))
        painter.restore()


def _paint_dot(painter: QPainter, palette: QPalette, picture: QRect) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(palette.color(QPalette.ColorRole.Accent))
    middle = QPointF(picture.center().x() + 0.5, picture.bottom() + _DOT + 5)
    painter.drawEllipse(middle, _DOT, _DOT)


def _paint_lines(
    painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect
) -> None:
    words, quiet = colours_of(option)
    height = option.fontMetrics.height()
    time = str(index.data(NotificationRole.WHEN))
    time_width = option.fontMetrics.horizontalAdvance(time)
    first = QRect(area.left(), area.top(), area.width(), height)
    second = first.translated(0, height + _LEADING)
    painter.setPen(option.palette.color(quiet))
    painter.drawText(first, Qt.AlignmentFlag.AlignRight, time)
    draw_elided(painter, option.fontMetrics, second, str(index.data(NotificationRole.MESSAGE)))
    painter.setPen(option.palette.color(words))
    font = QFont(option.font)
    font.setBold(not index.data(NotificationRole.IS_READ))
    painter.setFont(font)
    title = first.adjusted(0, 0, -time_width - _MARGIN, 0)
    draw_elided(painter, QFontMetrics(font), title, str(index.data()))
