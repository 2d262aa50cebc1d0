"""Asks before a chapter is written, and what it should be like."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.plain_text import plain_label

_WIDTH = 460


class GenerateDialog(QDialog):
    """A wish in the author's words, which may be left empty; Enter begins."""

    def __init__(self, chapter: str, *, has_text: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chapter, self._has_text = chapter, has_text
        self._words = plain_label()
        self._wish = QLineEdit()
        self._buttons = OkCancel(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._words)
        layout.addWidget(self._wish)
        layout.addSpacing(6)
        layout.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH)
        self._retranslate()
        self._wish.setFocus()

    def wish(self) -> str:
        """The author's wish."""
        return self._wish.text().strip()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self.setWindowTitle(self.tr("Generate “{chapter}”").format(chapter=self._chapter))
        self._words.setText(
            self.tr(
                "The model writes this chapter again, from its plan and the book. The present text "
                "stays among the versions."
            )
            if self._has_text
            else self.tr("The model writes this chapter from its plan and the book.")
        )
        self._wish.setAccessibleName(self.tr("What else you wish for"))
        self._wish.setPlaceholderText(
            self.tr("What else you wish for, if anything: more dialogue, end at the door")
        )
        self._buttons.ok.setText(self.tr("Generate"))
