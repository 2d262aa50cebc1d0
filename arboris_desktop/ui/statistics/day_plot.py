"""The words of each day as columns, painted by hand as the curves of a book are: the author's own,
and above them what a model wrote. They are read by eye, by pointer and by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QLocale, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from arboris_desktop.domain.writing_days import WritingDay

_LEFT, _TOP, _RIGHT, _BOTTOM = 56, 12, 14, 28
_GRID_LINES = 4
_WIDEST = 26.0
_LABEL_WIDTH = 60


class DayPlot(QWidget):
    """Shows days in a row. Left and right walk from day to day."""

    day_chosen = Signal(str)
    """What there is to say of the day under the pointer or the mark; empty for none."""

    def __init__(
        self, describe: Callable[[WritingDay], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._describe = describe
        self._days: list[WritingDay] = []
        self._target = 0
        self._chosen: int | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_days(self, days: Sequence[WritingDay], target: int) -> None:
        """Shows days in their order, and the target of a day as a line."""
        self._days, self._target = list(days), target
        self._chosen = None
        self.update()

    @property
    def highest(self) -> int:
        """The value at the upper edge."""
        most = max((max(d.own_words, 0) + max(d.model_words, 0) for d in self._days), default=0)
        most = max(most, self._target, 100)
        step = int(f"1{'0' * (len(str(most)) - 1)}")
        return -(-most // step) * step

    def sizeHint(self) -> QSize:
        return QSize(620, 240)

    def minimumSizeHint(self) -> QSize:
        return QSize(280, 140)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walks along the days."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        key = Qt.Key(event.key())
        if key in steps and self._days:
            now = len(self._days) if self._chosen is None else self._chosen
            self._choose(min(max(now + steps[key], 0), len(self._days) - 1))
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Tells of the day under the pointer."""
        area = self._area()
        if self._days and area.left() <= event.position().x() < area.right():
            share = (event.position().x() - area.left()) / area.width()
            self._choose(int(share * len(self._days)))
        else:
            self._choose(None)

    def leaveEvent(self, event: QEvent) -> None:
        """Tells of no day any more."""
        super().leaveEvent(event)
        if not self.hasFocus():
            self._choose(None)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints grid, columns and the target."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_grid(painter)
        for place in range(len(self._days)):
            self._paint_day(painter, place)
        self._paint_target(painter)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Highlight), 2))
            painter.drawRect(self.rect().adjusted(1, 1, -1, -1))

    def _paint_grid(self, painter: QPainter) -> None:
        area, highest = self._area(), self.highest
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        for step in range(_GRID_LINES + 1):
            value = highest * step // _GRID_LINES
            y = self._height(value)
            painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
            painter.drawLine(int(area.left()), int(y), int(area.right()), int(y))
            painter.setPen(self.palette().color(QPalette.ColorRole.Text))
            painter.drawText(QRectF(0, y - 9, _LEFT - 8, 18), right, f"{value:,}")
        every = max(1, -(-len(self._days) * _LABEL_WIDTH // max(int(area.width()), 1)))
        for place in range(len(self._days) - 1, -1, -every):
            middle = self._column(place).center().x()
            label = QRectF(middle - 30, area.bottom() + 6, _LABEL_WIDTH, 18)
            painter.drawText(label, Qt.AlignmentFlag.AlignCenter, self._date(place))

    def _date(self, place: int) -> str:
        day = self._days[place].day
        return f"{day.month}-{day.day}" if _is_chinese() else f"{day.day}/{day.month}"

    def _paint_day(self, painter: QPainter, place: int) -> None:
        day, column = self._days[place], self._column(place)
        painter.setPen(Qt.PenStyle.NoPen)
        own = max(day.own_words, 0)
        for first, count, colour in (
            (0, own, self._own_colour(place)),
            (own, max(day.model_words, 0), self.palette().color(QPalette.ColorRole.Dark)),
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

    def _area(self) -> QRectF:
        width = max(self.width() - _LEFT - _RIGHT, 1)
        height = max(self.height() - _TOP - _BOTTOM, 1)
        return QRectF(_LEFT, _TOP, width, height)

    def _height(self, value: float) -> float:
        area = self._area()
        return area.bottom() - area.height() * value / self.highest

    def _column(self, place: int) -> QRectF:
        area = self._area()
        room = area.width() / max(len(self._days), 1)
        width = min(room * 0.8, _WIDEST)
        left = area.left() + room * place + (room - width) / 2
        return QRectF(left, area.top(), width, area.height())

    def _choose(self, place: int | None) -> None:
        if place == self._chosen:
            return
        self._chosen = place
        words = "" if place is None else self._describe(self._days[place])
        self.setAccessibleDescription(words)
        self.day_chosen.emit(words)
        self.update()


def _is_chinese() -> bool:
    return QLocale().language() is QLocale.Language.Chinese
