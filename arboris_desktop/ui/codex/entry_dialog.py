"""An entry in the author's own words: a new one, or changes to an existing one."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from arboris_desktop.domain.codex import CodexEntry, EntryKind
from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.ui.codex.words import entry_kind
from arboris_desktop.ui.widgets.form import FieldForm, Hint

_BETWEEN_NAMES = lazy_pattern(r"[,，、;；\n]+")


@record
class EntryFields:
    """The author's entries."""

    kind: EntryKind
    name: str
    aliases: tuple[str, ...]
    description: str


class EntryDialog(QDialog):
    """Asks for an entry; only its name is required. Open it with ``dialogs.ask``."""

    def __init__(
        self,
        kind: EntryKind,
        entry: CodexEntry | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """``kind`` is the default of a new entry; that of an existing one stays."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Edit entry") if entry else self.tr("New entry"))
        self._kind = QComboBox()
        for each in EntryKind:
            self._kind.addItem(entry_kind(each), each.value)
        self._kind.setCurrentIndex(self._kind.findData((entry.kind if entry else kind).value))
        self._kind.setEnabled(entry is None)
        self._name = QLineEdit(entry.name if entry else "")
        self._name.textChanged.connect(self._check)
        self._aliases = QLineEdit(self.tr(", ").join(entry.aliases) if entry else "")
        self._aliases.setPlaceholderText(self.tr("Separated by commas"))
        self._description = QPlainTextEdit(entry.description if entry else "")
        self._description.setTabChangesFocus(True)
        self._description.setPlaceholderText(
            self.tr("Your own notes. No analysis changes them, and later chapters are told them.")
        )
        self._lay_out(entry)
        self._check()
        self._name.setFocus()
        self.resize(480, 360)

    def fields(self) -> EntryFields:
        """The author's entries."""
        names = (name.strip() for name in _BETWEEN_NAMES.split(self._aliases.text()))
        return EntryFields(
            kind=EntryKind(self._kind.currentData()),
            name=self._name.text().strip(),
            aliases=tuple(dict.fromkeys(filter(None, names))),
            description=self._description.toPlainText().strip(),
        )

    def _lay_out(self, entry: CodexEntry | None) -> None:
        form = FieldForm()
        form.addRow(self.tr("&Kind"), self._kind)
        form.addRow(self.tr("&Name"), self._name)
        gone = self.tr("A name that you remove is not added to this entry again.")
        hint = Hint(gone) if entry is not None else None
        form.add_explained(self.tr("&Other names"), self._aliases, hint)
        form.addRow(self.tr("No&tes"), self._description)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.addButton(self.tr("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(form)
        layout.addWidget(buttons)

    @Slot()
    def _check(self) -> None:
        self._save.setEnabled(bool(self._name.text().strip()))
