"""The entries of the codex as a list: the name of each, and how much is known."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QGuiApplication, QPalette

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.foreshadowing import Seed
from arboris_desktop.ui.codex.words import entry_kind, fact_status, seed_state
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.widgets.row_sync import sync_rows

Index = QModelIndex | QPersistentModelIndex

_NO_PARENT = QModelIndex()
_COLUMNS = 2
_KNOWN_BY_THEIR_TAB = (EntryKind.CHARACTER, EntryKind.FORESHADOWING)

ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1
"""The ``CodexEntry`` of a row."""


class CodexColumn(IntEnum):
    """The columns: the name, and what is known."""

    NAME = 0
    KNOWN = 1


class CodexModel(QAbstractTableModel):
    """Shows the entries it was last given, in their order."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: list[CodexEntry] = []
        self._seeds: dict[int, Seed] = {}

    def set_entries(self, entries: Sequence[CodexEntry], seeds: Sequence[Seed] = ()) -> None:
        """Shows these; remaining rows keep their selection. ``seeds`` hold the states of seeds."""
        before, self._seeds = self._seeds, {seed.entry.id: seed for seed in seeds}
        sync_rows(self, self._entries, entries, key=lambda entry: entry.id, columns=_COLUMNS)
        if before != self._seeds:
            self.retranslate()

    def retranslate(self) -> None:
        """Makes views read all texts again."""
        if self._entries:
            last = self.index(len(self._entries) - 1, _COLUMNS - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row_of(self, entry_id: int | None) -> int | None:
        """Returns the row of an entry, or ``None`` if it is not shown."""
        return next((row for row, each in enumerate(self._entries) if each.id == entry_id), None)

    def entry(self, row: int) -> CodexEntry:
        """Returns the entry of a row."""
        return self._entries[row]

    def rowCount(self, parent: Index = _NO_PARENT) -> int:
        """Returns the number of entries; none below a row."""
        return 0 if parent.isValid() else len(self._entries)

    def columnCount(self, parent: Index = _NO_PARENT) -> int:
        """Returns two: see ``CodexColumn``."""
        return 0 if parent.isValid() else _COLUMNS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text of a cell, or the entry of its row."""
        if not index.isValid():
            return None
        entry = self._entries[index.row()]
        known = index.column() == CodexColumn.KNOWN
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._known(entry) if known else entry.name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip("\n".join((entry.name, *entry.aliases)))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{entry.name}, {self._known(entry)}"
            case Qt.ItemDataRole.ForegroundRole if known:
                return QGuiApplication.palette().brush(QPalette.ColorRole.PlaceholderText)
        return entry if role == ENTRY_ROLE else None

    def _known(self, entry: CodexEntry) -> str:
        accepted = sum(fact.counts for fact in entry.facts)
        if seed := self._seeds.get(entry.id):
            words = seed_state(seed.state)
        elif accepted:
            words = self.tr("%n facts", "", accepted)
        elif entry.facts:
            words = fact_status(entry.facts[-1].status)
        else:
            words = self.tr("no facts")
        if entry.kind in _KNOWN_BY_THEIR_TAB:
            return words
        return self.tr("{kind} · {known}").format(kind=entry_kind(entry.kind), known=words)
