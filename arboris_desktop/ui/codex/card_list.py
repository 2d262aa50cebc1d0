"""Columns of cards that are rebuilt when their contents have changed."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.codex.fact_card import FactCard
from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.plain_text import selectable_label


class CardList(Translated, QScrollArea):
    """Keeps the scroll position and the focus, as far as the cards still exist."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @abstractmethod
    def fill(self, layout: QVBoxLayout) -> None:
        """Adds the current cards."""

    def rebuild(self, *, from_top: bool = False) -> None:
        """Rebuilds the cards."""
        position = 0 if from_top else self.verticalScrollBar().value()
        focused = self._focused_card()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 6, 4)
        layout.setSpacing(8)
        self.fill(layout)
        layout.addStretch()
        # Not setWidget alone: it deletes the old cards at once, perhaps during a click on one.
        if (old := self.takeWidget()) is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(content)
        content.show()
        self.verticalScrollBar().setValue(position)
        if focused is not None and (cards := content.findChildren(Card)):
            # The card that was decided on is gone: the next one gets the focus.
            cards[min(focused, len(cards) - 1)].setFocus()

    def _retranslate(self) -> None:
        self.rebuild()

    def _focused_card(self) -> int | None:
        """Returns the index of the focused card."""
        content, focus = self.widget(), QApplication.focusWidget()
        if content is None or focus is None:
            return None
        for number, card in enumerate(content.findChildren(Card)):
            if card is focus or card.isAncestorOf(focus):
                return number
        return None


class FactList(CardList):
    """Facts to be opened and decided on; at most a page of each section at first."""

    PAGE = 30
    """A long book has hundreds of facts, and each card is laid out by itself."""

    passage_opened = Signal(object)
    """The ``Passage`` of the book that is requested."""

    fact_decided = Signal(object, object)
    """A ``CodexFact`` and the author's ``Decision``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.limit = self.PAGE

    def fact_cards(self) -> list[FactCard]:
        """The facts shown, from top to bottom."""
        return self.findChildren(FactCard)

    def add_facts(self, layout: QVBoxLayout, facts: Iterable[tuple[CodexFact, str]]) -> None:
        """Adds a card for each fact, with the name of its entry if requested."""
        for fact, entry_name in facts:
            card = FactCard(fact, entry_name)
            card.clicked.connect(self._on_card)
            card.decided.connect(self.fact_decided)
            layout.addWidget(card)

    def add_more_button(self, layout: QVBoxLayout, text: str) -> None:
        """Adds a button that shows another page."""
        button = QPushButton(text)
        button.clicked.connect(self._show_more)
        layout.addWidget(button)

    @Slot()
    def _on_card(self) -> None:
        card = self.sender()
        assert isinstance(card, FactCard)
        self.passage_opened.emit(card.fact.passage)

    @Slot()
    def _show_more(self) -> None:
        self.limit += self.PAGE
        self.rebuild()


def heading(text: str, larger_by: int = 0) -> QLabel:
    """Returns a bold label, larger than normal by some points."""
    label = selectable_label(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + larger_by)
    font.setBold(True)
    label.setFont(font)
    return label
