"""Asks what new versions should be like."""

from __future__ import annotations

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from arboris_desktop.ui.chapter.author_request_dialog import AuthorRequestDialog


class RegenerateCandidatesDialog(AuthorRequestDialog):
    """An instruction of some lines, for one more candidate or for a new round."""

    def __init__(
        self, letter: str | None, instruction: str = "", parent: QWidget | None = None
    ) -> None:
        field = QPlainTextEdit(instruction)
        field.setTabChangesFocus(True)
        super().__init__(field, parent)
        self._letter = letter
        self.resize(520, 280)
        self._retranslate()
        self._field.setFocus()

    def _retranslate(self) -> None:
        if self._letter is None:
            self.setWindowTitle(self.tr("New versions"))
            text = self.tr("What should the new candidates be like? The present ones stay.")
        else:
            self.setWindowTitle(self.tr("One more candidate"))
            text = self.tr("What should the new candidate be like? Those that there are stay.")
        self._words.setText(text)
        self._field.setAccessibleName(self.tr("Instructions"))
        self._field.setPlaceholderText(
            self.tr("For example: shorter, more dialogue, end at the door")
        )
        self._buttons.ok.setText(self.tr("Write"))
