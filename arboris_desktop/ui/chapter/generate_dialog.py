"""Asks before a chapter is written, and what it should be like."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QWidget

from arboris_desktop.ui.chapter.author_request_dialog import AuthorRequestDialog

_WIDTH = 420
_AROUND = 28
"""The edges of the field, and the room within them."""


class GenerateDialog(AuthorRequestDialog):
    """A wish in one line; Enter starts."""

    def __init__(self, chapter: str, *, has_text: bool, parent: QWidget | None = None) -> None:
        super().__init__(QLineEdit(), parent)
        self._chapter, self._has_text = chapter, has_text
        self._retranslate()
        self._field.setFocus()

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
        self._field.setAccessibleName(self.tr("What else you wish for"))
        self._field.setPlaceholderText(
            self.tr("What else you wish for, if anything: more dialogue, end at the door")
        )
        self._buttons.ok.setText(self.tr("Generate"))
        hint = self.fontMetrics().horizontalAdvance(self._field.placeholderText())
        self._field.setMinimumWidth(max(_WIDTH, hint + _AROUND))
