"""A button of the bar with a count at its corner."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Slot
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QToolButton, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.mnemonics import name_on_tool_bar

_MOST = 99
_ICON = 18


class BadgeButton(Translated, QToolButton):
    """Opens and closes a panel; screen readers get the count, too."""

    def __init__(self, action: QAction, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._action = action
        self._count = 0
        self.setDefaultAction(action)
        self.setIconSize(QSize(_ICON, _ICON))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        self.setFixedSize(40, 34)
        action.changed.connect(self._name_it)
        self._name_it()

    def show_count(self, count: int) -> None:
        """Shows a count; hidden if it is zero."""
        self._count = count
        self._name_it()
        self.update()

    @property
    def count(self) -> int:
        """The count that is shown."""
        return self._count

    def _retranslate(self) -> None:
        self._name_it()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._count:
            self._paint_badge()

    @Slot()
    def _name_it(self) -> None:
        name_on_tool_bar(self._action)
        name = self._action.iconText()
        waiting = self.tr("{name}, {count} waiting").format(name=name, count=self._count)
        self.setAccessibleName(waiting if self._count else name)
        self.setToolTip(self._action.toolTip())

    def _paint_badge(self) -> None:
        text = str(self._count) if self._count <= _MOST else f"{_MOST}+"
        font = QFont(self.font())
        font.setBold(True)
        font.setPointSizeF(max(6.5, font.pointSizeF() * 0.78))
        metrics = QFontMetrics(font)
        height = metrics.height()
        width = max(height, metrics.horizontalAdvance(text) + 6)
        area = QRectF(self.width() - width - 1, 1, width, height)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().color(QPalette.ColorRole.Accent))
        painter.drawRoundedRect(area, height / 2, height / 2)
        painter.setPen(self.palette().color(QPalette.ColorRole.Base))
        painter.setFont(font)
        painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)
