"""One contradiction: two passages that cannot both be true."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import BookPlace, CodexFact
from arboris_desktop.domain.contradictions import AlertStatus, Contradiction
from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.codex.quotation import quotation_label
from arboris_desktop.ui.codex.words import alert_words
from arboris_desktop.ui.widgets.chips import ToneFrame, muted
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.widgets.theme import Tone
from arboris_desktop.ui.wording import chapter_name


class AlertCard(ToneFrame):
    """Each passage opens its chapter; below them are the author's answers."""

    passage_opened = Signal(object)
    """A ``BookPlace``."""

    settled = Signal(object, object)
    """The ``Contradiction`` and its new ``AlertStatus``."""

    def __init__(self, alert: Contradiction, parent: QWidget | None = None) -> None:
        super().__init__(Tone.WARNING, parent)
        self._alert = alert
        self.setAccessibleName(alert_words(alert))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 8, 10, 8)
        layout.addWidget(plain_label(alert_words(alert)))
        if alert.earlier is not None:
            layout.addWidget(self._passage(*_of_fact(alert.earlier)))
        place = chapter_name(alert.chapter_number, alert.chapter_title, alert.chapter_label)
        statement = alert.fact.statement if alert.fact else ""
        layout.addWidget(self._passage(place, statement, alert.quotation, alert.passage))
        layout.addLayout(self._make_buttons())

    def _passage(self, place: str, statement: str, quotation: str, passage: BookPlace) -> Card:
        card = Card()
        lines = [muted(plain_label(place))]
        if statement:
            lines.append(plain_label(statement))
        if quotation:
            lines.append(quotation_label(quotation))
        for line in lines:
            card.add_line(line)
        card.setAccessibleName(". ".join(line.text() for line in lines))
        card.setAccessibleDescription(self.tr("Opens the chapter at the quotation"))
        card.clicked.connect(lambda: self.passage_opened.emit(passage))
        return card

    def _make_buttons(self) -> QHBoxLayout:
        buttons = QHBoxLayout()
        for status, text, hint in (
            (
                AlertStatus.RESOLVED,
                self.tr("Corrected"),
                self.tr("The book is right now; take this off the list"),
            ),
            (
                AlertStatus.DISMISSED,
                self.tr("Not a contradiction"),
                self.tr("Both are intended; do not list this again"),
            ),
        ):
            button = QPushButton()
            button.setObjectName(status.value)
            button.setText(text)
            button.setToolTip(hint)
            button.clicked.connect(lambda _on=False, to=status: self.settled.emit(self._alert, to))
            buttons.addWidget(button)
        buttons.addStretch(1)
        return buttons


def _of_fact(fact: CodexFact) -> tuple[str, str, str, BookPlace]:
    place = chapter_name(fact.chapter_number, fact.chapter_title, fact.chapter_label)
    return place, fact.statement, fact.quotation, fact.passage
