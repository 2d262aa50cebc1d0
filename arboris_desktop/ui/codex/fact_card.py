"""A fact of the codex: its statement, the quotation that proves it, and the author's decision."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from arboris_desktop.domain.codex import Attribute, CodexFact, FactStatus
from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.codex.quotation import quotation_label
from arboris_desktop.ui.codex.words import effect_words, fact_state
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import chapter_name


class Decision(StrEnum):
    """A decision that the author can make about a fact."""

    ACCEPT = "accept"
    REJECT = "reject"
    EDIT = "edit"


class FactCard(Card):
    """A click, Space or Enter opens the fact's place in the book."""

    decided = Signal(object, object)
    """The ``CodexFact`` and the ``Decision`` on it."""

    def __init__(
        self, fact: CodexFact, entry_name: str = "", parent: QWidget | None = None
    ) -> None:
        """``entry_name`` is shown if the fact is not listed below its entry."""
        super().__init__(parent)
        self.fact = fact
        lines = [muted(plain_label(_place(fact))), plain_label(_statement(fact, entry_name))]
        if fact.reason:
            lines.append(muted(plain_label(Wording.tr("Why: {reason}").format(reason=fact.reason))))
        if fact.quotation:
            lines.append(quotation_label(fact.quotation))
        for line in lines:
            self.add_line(line)
        state = muted(plain_label(fact_state(fact)))
        self.add_row(self._make_bottom(state))
        self.setAccessibleName(". ".join(label.text() for label in (*lines, state)))
        self.setAccessibleDescription(Wording.tr("Opens the chapter at the quotation"))

    def _make_bottom(self, state: QLabel) -> QWidget:
        row = QWidget()
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addWidget(state, 1)
        for decision in _offered(self.fact):
            layout.addWidget(self._make_button(decision))
        return row

    def _make_button(self, decision: Decision) -> QToolButton:
        icon_name, text = {
            Decision.ACCEPT: ("check", Wording.tr("Accept: it counts as known")),
            Decision.REJECT: ("cancel", Wording.tr("Reject: it is wrong")),
            Decision.EDIT: ("edit", Wording.tr("Put it in your own words…")),
        }[decision]
        button = QToolButton()
        button.setObjectName(decision.value)
        button.setAutoRaise(True)
        button.setIcon(icon(icon_name))
        button.setToolTip(text)
        button.setAccessibleName(f"{text} ({self.fact.statement})")
        button.clicked.connect(lambda: self.decided.emit(self.fact, decision))
        return button


def _offered(fact: CodexFact) -> list[Decision]:
    """Returns the decisions that have not been made already."""
    offered = [Decision.EDIT]
    if fact.status is not FactStatus.REJECTED:
        offered.insert(0, Decision.REJECT)
    if fact.status is not FactStatus.ACCEPTED or fact.is_stale:
        offered.insert(0, Decision.ACCEPT)
    return offered


def _place(fact: CodexFact) -> str:
    chapter = chapter_name(fact.chapter_number, fact.chapter_title, fact.chapter_label)
    return f"{chapter} · {effect_words(fact.effect)}" if fact.effect else chapter


def _statement(fact: CodexFact, entry_name: str) -> str:
    other = fact.other_entry_name
    if other and fact.attribute is Attribute.RELATIONSHIP and fact.value:
        other = Wording.tr("{name} ({relation})").format(name=other, relation=fact.value)
    return ": ".join(filter(None, (entry_name, other, fact.statement)))
