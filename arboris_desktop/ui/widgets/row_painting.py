"""The parts of a row of two lines that its delegate paints itself."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QIcon, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

Index = QModelIndex | QPersistentModelIndex

ICON = 18


class RowDelegate(QStyledItemDelegate):
    """Leaves the ground of a row to the style; what stands on it is painted by its subclasses."""

    def paint_ground(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paints the row without its words and its icon."""
        ground = QStyleOptionViewItem(option)
        self.initStyleOption(ground, index)
        ground.text = ""
        ground.icon = QIcon()
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, ground, painter, option.widget)


def paint_icon(painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect) -> QRect:
    """Paints the icon of a row at the beginning of its area; returns its place."""
    place = QRect(area.left(), area.top(), ICON, ICON)
    mode = QIcon.Mode.Selected if _is_selected(option) else QIcon.Mode.Normal
    index.data(Qt.ItemDataRole.DecorationRole).paint(
        painter, place, Qt.AlignmentFlag.AlignCenter, mode
    )
    return place


def colours_of(option: QStyleOptionViewItem) -> tuple[QPalette.ColorRole, QPalette.ColorRole]:
    """The colours of the words of a row, and of its quieter ones."""
    roles = QPalette.ColorRole
    if _is_selected(option):
        return roles.HighlightedText, roles.HighlightedText
    return roles.Text, roles.PlaceholderText


def draw_elided(painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> None:
    """Draws one line, with an ellipsis where it does not fit."""
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, area.width())
    # From the base line, so that the taller letters of a fallback font do not move the others.
    painter.drawText(area.left(), area.top() + metrics.ascent(), shown)


def draw_at_the_right(painter: QPainter, metrics: QFontMetrics, area: QRect, text: str) -> None:
    """Draws a few words that end where the area does, on the base line of its other words."""
    begin = area.right() + 1 - metrics.horizontalAdvance(text)
    painter.drawText(begin, area.top() + metrics.ascent(), text)


def _is_selected(option: QStyleOptionViewItem) -> bool:
    return bool(option.state & QStyle.StateFlag.State_Selected)
