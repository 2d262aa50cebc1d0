"""Small coloured labels and frames that follow the theme, since they use the palette when
painting."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QSizePolicy,
    QToolButton,
    QWidget,
)

from arboris_desktop.ui.widgets.alerts import alert
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_RADIUS = 8.0


def muted(label: QLabel) -> QLabel:
    """Makes a label muted, in every theme."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class Chip(QLabel):
    """A few words on a rounded background."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._tone = Tone.NEUTRAL

    def tone(self) -> Tone:
        """The meaning of its colour."""
        return self._tone

    def show_words(self, text: str, tone: Tone) -> None:
        """Shows the words in the colours of the tone."""
        self._tone = tone
        self.setText(text)
        self.update()

    def sizeHint(self) -> QSize:
        """Returns the size of the text with rounded margins."""
        return super().sizeHint() + QSize(18, 6)

    def minimumSizeHint(self) -> QSize:
        """Returns the hint: cut words would be worse than a wrapped row."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        _paint_ground(painter, self, self._tone)
        painter.setPen(QColor(tone_colours(self.palette(), self._tone).text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ToneFrame(QFrame):
    """A rounded background for a banner or a message; its owner lays out the contents."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone

    def tone(self) -> Tone:
        """The meaning of its colour."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Changes the meaning of the colour."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        _paint_ground(QPainter(self), self, self._tone)


class Banner(ToneFrame):
    """A message across the window with buttons, the last of which closes it."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(tone, parent)
        self._words = plain_label()
        self._close = QToolButton()
        self._close.setIcon(icon("cancel"))
        self._close.setAutoRaise(True)
        self._close.clicked.connect(self.hide)
        self.hide()

    def text(self) -> str:
        """The text of the message."""
        return self._words.text()

    def _lay_out(self, *buttons: QAbstractButton) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(14, 8, 12, 8)
        layout.setSpacing(8)
        layout.addWidget(self._words, 1)
        for button in (*buttons, self._close):
            layout.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)

    def _announce(self) -> None:
        """Shows the banner and announces it."""
        self.show()
        alert(self)


def _paint_ground(painter: QPainter, widget: QWidget, tone: Tone) -> None:
    colours = tone_colours(widget.palette(), tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.ground))
    painter.setPen(QPen(QColor(colours.edge), 1))
    radius = min(_RADIUS, widget.height() / 2)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
