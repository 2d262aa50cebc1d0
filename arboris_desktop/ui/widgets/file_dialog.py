"""Dialogs that ask for a file; and the words that Qt's own translation lacks or says oddly."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP

WORDS_OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileSystemModel", "Size"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
"""Qt asks for them by these contexts, and so finds them in our own file."""


def dialog_to_open(parent: QWidget, title: str, *filters: str) -> QFileDialog:
    """Asks for a file that is there, of one of these kinds or of any."""
    dialog = QFileDialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*filters, QCoreApplication.translate("FileDialog", "All files (*)")])
    return dialog


def dialog_to_save(
    parent: QWidget, title: str, kind: str, suffix: str, name: str = ""
) -> QFileDialog:
    """Asks for the place of a new file, of this kind and with this ending, and offers a name."""
    dialog = QFileDialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    return dialog


def endings_of(suffixes: Iterable[str]) -> str:
    """The files with one of these suffixes, as a dialog's filter names them."""
    return " ".join(f"*{suffix}" for suffix in suffixes)
