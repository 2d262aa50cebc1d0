"""Wires the codex: shows it, and passes on what the author decides."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QDialog, QInputDialog

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import (
    AlertStatus,
    CodexEntry,
    CodexFact,
    CodexOverview,
    Contradiction,
    EntryKind,
    JournalEntry,
    Seed,
)
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.ui.codex.entry_dialog import EntryDialog, EntryFields
from arboris_desktop.ui.codex.entry_header import SeedChange
from arboris_desktop.ui.codex.fact_card import Decision
from arboris_desktop.ui.codex.fact_dialog import FactDialog
from arboris_desktop.ui.codex.journal_dialog import JournalDialog
from arboris_desktop.ui.codex.merge_dialog import MergeEntriesDialog, mergeable
from arboris_desktop.ui.codex.panel import CodexPanel
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.widgets.dialogs import ask

Dialog = TypeVar("Dialog", bound=QDialog)
Result = TypeVar("Result")


class CodexDesk(NovelDesk):
    """Every change is made off the GUI thread; the panel then shows the codex again."""

    passage_opened = Signal(object)
    """The ``Passage`` of the book that the author wants to see."""

    def __init__(self, panel: CodexPanel, codex: Codex) -> None:
        super().__init__(panel)
        self._panel = panel
        self._codex = codex
        self._overview = CodexOverview("")
        self._history: JournalDialog | None = None
        self._connect()

    def _connect(self) -> None:
        details, review = self._panel.details, self._panel.review
        for source in (details, review):
            source.passage_opened.connect(self.passage_opened)
            source.fact_decided.connect(self._on_fact)
        review.alert_settled.connect(self._on_alert)
        review.accept_all_requested.connect(self._accept_all)
        details.edit_requested.connect(lambda entry: self._ask(self._edit_entry(entry)))
        details.merge_requested.connect(lambda entry: self._ask(self._merge(entry)))
        details.seed_changed.connect(self._on_seed)
        self._panel.add_requested.connect(lambda kind: self._ask(self._add_entry(kind)))
        self._panel.history_requested.connect(lambda: self._ask(self._show_history()))

    @Slot()
    def refresh(self) -> None:
        """Reads the codex of the open novel again."""
        if (novel := self._novel) is not None:
            novel.run(lambda: self._codex.overview(novel.id), self._show)

    def end_novel(self) -> None:
        """Shows an empty codex."""
        super().end_novel()
        self._show(CodexOverview(""))

    def _show(self, overview: CodexOverview) -> None:
        self._overview = overview
        self._panel.show_overview(overview)

    # Facts and alerts

    @Slot(object, object)
    def _on_fact(self, fact: CodexFact, decision: Decision) -> None:
        if decision is Decision.ACCEPT:
            self._change(lambda: self._codex.accept(fact.id))
        elif decision is Decision.REJECT:
            self._change(lambda: self._codex.reject(fact.id))
        else:
            self._ask(self._edit_fact(fact))

    async def _edit_fact(self, fact: CodexFact) -> None:
        statement = await self._answer(FactDialog(fact, self._panel), FactDialog.statement)
        if statement is not None:
            self._change(lambda: self._codex.edit(fact.id, statement))

    @Slot()
    def _accept_all(self) -> None:
        if (novel := self._novel) is not None:
            self._change(lambda: self._codex.accept_all(novel.id))

    @Slot(object, object)
    def _on_alert(self, alert: Contradiction, status: AlertStatus) -> None:
        settle = {
            AlertStatus.DISMISSED: self._codex.dismiss_alert,
            AlertStatus.RESOLVED: self._codex.resolve_alert,
            AlertStatus.OPEN: self._codex.reopen_alert,
        }[status]
        self._change(lambda: settle(alert.id))

    # Entries

    async def _add_entry(self, kind: EntryKind) -> None:
        novel = self._novel
        fields = await self._answer(EntryDialog(kind, parent=self._panel), EntryDialog.fields)
        if fields is not None and novel is not None:
            novel.run(lambda: self._store(novel.id, fields), self._show_new)

    def _store(self, project_id: str, fields: EntryFields) -> int:
        entry_id = self._codex.add_entry(project_id, fields.kind, fields.name, fields.description)
        if fields.aliases:
            self._codex.edit_entry(entry_id, aliases=fields.aliases)
        return entry_id

    def _show_new(self, entry_id: int) -> None:
        self.refresh()
        # Behind the reading that was just asked for.
        self._run(lambda: entry_id, self._panel.show_entry)

    async def _edit_entry(self, entry: CodexEntry) -> None:
        dialog = EntryDialog(entry.kind, entry, self._panel)
        fields = await self._answer(dialog, EntryDialog.fields)
        if fields is not None:
            self._change(
                lambda: self._codex.edit_entry(
                    entry.id,
                    name=fields.name,
                    aliases=fields.aliases,
                    description=fields.description,
                )
            )

    async def _merge(self, entry: CodexEntry) -> None:
        others = mergeable(entry, self._overview.entries)
        other = await self._answer(
            MergeEntriesDialog(entry, others, self._panel), MergeEntriesDialog.other_id
        )
        if other is not None:
            self._change(lambda: self._codex.merge_entries(entry.id, other))

    # Foreshadowing

    @Slot(object, object)
    def _on_seed(self, seed: Seed, change: SeedChange) -> None:
        if change is SeedChange.DUE:
            self._ask(self._set_due(seed))
        elif change is SeedChange.PAID_OFF:
            self._change(lambda: self._codex.mark_paid_off(seed.entry.id))
        else:
            self._change(lambda: self._codex.reopen(seed.entry.id))

    async def _set_due(self, seed: Seed) -> None:
        dialog = QInputDialog(self._panel)
        dialog.setWindowTitle(self.tr("When is it due?"))
        dialog.setLabelText(self.tr("Pay it off by chapter (0: no chapter is set):"))
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(0, 100_000)
        dialog.setIntValue(seed.due_chapter or 0)
        dialog.setOkButtonText(self.tr("Set"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        number = await self._answer(dialog, QInputDialog.intValue)
        if number is not None:
            self._change(lambda: self._codex.set_due_chapter(seed.entry.id, number or None))

    # History

    async def _show_history(self) -> None:
        dialog = self._history = JournalDialog(self._panel)
        dialog.undo_requested.connect(self._undo)
        self._read_journal()
        try:
            await self._answer(dialog, lambda _dialog: None)
        finally:
            self._history = None

    def _read_journal(self) -> None:
        if (novel := self._novel) is not None:
            novel.run(lambda: self._codex.journal(novel.id), self._show_journal)

    def _show_journal(self, journal: list[JournalEntry]) -> None:
        if self._history is not None:
            self._history.show_journal(journal)

    @Slot(object)
    def _undo(self, entry: JournalEntry) -> None:
        if self._novel is not None:
            self._novel.run(lambda: self._codex.undo(entry.id), self._undone, self._not_undone)

    def _undone(self, _nothing: object) -> None:
        self._read_journal()
        self.refresh()

    def _not_undone(self, error: Exception) -> None:
        if self._history is not None and isinstance(error, RuleError):
            self._history.show_error(
                self.tr("A later change builds on this one: undo that one first.")
            )
        else:
            self.failed.emit(error)

    # Running

    async def _answer(self, dialog: Dialog, read: Callable[[Dialog], Result]) -> Result | None:
        """The author's entries, or ``None`` if they changed their mind."""
        try:
            accepted = await ask(dialog) == QDialog.DialogCode.Accepted.value
            return read(dialog) if accepted else None
        finally:
            dialog.deleteLater()

    def _ask(self, dialog: Coroutine[Any, Any, None]) -> None:
        if self._novel is None:
            dialog.close()
        else:
            self._novel.spawn(dialog)

    def _change(self, work: Callable[[], object]) -> None:
        self._run(work, lambda _result: self.refresh())

    def _run(self, work: Callable[[], Result], then: Callable[[Result], None]) -> None:
        if self._novel is not None:
            self._novel.run(work, then)
