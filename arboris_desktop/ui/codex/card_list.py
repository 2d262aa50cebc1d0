"""A column of cards that is built anew when what it shows has changed."""

from __future__ import annotations

from abc import abstractmethod

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from arboris_desktop.ui.codex.card import Card
from arboris_desktop.ui.plain_text import selectable_label


class CardList(QScrollArea):
    """Keeps the place and the keyboard where they were, as far as the cards still exist."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    @abstractmethod
    def fill(self, layout: QVBoxLayout) -> None:
        """Adds what is to be shown now."""

    def rebuild(self, *, from_top: bool = False) -> None:
        """Shows everything anew."""
        position = 0 if from_top else self.verticalScrollBar().value()
        focused = self._focused_card()
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 6, 4)
        layout.setSpacing(8)
        self.fill(layout)
        layout.addStretch()
        # Not setWidget alone: it destroys the old cards at once, perhaps amid a click on one.
        if (old := self.takeWidget()) is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(content)
        content.show()
        self.verticalScrollBar().setValue(position)
        if focused is not None and (cards := content.findChildren(Card)):
            # What was decided is gone: the next one takes its place.
            cards[min(focused, len(cards) - 1)].setFocus()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.rebuild()
        super().changeEvent(event)

    def _focused_card(self) -> int | None:
        """Which of the cards, counted from the top, has the keyboard."""
        content, focus = self.widget(), QApplication.focusWidget()
        if content is None or focus is None:
            return None
        for number, card in enumerate(content.findChildren(Card)):
            if card is focus or card.isAncestorOf(focus):
                return number
        return None


def heading(text: str, larger_by: int = 0) -> QLabel:
    """Bold words, larger than the rest by so many points."""
    label = selectable_label(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + larger_by)
    font.setBold(True)
    label.setFont(font)
    return label
