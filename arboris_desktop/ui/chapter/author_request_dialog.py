"""The base of dialogs that announce what a model is about to write, and take the author's wish."""

from __future__ import annotations

from PySide6.QtWidgets import QDialog, QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.ui.i18n import Translated
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.plain_text import plain_label


class AuthorRequestDialog(Translated, QDialog):
    """A text, a field that may be left empty, and the button that starts."""

    def __init__(self, field: QLineEdit | QPlainTextEdit, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._words = plain_label()
        self._buttons = OkCancel(self)
        layout = QVBoxLayout(self)
        layout.addWidget(self._words)
        layout.addWidget(field, 1)
        layout.addWidget(self._buttons)

    def wish(self) -> str:
        """The author's wish."""
        field = self._field
        text = field.text() if isinstance(field, QLineEdit) else field.toPlainText()
        return text.strip()

    def _retranslate(self) -> None:
        """Sets all texts in the current language."""
        raise NotImplementedError
