"""Remarks in the margin of a text, each beside its sentence."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.domain.candidates import Remark
from arboris_desktop.domain.record import record
from arboris_desktop.text.prose import one_line
from arboris_desktop.text.quoting import within_quotes
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.chips import ToneFrame
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone

_GAP = 6


class MarginNote(Translated, ToneFrame):
    """One remark; a click or Enter leads to its sentence."""

    pressed = Signal()

    def __init__(self, remark: Remark, *, is_praise: bool, parent: QWidget) -> None:
        super().__init__(Tone.GOOD if is_praise else Tone.BAD, parent)
        self.remark, self._is_praise = remark, is_praise
        self._words = plain_label()
        font = self._words.font()
        font.setPointSizeF(font.pointSizeF() * 0.92)
        self._words.setFont(font)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(8, 5, 8, 6)
        layout.addWidget(self._words)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        if remark.is_supported:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._retranslate()

    def text(self) -> str:
        """The words of the note."""
        return self._words.text()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Leads to the sentence."""
        super().mousePressEvent(event)
        self.pressed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leads to the sentence by the keyboard."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.pressed.emit()
        else:
            super().keyPressEvent(event)

    def _retranslate(self) -> None:
        text = self.tr("+ {remark}") if self._is_praise else self.tr("− {remark}")
        quotation = within_quotes(one_line(self.remark.quotation))
        if quotation and not self.remark.is_supported:
            text += " " + self.tr("(quotation not found: “{quotation}”)")
        words = text.format(remark=self.remark.text, quotation=quotation)
        self._words.setText(words)
        praise, criticism = self.tr("What is good"), self.tr("What is not")
        self.setAccessibleName(f"{praise if self._is_praise else criticism}: {words}")


@record
class Wished:
    """A note, its height, and where its sentence begins."""

    note: MarginNote
    height: int
    place: int


def stacked(wished: Iterable[Wished]) -> list[tuple[MarginNote, int, int]]:
    """Returns each note with its top and height: beside its sentence, or below the previous
    note."""
    placed, free = [], _GAP
    for each in sorted(wished, key=lambda one: one.place):
        top = max(each.place, free)
        placed.append((each.note, top, each.height))
        free = top + each.height + _GAP
    return placed
