"""Dialogs that ask for a file; and the words that the translations of Qt's own lack."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget


def dialog_to_open(parent: QWidget, title: str, *filters: str) -> QFileDialog:
    """Asks for a file that is there, of one of these kinds or of any."""
    dialog = QFileDialog(parent, title)
    say_labels(dialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*filters, QCoreApplication.translate("FileDialog", "All files (*)")])
    return dialog


def dialog_to_save(
    parent: QWidget, title: str, kind: str, suffix: str, name: str = ""
) -> QFileDialog:
    """Asks for the place of a new file, of this kind and with this ending, and offers a name."""
    dialog = QFileDialog(parent, title)
    say_labels(dialog)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    return dialog


def say_labels(dialog: QFileDialog) -> None:
    """Names the fields of a file dialog in the language of the window."""
    labels = QFileDialog.DialogLabel
    look_in = QCoreApplication.translate("FileDialog", "Look in:")
    file_type = QCoreApplication.translate("FileDialog", "Files of type:")
    dialog.setLabelText(labels.LookIn, look_in)
    dialog.setLabelText(labels.FileType, file_type)
