"""The words of each day as columns: the author's own, with a model's on top."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QMargins, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPalette, QPen
from PySide6.QtWidgets import QWidget

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.writing_days import WritingDay
from arboris_desktop.ui.i18n import window_language
from arboris_desktop.ui.widgets.plot import Plot

_MARGINS = QMargins(56, 12, 14, 28)
_GRID_LINES = 4
_WIDEST = 26.0
_LABEL_WIDTH = 60


class DayPlot(Plot):
    """Shows consecutive days; the keyboard starts at the last one."""

    def __init__(
        self, describe: Callable[[WritingDay], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(_MARGINS, parent, begins_at_end=True)
        self._describe = describe
        self._days: list[WritingDay] = []
        self._target = 0
        self._highest = _upper_edge([], 0)

    def show_days(self, days: Sequence[WritingDay], target: int) -> None:
        """Shows days in order, and the daily target as a line."""
        self._days, self._target = list(days), target
        self._highest = _upper_edge(self._days, target)
        self._chosen = None
        self.update()

    @property
    def highest(self) -> int:
        """The value at the upper edge."""
        return self._highest

    def sizeHint(self) -> QSize:
        return QSize(620, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 140)

    def count(self) -> int:
        """Returns the number of days."""
        return len(self._days)

    def describe(self, number: int) -> str:
        """Describes a day."""
        return self._describe(self._days[number])

    def point_at(self, position: QPointF) -> int | None:
        """Returns the day at the pointer."""
        area = self._area()
        if not (self._days and area.left() <= position.x() < area.right()):
            return None
        return int((position.x() - area.left()) / area.width() * len(self._days))

    def paint_plot(self, painter: QPainter) -> None:
        """Paints grid, columns and the target."""
        self._paint_grid(painter)
        for place in range(len(self._days)):
            self._paint_day(painter, place)
        self._paint_target(painter)

    def _paint_grid(self, painter: QPainter) -> None:
        highest = self._highest
        for step in range(_GRID_LINES + 1):
            value = highest * step // _GRID_LINES
            self._paint_value(painter, self._height(value), f"{value:,}", Qt.PenStyle.SolidLine)
        width = max(int(self._area().width()), 1)
        every = max(1, -(-len(self._days) * _LABEL_WIDTH // width))
        for place in range(len(self._days) - 1, -1, -every):
            middle = self._column(place).center().x()
            self._paint_label(painter, middle, _LABEL_WIDTH, self._date(place))

    def _date(self, place: int) -> str:
        day = self._days[place].day
        is_chinese = window_language() is Language.CHINESE
        return f"{day.month}-{day.day}" if is_chinese else f"{day.day}/{day.month}"

    def _paint_day(self, painter: QPainter, place: int) -> None:
        day, column = self._days[place], self._column(place)
        painter.setPen(Qt.PenStyle.NoPen)
        own = max(day.own_words, 0)
        by_model = self.palette().color(QPalette.ColorRole.PlaceholderText)
        for first, count, colour in (
            (0, own, self._own_colour(place)),
            (own, max(day.model_words, 0), by_model),
        ):
            if count:
                top, bottom = self._height(first + count), self._height(first)
                painter.setBrush(colour)
                painter.drawRect(QRectF(column.left(), top, column.width(), bottom - top))

    def _own_colour(self, place: int) -> QColor:
        colour = self.palette().color(QPalette.ColorRole.Accent)
        return colour.lighter(130) if place == self._chosen else colour

    def _paint_target(self, painter: QPainter) -> None:
        if self._target:
            area, y = self._area(), self._height(self._target)
            painter.setPen(
                QPen(self.palette().color(QPalette.ColorRole.Text), 1, Qt.PenStyle.DashLine)
            )
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))

    def _height(self, value: float) -> float:
        area = self._area()
        return area.bottom() - area.height() * value / self._highest

    def _column(self, place: int) -> QRectF:
        area = self._area()
        room = area.width() / max(len(self._days), 1)
        width = min(room * 0.8, _WIDEST)
        left = area.left() + room * place + (room - width) / 2
        return QRectF(left, area.top(), width, area.height())


def _upper_edge(days: Sequence[WritingDay], target: int) -> int:
    """Returns a round number of words above the best day and the target."""
    most = max((max(d.own_words, 0) + max(d.model_words, 0) for d in days), default=0)
    most = max(most, target, 100)
    step = int(f"1{'0' * (len(str(most)) - 1)}")
    return -(-most // step) * step
