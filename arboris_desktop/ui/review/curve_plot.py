"""A curve over the chapters of a book, painted by hand: a plotting library would weigh more than
the rest of the page. It is read by eye, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

_LEFT, _TOP, _RIGHT, _BOTTOM = 44, 12, 14, 28
_GRID_LINES = 5
_DOT = 3.0
_NEAR = 24.0
"""The distance of the pointer from a point, in pixels, up to which it means it."""


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """A value at a place of the book; ``x`` is the chapter's number plus the share of it.

    ``description`` is said when the point is chosen; ``key`` tells the owner what it stands for.
    """

    x: float
    y: float
    description: str
    key: int


class CurvePlot(QWidget):
    """Shows one curve. Left and right walk along it, Enter opens what the point stands for."""

    point_chosen = Signal(str)
    """The description of the point under the pointer or the keyboard's mark; empty for none."""

    point_opened = Signal(int)
    """The key of the point."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._points: list[PlotPoint] = []
        self._range = (0.0, 1.0)
        self._chosen: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, points: Sequence[PlotPoint], low: float, high: float) -> None:
        """Shows a curve whose values lie from ``low`` to ``high``; points come in order."""
        self._points, self._range = list(points), (low, max(high, low + 1e-9))
        self._choose(None)
        self.update()

    @property
    def chosen(self) -> int | None:
        """The place of the chosen point in the curve."""
        return self._chosen

    def sizeHint(self) -> QSize:
        return QSize(560, 280)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, 140)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._points:
            now = -1 if self._chosen is None else self._chosen
            self._choose(min(max(now + steps[key], 0), len(self._points) - 1))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen is not None:
            self.point_opened.emit(self._points[self._chosen].key)
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._choose(self._nearest(event.position()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self._choose(self._nearest(event.position()))
        if self._chosen is not None:
            self.point_opened.emit(self._points[self._chosen].key)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        if not self.hasFocus():
            self._choose(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        self._paint_curve(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_grid(self, painter: QPainter) -> None:
        area, (low, high) = self._area(), self._range
        line = QColor(self.palette().color(QPalette.ColorRole.Mid))
        text = self.palette().color(QPalette.ColorRole.Text)
        for step in range(_GRID_LINES):
            value = low + (high - low) * step / (_GRID_LINES - 1)
            y = self._place(0, value).y()
            painter.setPen(QPen(line, 1, Qt.PenStyle.DotLine))
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))
            painter.setPen(text)
            label = QRectF(0, y - 9, _LEFT - 8, 18)
            right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(label, right, f"{value:.3g}")
        painter.setPen(text)
        for number in self._chapter_marks():
            x = self._place(number, low).x()
            label = QRectF(x - 20, area.bottom() + 6, 40, 18)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, str(number))

    def _paint_curve(self, painter: QPainter) -> None:
        colour = self.palette().color(QPalette.ColorRole.Link)
        places = [self._place(point.x, point.y) for point in self._points]
        painter.setPen(QPen(colour, 2))
        painter.drawPolyline(QPolygonF(places))
        painter.setBrush(colour)
        for number, place in enumerate(places):
            size = _DOT * (2 if number == self._chosen else 1)
            painter.drawEllipse(place, size, size)

    def _area(self) -> QRectF:
        width = max(self.width() - _LEFT - _RIGHT, 1)
        height = max(self.height() - _TOP - _BOTTOM, 1)
        return QRectF(_LEFT, _TOP, width, height)

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
        """The numbers of chapters under the curve, as many as have room."""
        first, last = self._span()
        numbers = [n for n in range(int(first), int(last) + 1) if first <= n <= last]
        step = max(1, -(-len(numbers) * 40 // max(int(self._area().width()), 1)))
        return numbers[::step]

    def _nearest(self, position: QPointF) -> int | None:
        distances = [
            (abs(self._place(point.x, point.y).x() - position.x()), number)
            for number, point in enumerate(self._points)
        ]
        distance, number = min(distances, default=(_NEAR + 1, 0))
        return number if distance <= _NEAR else None

    def _choose(self, number: int | None) -> None:
        if number == self._chosen:
            return
        self._chosen = number
        words = "" if number is None else self._points[number].description
        self.setAccessibleDescription(words)
        self.point_chosen.emit(words)
        self.update()
