"""Painting of two-line rows, shared by delegates."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

ICON = 18


class RowDelegate(QStyledItemDelegate):
    """Leaves the background of a row to the style; subclasses paint the contents."""

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the row without its text and its icon."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.icon = QIcon()
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)


def paint_icon(painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> QRect:
    """Paints the icon at the beginning of a row; returns its rectangle."""
    place = QRect(area.left(), area.top(), ICON, ICON)
    mode = QIcon.Mode.Selected if _is_selected(option) else QIcon.Mode.Normal
    index.data(Qt.ItemDataRole.DecorationRole).paint(
        painter, place, Qt.AlignmentFlag.AlignCenter, mode
    )
    return place


def colours_of(option: QStyleOptionViewItem) -> tuple[QPalette.ColorRole, QPalette.ColorRole]:
    """Returns the colours of the text of a row, and of its muted text."""
    roles = QPalette.ColorRole
    if _is_selected(option):
        return roles.HighlightedText, roles.HighlightedText
    return roles.Text, roles.PlaceholderText


def draw_elided(painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> None:
    """Draws one elided line."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    # From the base line, so that taller characters of a fallback font do not move the others.
    painter.drawText(area.left(), area.top() + metrics.ascent(), shown)


def draw_at_the_right(painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> None:
    """Draws a few words that end where the area does, on the base line of its other words."""
    begin = area.right() + 1 - metrics.horizontalAdvance(text)
    painter.drawText(begin, area.top() + metrics.ascent(), text)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
