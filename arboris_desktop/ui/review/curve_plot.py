"""A curve over the chapters of a book."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QMargins, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.record import record
from arboris_desktop.ui.widgets.plot import Plot

_MARGINS = QMargins(44, 12, 14, 28)
_LABEL_WIDTH = 40
_GRID_LINES = 5
_DOT = 3.0
_NEAR = 24.0
"""Pixels; the largest distance of the pointer from a point that counts as hovering."""


@record
class PlotPoint:
    """A value at a position in the book; ``x`` is the chapter's number plus the share of it.

    ``description`` is announced when the point is selected; ``key`` identifies it to the owner.
    """

    x: float
    y: float
    description: str
    key: int


class CurvePlot(Plot):
    """Shows one curve. Left and Right move along it, Enter opens the point's subject."""

    point_opened = Signal(int)
    """The key of the point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_MARGINS, parent)
        self._points: list[PlotPoint] = []
        self._range = (0.0, 1.0)

    def show_points(self, points: Sequence[PlotPoint], low: float, high: float) -> None:
        """Shows a curve with values from ``low`` to ``high``; points are sorted."""
        self._points, self._range = list(points), (low, max(high, low + 1e-9))
        self._choose(None)
        self.update()

    def count(self) -> int:
        """Returns the number of points."""
        return len(self._points)

    def describe(self, number: int) -> str:
        """Describes a point."""
        return self._points[number].description

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 140)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Opens the subject of the selected point."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.point_opened.emit(self._points[self._chosen].key)
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose(self.point_at(event.position()))
        if self._chosen is not None:
            self.point_opened.emit(self._points[self._chosen].key)

    def paint_plot(self, painter: QPainter) -> None:
        """Paints grid and curve."""
        self._paint_grid(painter)
        self._paint_curve(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        low, high = self._range
        for step in range(_GRID_LINES):
            value = low + (high - low) * step / (_GRID_LINES - 1)
            y = self._place(0, value).y()
            self._paint_value(painter, y, f"{value:.3g}", Qt.PenStyle.DotLine)
        for number in self._chapter_marks():
            self._paint_label(painter, self._place(number, low).x(), _LABEL_WIDTH, str(number))

    def _paint_curve(self, painter: QPainter) -> None:
        colour = self.palette().color(QPalette.ColorRole.Link)
        places = [self._place(point.x, point.y) for point in self._points]
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(colour)
        for number, place in enumerate(places):
            size = _DOT * (2 if number == self._chosen else 1)
            painter.drawEllipse(place, size, size)

    def _span(self) -> tuple[float, float]:
        if not self._points:
            return 0.0, 1.0
        first, last = self._points[0].x, self._points[-1].x
        return (first - 0.5, last + 0.5) if first == last else (first, last)

    def _place(self, x: float, y: float) -> QPointF:
        area, (first, last), (low, high) = self._area(), self._span(), self._range
        return QPointF(
            area.left() + area.width() * (x - first) / (last - first),
            area.bottom() - area.height() * (y - low) / (high - low),
        )

    def _chapter_marks(self) -> list[int]:
        """Paints the numbers of chapters below the curve, as many as fit."""
        first, last = self._span()
        numbers = [n for n in range(int(first), int(last) + 1) if first <= n <= last]
        step = max(1, -(-len(numbers) * _LABEL_WIDTH // max(int(self._area().width()), 1)))
        return numbers[::step]

    def point_at(self, position: QPointF) -> int | None:
        """Returns the nearest point, if the pointer is near it."""
        distances = [
            (abs(self._place(point.x, point.y).x() - position.x()), number)
            for number, point in enumerate(self._points)
        ]
        distance, number = min(distances, default=(_NEAR + 1, 0))
        return number if distance <= _NEAR else None
