"""A text field that is as tall as its text."""

from __future__ import annotations

from math import ceil

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from arboris_desktop.ui.widgets.composition import Composition

_SLACK = 2
"""Without it, the last line would be scrolled."""


class GrowingEdit(QPlainTextEdit):
    """Between ``least`` and ``most`` lines tall, with a scroll bar beyond that. Tab leaves it."""

    def __init__(self, least: int = 1, most: int = 12, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._least, self._most = least, most
        self.setTabChangesFocus(True)
        self._composition = Composition(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)

    def set_text(self, text: str) -> None:
        """Shows a text, unless it is there already, so that cursor and undo history stay."""
        if text != self.toPlainText():
            self.setPlainText(text)

    def begin_with(self, text: str) -> None:
        """Shows another text without undo history."""
        self.setPlainText(text)

    def replace_text(self, text: str) -> None:
        """Replaces the whole text as if typed, so that it can be undone."""
        cursor = self.textCursor()
        cursor.select(cursor.SelectionType.Document)
        cursor.insertText(text)

    def sizeHint(self) -> QSize:
        """Returns the height of the lines, wrapped at the present width."""
        return QSize(super().sizeHint().width(), self._height(self._lines()))

    def minimumSizeHint(self) -> QSize:
        """Returns one line: the width may shrink."""
        return QSize(120, self._height(min(self._lines(), self._most)))

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        with self._composition.step(event):
            super().inputMethodEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _lines(self) -> int:
        # A plain text document reports its height in lines.
        lines = int(self.document().documentLayout().documentSize().height())
        return max(self._least, min(lines, self._most))

    def _height(self, lines: int) -> int:
        # The edge and the room within it are the style sheet's.
        self.ensurePolished()
        edges = self.contentsMargins()
        around = edges.top() + edges.bottom() + 2 * int(self.document().documentMargin())
        return lines * self._spacing() + around + _SLACK

    def _spacing(self) -> int:
        """The height of a line: Chinese letters may come from another, taller font."""
        layout = self.document().firstBlock().layout()
        lines = (layout.lineAt(place).height() for place in range(layout.lineCount()))
        return max(self.fontMetrics().lineSpacing(), ceil(max(lines, default=0.0)))

    def _fit(self) -> None:
        lines = int(self.document().documentLayout().documentSize().height())
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAsNeeded if lines > self._most else policy.ScrollBarAlwaysOff
        self.setVerticalScrollBarPolicy(wanted)
        if lines <= self._most:
            # It may have been scrolled while it was narrower.
            self.verticalScrollBar().setValue(0)
        self.updateGeometry()
