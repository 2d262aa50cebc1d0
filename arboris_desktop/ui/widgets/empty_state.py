"""A placeholder for an empty list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icons import tinted_pixmap
from arboris_desktop.ui.widgets.plain_text import plain_label

_PICTURE = 40


class EmptyState(QWidget):
    """A muted picture, a sentence or two about what will be here, and a button that adds it."""

    pressed = Signal()
    """The author pressed the button."""

    def __init__(self, icon_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words: QLabel = muted(plain_label())
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._words.setMaximumWidth(self.fontMetrics().averageCharWidth() * 62)
        layout = QVBoxLayout(self)
        layout.setSpacing(10)
        layout.addStretch(2)
        layout.addWidget(_Picture(icon_name), 0, Qt.AlignmentFlag.AlignHCenter)
        middle = QHBoxLayout()
        middle.addStretch(1)
        middle.addWidget(self._words, 20)
        middle.addStretch(1)
        layout.addLayout(middle)
        self._button: QPushButton | None = None
        layout.addStretch(3)
        self._column = layout

    def set_text(self, text: str) -> None:
        """Shows this text."""
        self._words.setText(text)

    def set_button(
        self, text: str, *, enabled: bool = True, is_next_step: bool = False, hint: str = ""
    ) -> None:
        """Offers a button with this text; an empty text hides it. The next step is drawn as the
        primary action."""
        if self._button is None:
            self._button = QPushButton()
            self._button.clicked.connect(self.pressed)
            place = self._column.count() - 1
            self._column.insertWidget(place, self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._button.setText(text)
        self._button.setToolTip(hint)
        self._button.setDefault(is_next_step)
        if is_next_step:
            self.setFocusProxy(self._button)
        self._button.setEnabled(enabled)
        self._button.setVisible(bool(text))

    def add_below(self, widget: QWidget) -> None:
        """Adds further ways on below the button."""
        place = self._column.count() - 1
        self._column.insertWidget(place, widget, 0, Qt.AlignmentFlag.AlignHCenter)

    def text(self) -> str:
        """The text shown."""
        return self._words.text()


class _Picture(QWidget):
    """An icon in the colour of muted text; redrawn when the theme changes."""

    def __init__(self, icon_name: str) -> None:
        super().__init__()
        self._icon_name = icon_name
        self.setFixedSize(_PICTURE, _PICTURE)

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        colour = self.palette().color(QPalette.ColorRole.PlaceholderText).name()
        pixmap = tinted_pixmap(self._icon_name, colour, _PICTURE, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, pixmap)
