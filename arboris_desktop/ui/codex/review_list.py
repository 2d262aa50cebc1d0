"""The items of the codex that wait for the author: contradictions, and findings that are not valid
yet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexFact, FactStatus
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.ui.codex.alert_card import AlertCard
from arboris_desktop.ui.codex.card_list import FactList, heading
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class ReviewList(FactList):
    """Everything to decide, the most important first; at most a page of each kind at a time."""

    alert_settled = Signal(object, object)
    """A ``Contradiction`` and its new ``AlertStatus``."""

    accept_all_requested = Signal(object)
    """The proposed ``CodexFact``s, as they are listed."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._overview = CodexOverview("")
        self.rebuild()

    def show_overview(self, overview: CodexOverview) -> None:
        """Shows what is waiting; does nothing if that is shown already."""
        if overview == self._overview:
            return
        other_book = overview.project_id != self._overview.project_id
        self._overview = overview
        if other_book:
            self.limit = self.PAGE
        self.rebuild(from_top=other_book)

    def alert_cards(self) -> list[AlertCard]:
        """The contradictions shown, from top to bottom."""
        return self.findChildren(AlertCard)

    def fill(self, layout: QVBoxLayout) -> None:
        """Adds a section for each kind that exists."""
        self.setAccessibleName(self.tr("Waiting for you"))
        self._add_alerts(layout)
        self._add_section(
            layout,
            self._facts(FactStatus.PROPOSED),
            self.tr("Proposed"),
            self.tr("Found in your chapters and proved by them. They count when you accept them."),
        )
        self._add_section(
            layout,
            [f for f in self._facts(None) if f[0].is_stale],
            self.tr("The text has changed"),
            self.tr("The words that prove these are no longer in the chapter."),
        )
        self._add_section(
            layout,
            self._facts(FactStatus.LOW_CONFIDENCE),
            self.tr("Unsure"),
            self.tr("The words are in the chapter, but the model was not sure what they mean."),
        )
        self._add_section(
            layout,
            self._facts(FactStatus.TO_CHECK),
            self.tr("To check"),
            self.tr(
                "The words are in the chapter, but prove too little: a name, or words that any "
                "page has."
            ),
        )
        self._add_section(
            layout,
            self._facts(FactStatus.UNSUPPORTED),
            self.tr("Quotation not found"),
            self.tr("The words that the model quotes are not in the chapter."),
        )

    def _facts(self, status: FactStatus | None) -> list[tuple[CodexFact, str]]:
        """Returns the waiting facts of a status with the names of their entries, the newest chapter
        first.

        Stale ones have a section of their own.
        """
        found = [
            (fact, entry.name)
            for entry in self._overview.entries
            for fact in entry.facts
            if fact.waits and (status is None or (fact.status is status and not fact.is_stale))
        ]
        return sorted(found, key=lambda pair: (-pair[0].chapter_number, pair[0].start or 0))

    def _add_alerts(self, layout: QVBoxLayout) -> None:
        alerts = self._overview.alerts
        if not alerts:
            return
        layout.addWidget(heading(self.tr("Contradictions (%n)", "", len(alerts))))
        for alert in alerts[: self.limit]:
            card = AlertCard(alert)
            card.passage_opened.connect(self.passage_opened)
            card.settled.connect(self.alert_settled)
            layout.addWidget(card)
        self._add_more(layout, len(alerts))

    def _add_section(
        self,
        layout: QVBoxLayout,
        facts: list[tuple[CodexFact, str]],
        title: str,
        explanation: str,
    ) -> None:
        if not facts:
            return
        layout.addSpacing(4)
        text = self.tr("{title} ({count})").format(title=title, count=len(facts))
        layout.addWidget(heading(text))
        layout.addWidget(muted(plain_label(explanation)))
        if facts[0][0].is_proposed:
            listed = tuple(fact for fact, _entry_name in facts)
            accept = QPushButton(self.tr("Accept all proposed"))
            accept.clicked.connect(lambda: self.accept_all_requested.emit(listed))
            layout.addWidget(accept)
        self.add_facts(layout, facts[: self.limit])
        self._add_more(layout, len(facts))

    def _add_more(self, layout: QVBoxLayout, count: int) -> None:
        more = count - self.limit
        if more > 0:
            self.add_more_button(layout, self.tr("Show %n more", "", min(more, self.PAGE)))
