"""The look of a result row: chapters as headings, matches on a coloured background."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPalette, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from arboris_desktop.text.quotations import Span
from arboris_desktop.ui.book_search.hit_model import HitRole
from arboris_desktop.ui.widgets.text_offsets import spans_to_utf16
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_HEIGHT = 26


class HitDelegate(QStyledItemDelegate):
    """Paints the words itself, since a list has one format for all of them."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Makes the names of chapters bold."""
        super().initStyleOption(option, index)
        if index.data(HitRole.PLACE) is None:
            font = QFont(option.font)
            font.setBold(True)
            option.font = font

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paints background and tick as usual, then the words with the match."""
        found = index.data(HitRole.FOUND)
        if found is None:
            super().paint(painter, option, index)
            return
        styled = QStyleOptionViewItem(option)
        self.initStyleOption(styled, index)
        words = styled.text
        styled.text = ""
        widget: QWidget = styled.widget
        style = widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, styled, painter, widget)
        styled.text = words
        element = QStyle.SubElement.SE_ItemViewItemText
        place = style.subElementRect(element, styled, widget).adjusted(4, 0, -2, 0)
        words = styled.fontMetrics.elidedText(words, Qt.TextElideMode.ElideRight, place.width())
        found = Span(min(found.start, len(words)), min(found.end, len(words)))
        look = QTextCharFormat()
        colours = tone_colours(widget.palette(), Tone.WARNING)
        look.setBackground(QColor(colours.ground))
        look.setForeground(QColor(colours.text))
        ranges = [QTextLayout.FormatRange()]
        ((start, end),) = spans_to_utf16(words, [found])
        ranges[0].start, ranges[0].length = start, end - start
        ranges[0].format = look
        layout = QTextLayout(words, styled.font)
        layout.setFormats(ranges)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(100_000)
        layout.endLayout()
        painter.save()
        painter.setClipRect(place)
        is_selected = styled.state & QStyle.StateFlag.State_Selected
        role = QPalette.ColorRole.HighlightedText if is_selected else QPalette.ColorRole.Text
        painter.setPen(widget.palette().color(role))
        top = place.top() + (place.height() - line.height()) / 2
        layout.draw(painter, QPointF(place.left(), top))
        painter.restore()

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Returns one height for all rows: a list of thousands asks only once."""
        del index
        height = option.fontMetrics.height() + 8
        return QSize(80, max(_HEIGHT, height))
