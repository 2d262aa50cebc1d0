"""The base class of all plots, which are accessible by eye, pointer and keyboard.

They are painted by hand, since a plotting library would be larger than the pages that need one.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMargins, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget


class Plot(QWidget):
    """Shows points in a row. Left and Right move from one to the next.

    ``margins`` are the space for labels around the plot. The keyboard starts at the first point, or
    with ``begins_at_end`` at the last.
    """

    point_chosen = Signal(str)
    """The description of the selected or hovered point; empty for none."""

    def __init__(
        self, margins: QMargins, parent: QWidget | None = None, *, begins_at_end: bool = False
    ) -> None:
        super().__init__(parent)
        self._margins = margins
        self._begins_at_end = begins_at_end
        self._chosen: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def chosen(self) -> int | None:
        """The index of the selected point."""
        return self._chosen

    # --- what a plot shows ---

    def count(self) -> int:
        """Returns the number of points."""
        raise NotImplementedError

    def describe(self, number: int) -> str:
        """Describes a point."""
        raise NotImplementedError

    def point_at(self, position: QPointF) -> int | None:
        """Returns the point under the pointer."""
        raise NotImplementedError

    def paint_plot(self, painter: QPainter) -> None:
        """Paints grid, labels and points."""
        raise NotImplementedError

    # --- how it is read ---

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves along the points."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key, count = Qt.Key(event.key()), self.count()
        if key in steps and count:
            before_the_first = count if self._begins_at_end else -1
            now = before_the_first if self._chosen is None else self._chosen
            self._choose(min(max(now + steps[key], 0), count - 1))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Reports the point under the pointer."""
        self._choose(self.point_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Reports no point any more."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._choose(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the plot and its focus frame."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.paint_plot(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_value(self, painter: QPainter, y: float, text: str, line: Qt.PenStyle) -> None:
        """Paints a horizontal line at a value, and the value at its left."""
        area = self._area()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1, line))
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        label = QRectF(0, y - 9, self._margins.left() - 8, 18)
        painter.drawText(label, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _paint_label(self, painter: QPainter, x: float, width: float, text: str) -> None:
        """Paints a label below the plot, centred at a position."""
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        label = QRectF(x - width / 2, self._area().bottom() + 6, width, 18)
        painter.drawText(label, Qt.AlignmentFlag.AlignCenter, text)

    def _area(self) -> QRectF:
        """Returns the plot area without the labels."""
        left, top = self._margins.left(), self._margins.top()
        width = max(self.width() - left - self._margins.right(), 1)
        height = max(self.height() - top - self._margins.bottom(), 1)
        return QRectF(left, top, width, height)

    def _choose(self, number: int | None) -> None:
        if number == self._chosen:
            return
        self._chosen = number
        words = "" if number is None else self.describe(number)
        self.setAccessibleDescription(words)
        self.point_chosen.emit(words)
        self.update()
