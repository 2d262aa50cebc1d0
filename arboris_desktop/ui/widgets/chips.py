"""Small pieces of coloured ground; asking the palette while painting, they follow the theme."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from arboris_desktop.ui.widgets.theme import Tone, tone_colours

_RADIUS = 8.0


def muted(label: QLabel) -> QLabel:
    """Makes a label quieter than the text around it, in every theme."""
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label


class Chip(QLabel):
    """A few words on rounded ground."""

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
        """The text and a margin of its rounding."""
        return super().sizeHint() + QSize(18, 6)

    def minimumSizeHint(self) -> QSize:
        """As large as the hint: cut words would be worse than a wrapped row."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        painter = QPainter(self)
        _paint_ground(painter, self, self._tone)
        painter.setPen(QColor(tone_colours(self.palette(), self._tone).text))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())


class ToneFrame(QFrame):
    """Rounded ground for a banner or a message; what stands on it is laid out by its owner."""

    def __init__(self, tone: Tone, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tone = tone

    def tone(self) -> Tone:
        """The meaning of its colour."""
        return self._tone

    def set_tone(self, tone: Tone) -> None:
        """Changes what the colour says."""
        self._tone = tone
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        del event
        _paint_ground(QPainter(self), self, self._tone)


def _paint_ground(painter: QPainter, widget: QWidget, tone: Tone) -> None:
    colours = tone_colours(widget.palette(), tone)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(QColor(colours.ground))
    painter.setPen(QPen(QColor(colours.edge), 1))
    radius = min(_RADIUS, widget.height() / 2)
    painter.drawRoundedRect(QRectF(widget.rect()).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
