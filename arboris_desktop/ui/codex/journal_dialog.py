"""The history of the codex, newest first, with undo."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import Origin
from arboris_desktop.domain.codex_journal import JournalEntry
from arboris_desktop.ui.codex.words import journal_action
from arboris_desktop.ui.i18n import Wording
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label, plain_tooltip
from arboris_desktop.ui.wording import when

_ENTRY = Qt.ItemDataRole.UserRole


class JournalDialog(QDialog):
    """Shows the changes it is given."""

    undo_requested = Signal(object)
    """The ``JournalEntry`` to undo."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("History of the Codex"))
        self._list = QTreeWidget()
        self._list.setAccessibleName(self.tr("Changes, the newest first"))
        self._list.setRootIsDecorated(False)
        self._list.setUniformRowHeights(True)
        self._list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._list.setHeaderLabels(
            [self.tr("When"), self.tr("By"), self.tr("Change"), self.tr("Entry"), self.tr("Fact")]
        )
        header = self._list.header()
        header.setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        header.setSectionResizeMode(4, QHeaderView.ResizeMode.Stretch)
        self._list.itemSelectionChanged.connect(self._check)
        self._error = plain_label()
        self._error.hide()
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self._undo = QPushButton(self.tr("&Undo this change"))
        self._undo.clicked.connect(self._on_undo)
        buttons.addButton(self._undo, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        intro = self.tr(
            "The last changes to the codex. One that a later change builds on cannot be undone."
        )
        layout.addWidget(muted(plain_label(intro)))
        layout.addWidget(self._list, 1)
        layout.addWidget(self._error)
        layout.addWidget(buttons)
        self._check()
        self.resize(820, 480)

    def show_journal(self, journal: Sequence[JournalEntry]) -> None:
        """Shows these changes; the selected row stays selected."""
        row = self._list.currentIndex().row()
        self._list.clear()
        self._list.addTopLevelItems([_item(entry) for entry in journal])
        if journal:
            row = min(max(row, 0), len(journal) - 1)
            self._list.setCurrentIndex(self._list.model().index(row, 0))
        self.show_error("")

    def show_error(self, text: str) -> None:
        """Shows why a change could not be undone."""
        self._error.setText(text)
        self._error.setVisible(bool(text))

    def _chosen(self) -> JournalEntry | None:
        items = self._list.selectedItems()
        entry = items[0].data(0, _ENTRY) if items else None
        return entry if isinstance(entry, JournalEntry) else None

    @Slot()
    def _check(self) -> None:
        entry = self._chosen()
        self._undo.setEnabled(entry is not None and entry.undone_at is None)

    @Slot()
    def _on_undo(self) -> None:
        if (entry := self._chosen()) is not None:
            self.undo_requested.emit(entry)


def _item(entry: JournalEntry) -> QTreeWidgetItem:
    actor = Wording.tr("you") if entry.actor is Origin.AUTHOR else Wording.tr("the analysis")
    action = journal_action(entry.action)
    if entry.undone_at is not None:
        action = Wording.tr("{action} (undone)").format(action=action)
    words = [when(entry.created_at), actor, action, entry.entry_name, _statement(entry)]
    item = QTreeWidgetItem(words)
    item.setData(0, _ENTRY, entry)
    item.setToolTip(4, plain_tooltip(words[-1]))
    if entry.undone_at is not None:
        font = item.font(2)
        font.setStrikeOut(True)
        item.setFont(4, font)
    return item


def _statement(entry: JournalEntry) -> str:
    before, after = entry.statement_before, entry.statement_after
    if before and after and before != after:
        return f"{before} → {after}"
    return after or before
