"""A clickable card of the codex: rounded background with a few lines of text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QVBoxLayout, QWidget

_RADIUS = 6.0


class Card(QAbstractButton):
    """A click, Space or Enter opens it. It may contain buttons."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(10, 8, 10, 8)
        self._rows.setSpacing(3)

    def add_line(self, label: QLabel) -> None:
        """Adds text; clicks on it open the card."""
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._rows.addWidget(label)

    def add_row(self, row: QWidget) -> None:
        """Adds a widget that handles its own clicks."""
        row.setCursor(Qt.CursorShape.ArrowCursor)
        self._rows.addWidget(row)

    def sizeHint(self) -> QSize:
        """Returns the size of its rows; a plain button would consider only its text."""
        return self._rows.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Makes Enter act like Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paints the background, and a ring around the focused card."""
        del event
        colours = self.palette()
        raised = self.underMouse() or self.isDown()
        ground = QPalette.ColorRole.AlternateBase if raised else QPalette.ColorRole.Base
        edge = QPalette.ColorRole.Accent if self.hasFocus() else QPalette.ColorRole.Mid
        width = 2 if self.hasFocus() else 1
        inset = width / 2
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.color(edge), width))
        painter.setBrush(colours.color(ground))
        area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.drawRoundedRect(area, _RADIUS, _RADIUS)
