"""What the codex knows of one entry, in the order of the book."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexEntry, CodexFact, FactStatus
from arboris_desktop.ui.fact_card import FactCard
from arboris_desktop.ui.plain_text import plain_label, selectable_label
from arboris_desktop.ui.toned import muted
from arboris_desktop.ui.wording import entry_kind

_PAGE = 30
"""So many facts are shown at first; the later ones of a long book matter most."""


class CodexDetails(QScrollArea):
    """Shows an entry: what counts, and set apart from it what does not."""

    fact_opened = Signal(object)
    """The ``CodexFact`` whose place in the book is asked for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: CodexEntry | None = None
        self._limit = _PAGE
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._show()

    def show_entry(self, entry: CodexEntry | None) -> None:
        """Shows an entry, or nothing; what is shown already is left in peace."""
        if entry == self._entry:
            return
        same = entry is not None and self._entry is not None and entry.id == self._entry.id
        position = self.verticalScrollBar().value() if same else 0
        if not same:
            self._limit = _PAGE
        self._entry = entry
        self._show()
        self.verticalScrollBar().setValue(position)

    def cards(self) -> list[FactCard]:
        """The facts shown, from top to bottom."""
        return self.findChildren(FactCard)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._show()
        super().changeEvent(event)

    def _show(self) -> None:
        self.setAccessibleName(self.tr("What is known"))
        content = QWidget()
        layout = QVBoxLayout(content)
        layout.setContentsMargins(2, 4, 6, 4)
        layout.setSpacing(8)
        if self._entry is not None:
            self._add_entry(layout, self._entry)
        layout.addStretch()
        # Not setWidget alone: it destroys the old cards at once, perhaps amid a click on one.
        if (old := self.takeWidget()) is not None:
            old.hide()
            old.deleteLater()
        self.setWidget(content)

    def _add_entry(self, layout: QVBoxLayout, entry: CodexEntry) -> None:
        layout.addWidget(_heading(entry.name, 2))
        layout.addWidget(muted(plain_label(self._subtitle(entry))))
        counted = [fact for fact in entry.facts if fact.status is FactStatus.ACCEPTED]
        apart = [fact for fact in entry.facts if fact.status is not FactStatus.ACCEPTED]
        self._add_facts(layout, counted)
        if apart:
            layout.addSpacing(8)
            layout.addWidget(_heading(self.tr("Not counted as known"), 0))
            explanation = self.tr(
                "The model was unsure of these, or its quotation is not in the chapter, or you "
                "rejected them. They are not used for later chapters."
            )
            layout.addWidget(muted(plain_label(explanation)))
            self._add_facts(layout, apart)

    def _subtitle(self, entry: CodexEntry) -> str:
        parts = [entry_kind(entry.kind), *filter(None, entry.attributes.values())]
        if entry.aliases:
            names = self.tr(", ").join(entry.aliases)
            parts.append(self.tr("also {names}").format(names=names))
        return " · ".join(parts)

    def _add_facts(self, layout: QVBoxLayout, facts: Sequence[CodexFact]) -> None:
        earlier = len(facts) - self._limit
        if earlier > 0:
            button = QPushButton(self.tr("Show %n earlier", "", min(earlier, _PAGE)))
            button.clicked.connect(self._show_earlier)
            layout.addWidget(button)
        for fact in facts[-self._limit :]:
            card = FactCard(fact)
            card.clicked.connect(self._on_card)
            layout.addWidget(card)

    @Slot()
    def _on_card(self) -> None:
        card = self.sender()
        assert isinstance(card, FactCard)
        self.fact_opened.emit(card.fact)

    @Slot()
    def _show_earlier(self) -> None:
        self._limit += _PAGE
        self._show()


def _heading(text: str, larger_by: int) -> QLabel:
    label = selectable_label(text)
    font = label.font()
    font.setPointSizeF(font.pointSizeF() + larger_by)
    font.setBold(True)
    label.setFont(font)
    return label
