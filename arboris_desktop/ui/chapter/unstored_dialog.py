"""A dialog with a model's text that could not be stored, for copying."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.rescue import PutAside, UnsavedTextError
from arboris_desktop.text.paragraphs import in_a_row
from arboris_desktop.ui.widgets.plain_text import plain_label
from arboris_desktop.ui.wording import chapter_name, words_of


class UnstoredDialog(QDialog):
    """Says why, and where the text is meanwhile; it can be copied here. Open it with ``open``."""

    copy_requested = Signal()
    """The texts should be saved to a file of the author's choice."""

    def __init__(self, error: UnsavedTextError, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Not Stored"))
        names = self.tr(", ").join(dict.fromkeys(_name(each) for each in error.texts))
        told = self.tr("What the model wrote could not be stored: {chapters}")
        words = words_of(error)
        self._text = QPlainTextEdit("\n\n\n".join(each.rescued.text for each in error.texts))
        self._text.setReadOnly(True)
        self._text.setAccessibleName(self.tr("The text that could not be stored"))
        self._note = plain_label(self._where(error))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        self._told = plain_label(told.format(chapters=names))
        self._why = plain_label(in_a_row(words.what_happened, words.what_to_do))
        layout.addWidget(self._told)
        layout.addWidget(self._why)
        layout.addWidget(self._text, 1)
        layout.addWidget(self._note)
        layout.addWidget(self._buttons())
        self.resize(640, 500)

    def show_note(self, note: str) -> None:
        """Shows the result of saving a copy."""
        self._note.setText(note)

    def show_stored(self) -> None:
        """Says that the fault is over, and the text is where it belongs."""
        self._told.setText(self.tr("What the model wrote is stored by now."))
        self._why.setText(self.tr("It waits in its chapter for you to keep it."))
        self.show_note("")

    def _where(self, error: UnsavedTextError) -> str:
        if error.nowhere:
            return self.tr(
                "It could not be put aside either: copy it, or save a copy, before you quit."
            )
        folders = sorted({str(each.file.parent) for each in error.texts if each.file is not None})
        return self.tr(
            "It was put aside in {folder}. Arboris stores it as soon as that is possible; if you "
            "quit before, it is offered at the next start."
        ).format(folder=self.tr(", ").join(folders))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        roles = QDialogButtonBox.ButtonRole
        copy = buttons.addButton(self.tr("Copy the &Text"), roles.ActionRole)
        save = buttons.addButton(self.tr("&Save a Copy…"), roles.ActionRole)
        close = buttons.addButton(self.tr("&Close"), roles.RejectRole)
        copy.clicked.connect(self._copy)
        save.clicked.connect(self.copy_requested)
        close.clicked.connect(self.reject)
        close.setDefault(True)
        return buttons

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._text.toPlainText())
        self.show_note(self.tr("The text is in the clipboard."))


def _name(each: PutAside) -> str:
    return chapter_name(each.rescued.number, each.rescued.title, each.rescued.label)
