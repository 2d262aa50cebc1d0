"""Everything that the codex knows about one entry, in the order of the book."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexEntry, CodexFact, FactStatus
from arboris_desktop.domain.foreshadowing import Seed
from arboris_desktop.ui.codex.card_list import FactList, heading
from arboris_desktop.ui.codex.entry_header import EntryHeader
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class CodexDetails(FactList):
    """Shows an entry: valid facts, and the others separately."""

    edit_requested = Signal(object)
    merge_requested = Signal(object)
    """The ``CodexEntry`` to change."""

    seed_changed = Signal(object, object)
    """A ``Seed`` and the requested ``SeedChange``."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._entry: CodexEntry | None = None
        self._seed: Seed | None = None
        self.rebuild()

    def show_entry(self, entry: CodexEntry | None, seed: Seed | None = None) -> None:
        """Shows an entry, or nothing; does nothing if it is shown already."""
        if (entry, seed) == (self._entry, self._seed):
            return
        same = entry is not None and self._entry is not None and entry.id == self._entry.id
        if not same:
            self.limit = self.PAGE
        self._entry, self._seed = entry, seed
        self.rebuild(from_top=not same)

    def fill(self, layout: QVBoxLayout) -> None:
        """The entry with its facts."""
        self.setAccessibleName(self.tr("What is known"))
        if self._entry is None:
            return
        header = EntryHeader(self._entry, self._seed)
        header.edit_requested.connect(self.edit_requested)
        header.merge_requested.connect(self.merge_requested)
        header.seed_changed.connect(self.seed_changed)
        layout.addWidget(header)
        facts = self._entry.facts
        counted = [fact for fact in facts if fact.counts]
        ties = [fact for fact in counted if fact.other_entry_id is not None]
        self._add_page(layout, [fact for fact in counted if fact.other_entry_id is None])
        if ties:
            layout.addWidget(heading(self.tr("Relationships")))
            self._add_page(layout, ties)
        self._add_apart(layout, [fact for fact in facts if not fact.counts])

    def _add_apart(self, layout: QVBoxLayout, facts: Sequence[CodexFact]) -> None:
        if not facts:
            return
        layout.addSpacing(8)
        layout.addWidget(heading(self.tr("Not counted as known")))
        explanation = self.tr(
            "The model was unsure of these, or the words that prove them are not in the chapter, "
            "or you have not accepted them. They are not used for later chapters."
        )
        layout.addWidget(muted(plain_label(explanation)))
        rejected = [fact for fact in facts if fact.status is FactStatus.REJECTED]
        self._add_page(layout, [*(f for f in facts if f not in rejected), *rejected])

    def _add_page(self, layout: QVBoxLayout, facts: Sequence[CodexFact]) -> None:
        earlier = len(facts) - self.limit
        if earlier > 0:
            text = self.tr("Show %n earlier", "", min(earlier, self.PAGE))
            self.add_more_button(layout, text)
        # The later ones of a long book matter most.
        self.add_facts(layout, ((fact, "") for fact in facts[-self.limit :]))
