"""The words of Qt's own file dialog that its translations lack."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog


def say_labels(dialog: QFileDialog) -> None:
    """Names the fields of a file dialog in the language of the window."""
    labels = QFileDialog.DialogLabel
    look_in = QCoreApplication.translate("FileDialog", "Look in:")
    file_type = QCoreApplication.translate("FileDialog", "Files of type:")
    dialog.setLabelText(labels.LookIn, look_in)
    dialog.setLabelText(labels.FileType, file_type)
