"""Asks what new versions should be like."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.plain_text import plain_label


class RegenerateCandidatesDialog(QDialog):
    """An instruction in the author's words; it may be left empty."""

    def __init__(
        self, letter: str | None, instruction: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._letter = letter
        self._words = plain_label()
        self._instruction = QPlainTextEdit(instruction)
        self._instruction.setTabChangesFocus(True)
        self._buttons = OkCancel(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._words)
        layout.addWidget(self._instruction, 1)
        layout.addWidget(self._buttons)
        self.resize(520, 280)
        self._retranslate()
        self._instruction.setFocus()

    def instruction(self) -> str:
        """The author's instruction."""
        return self._instruction.toPlainText().strip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        if self._letter is None:
            self.setWindowTitle(self.tr("New versions"))
            text = self.tr("What should the new candidates be like? The present ones stay.")
        else:
            self.setWindowTitle(self.tr("One more candidate"))
            text = self.tr("What should the new candidate be like? Those that there are stay.")
        self._words.setText(text)
        self._instruction.setAccessibleName(self.tr("Instructions"))
        self._instruction.setPlaceholderText(
            self.tr("For example: shorter, more dialogue, end at the door")
        )
        self._buttons.ok.setText(self.tr("Write"))
