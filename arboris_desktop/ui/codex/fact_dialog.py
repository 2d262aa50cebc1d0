"""A fact in the author's own words."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.ui.codex.quotation import quotation_label
from arboris_desktop.ui.widgets.chips import muted
from arboris_desktop.ui.widgets.plain_text import plain_label


class FactDialog(QDialog):
    """Shows the quotation, and takes the statement. Open it with ``dialogs.ask``."""

    def __init__(self, fact: CodexFact, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("In your own words"))
        self._statement = QPlainTextEdit(fact.statement)
        self._statement.setAccessibleName(self.tr("What is known"))
        self._statement.setTabChangesFocus(True)
        self._statement.textChanged.connect(self._check)
        hint = self.tr("It then counts as known, and no analysis changes it.")
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._save = buttons.addButton(self.tr("&Save"), QDialogButtonBox.ButtonRole.AcceptRole)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.setSpacing(10)
        if fact.quotation:
            layout.addWidget(quotation_label(fact.quotation))
        layout.addWidget(self._statement, 1)
        layout.addWidget(muted(plain_label(hint)))
        layout.addWidget(buttons)
        self._statement.selectAll()
        self.resize(440, 260)

    def statement(self) -> str:
        """The author's statement."""
        return self._statement.toPlainText().strip()

    @Slot()
    def _check(self) -> None:
        self._save.setEnabled(bool(self.statement()))
