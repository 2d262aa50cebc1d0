"""Merging two entries that are the same."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QCompleter, QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class MergeEntriesDialog(QDialog):
    """Asks which entry is the same as the given one. Open it with ``dialogs.ask``."""

    def __init__(
        self, entry: CodexEntry, others: Sequence[CodexEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge two entries"))
        self._others = QComboBox()
        self._others.setAccessibleName(self.tr("The other entry"))
        self._others.setEditable(True)
        self._others.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for other in others:
            self._others.addItem(" / ".join(other.names), other.id)
        self._others.setCurrentIndex(-1)
        # Typing any part of a name finds it: a long book has hundreds.
        completer = QCompleter(self._others.model(), self._others)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._others.setCompleter(completer)
        question = self.tr("Which entry is also “{name}”?").format(name=entry.name)
        result = self.tr(
            "“{name}” keeps its name and takes the facts and names of the other. "
            "The history of the codex can undo it."
        ).format(name=entry.name)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._merge = buttons.addButton(self.tr("&Merge"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._others.editTextChanged.connect(self._check)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(plain_label(question))
        layout.addWidget(self._others)
        layout.addWidget(muted(plain_label(result)))
        layout.addWidget(buttons)
        self._check()
        self.resize(420, 200)

    def other_id(self) -> int | None:
        """The selected entry; ``None`` while the text names none."""
        row = self._others.findText(self._others.currentText())
        return None if row < 0 else int(self._others.itemData(row))

    def _check(self) -> None:
        self._merge.setEnabled(self.other_id() is not None)


def mergeable(entry: CodexEntry, entries: Sequence[CodexEntry]) -> list[CodexEntry]:
    """Returns the entries that can be the same as the given one: people with people, things with
    things."""
    is_person = entry.kind is EntryKind.CHARACTER
    return [
        other
        for other in entries
        if other.id != entry.id
        and other.kind is not EntryKind.FORESHADOWING
        and (other.kind is EntryKind.CHARACTER) == is_person
    ]
