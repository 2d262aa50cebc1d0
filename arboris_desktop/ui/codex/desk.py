"""Connects the codex: shows it, and passes on the author's decisions."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QInputDialog

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import CodexEntry, CodexFact, EntryKind
from arboris_desktop.domain.codex_journal import JournalEntry
from arboris_desktop.domain.codex_overview import CodexOverview
from arboris_desktop.domain.contradictions import AlertStatus, Contradiction
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.foreshadowing import Seed
from arboris_desktop.ui.codex.entry_dialog import EntryDialog, EntryFields
from arboris_desktop.ui.codex.entry_header import SeedChange
from arboris_desktop.ui.codex.fact_card import Decision
from arboris_desktop.ui.codex.fact_dialog import FactDialog
from arboris_desktop.ui.codex.journal_dialog import JournalDialog
from arboris_desktop.ui.codex.merge_dialog import MergeEntriesDialog, mergeable
from arboris_desktop.ui.codex.panel import CodexPanel
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, answered


class CodexDesk(NovelDesk):
    """Makes every change off the GUI thread; the panel then shows the codex again."""

    shows = Changes(outline=True, codex=True)

    shown = Signal(object)
    """The ``CodexOverview`` of the open novel."""
    passage_opened = Signal(object)
    """The ``Passage`` of the book that the author wants to see."""

    renamed = Signal(str, str)
    """An entry's old name, and its new one."""

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
        details.edit_requested.connect(self._edit_entry)
        details.merge_requested.connect(self._merge)
        details.seed_changed.connect(self._on_seed)
        self._panel.add_requested.connect(self._add_entry)
        self._panel.history_requested.connect(self._show_history)

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Reads the codex of the open novel again."""
        self._show(await novel.call(lambda: self._codex.overview(novel.id)))

    def end_novel(self) -> None:
        """Shows an empty codex."""
        super().end_novel()
        self._show(CodexOverview(""))

    def _show(self, overview: CodexOverview) -> None:
        self._overview = overview
        self._panel.show_overview(overview)
        self.shown.emit(overview)

    @of_novel
    async def _change(self, novel: OpenNovel, change: Callable[[], object]) -> None:
        await novel.call(change)
        self.refresh()

    # Facts and alerts

    @Slot(object, object)
    def _on_fact(self, fact: CodexFact, decision: Decision) -> None:
        if decision is Decision.ACCEPT:
            self._change(lambda: self._codex.accept(fact.id))
        elif decision is Decision.REJECT:
            self._change(lambda: self._codex.reject(fact.id))
        else:
            self._edit_fact(fact)

    @once_of_novel
    async def _edit_fact(self, _novel: OpenNovel, fact: CodexFact) -> None:
        statement = await answered(FactDialog(fact, self._panel), FactDialog.statement)
        if statement is not None:
            self._change(lambda: self._codex.edit(fact.id, statement))

    @of_novel
    async def _accept_all(self, novel: OpenNovel, seen: tuple[CodexFact, ...]) -> None:
        self._change(lambda: self._codex.accept_all(novel.id, seen))

    @Slot(object, object)
    def _on_alert(self, alert: Contradiction, status: AlertStatus) -> None:
        settle = {
            AlertStatus.DISMISSED: self._codex.dismiss_alert,
            AlertStatus.RESOLVED: self._codex.resolve_alert,
            AlertStatus.OPEN: self._codex.reopen_alert,
        }[status]
        self._change(lambda: settle(alert.id))

    # Entries

    @once_of_novel
    async def _add_entry(self, novel: OpenNovel, kind: EntryKind) -> None:
        fields = await answered(EntryDialog(kind, parent=self._panel), EntryDialog.fields)
        if fields is not None:
            entry_id = await novel.call(lambda: self._store(novel.id, fields))
            self._show(await novel.call(lambda: self._codex.overview(novel.id)))
            self._panel.show_entry(entry_id)

    def _store(self, project_id: str, fields: EntryFields) -> int:
        entry_id = self._codex.add_entry(project_id, fields.kind, fields.name, fields.description)
        if fields.aliases:
            self._codex.edit_entry(entry_id, aliases=fields.aliases)
        return entry_id

    @once_of_novel
    async def _edit_entry(self, _novel: OpenNovel, entry: CodexEntry) -> None:
        dialog = EntryDialog(entry.kind, entry, self._panel)
        if (fields := await answered(dialog, EntryDialog.fields)) is not None:
            if fields.name not in ("", entry.name):
                self.renamed.emit(entry.name, fields.name)
            self._change(partial(self._store_changes, entry, fields))

    def _store_changes(self, entry: CodexEntry, fields: EntryFields) -> None:
        """Stores what the author has changed; other parts keep their present state, since an
        analysis may have added to them."""
        self._codex.edit_entry(
            entry.id,
            name=None if fields.name == entry.name else fields.name,
            aliases=None if fields.aliases == entry.aliases else fields.aliases,
            aliases_seen=entry.aliases,
            description=None if fields.description == entry.description else fields.description,
        )

    @once_of_novel
    async def _merge(self, _novel: OpenNovel, entry: CodexEntry) -> None:
        others = mergeable(entry, self._overview.entries)
        dialog = MergeEntriesDialog(entry, others, self._panel)
        if (other := await answered(dialog, MergeEntriesDialog.other_id)) is not None:
            self._change(lambda: self._codex.merge_entries(entry.id, other))

    # Foreshadowing

    @Slot(object, object)
    def _on_seed(self, seed: Seed, change: SeedChange) -> None:
        if change is SeedChange.DUE:
            self._set_due(seed)
        elif change is SeedChange.PAID_OFF:
            self._change(lambda: self._codex.mark_paid_off(seed.entry.id))
        else:
            self._change(lambda: self._codex.reopen(seed.entry.id))

    @once_of_novel
    async def _set_due(self, _novel: OpenNovel, seed: Seed) -> None:
        dialog = QInputDialog(self._panel)
        dialog.setWindowTitle(self.tr("When is it due?"))
        dialog.setLabelText(self.tr("Pay it off by chapter (0: no chapter is set):"))
        dialog.setInputMode(QInputDialog.InputMode.IntInput)
        dialog.setIntRange(0, 100_000)
        dialog.setIntValue(seed.due_chapter or 0)
        dialog.setOkButtonText(self.tr("Set"))
        dialog.setCancelButtonText(self.tr("Cancel"))
        if (number := await answered(dialog, QInputDialog.intValue)) is not None:
            self._change(lambda: self._codex.set_due_chapter(seed.entry.id, number or None))

    # History

    @once_of_novel
    async def _show_history(self, _novel: OpenNovel) -> None:
        dialog = self._history = JournalDialog(self._panel)
        dialog.undo_requested.connect(self._undo)
        self._read_journal()
        try:
            await agreed(dialog)
        finally:
            self._history = None

    @of_novel
    async def _read_journal(self, novel: OpenNovel) -> None:
        journal = await novel.call(lambda: self._codex.journal(novel.id))
        if self._history is not None:
            self._history.show_journal(journal)

    @once_of_novel
    async def _undo(self, novel: OpenNovel, entry: JournalEntry) -> None:
        try:
            await novel.call(lambda: self._codex.undo(entry.id))
        except RuleError:
            if self._history is None:
                raise
            self._history.show_error(
                self.tr("A later change builds on this one: undo that one first.")
            )
        else:
            self._read_journal()
            self.refresh()
