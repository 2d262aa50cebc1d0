"""File dialogs, and texts that Qt's own translation lacks or words badly."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QCoreApplication, QDir, QSize, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QHeaderView, QListView, QToolButton, QTreeView, QWidget

from arboris_desktop.ui.i18n import QT_TRANSLATE_NOOP
from arboris_desktop.ui.widgets.icons import icon

_SIZE = QSize(760, 480)
_ROOM = 12
_ARROWS = {"backButton": "back", "forwardButton": "forward", "toParentButton": "up"}
"""Qt draws its own in black, also in a dark window."""

WORDS_OF_QT = (
    QT_TRANSLATE_NOOP("QFileDialog", "&Look in:"),
    QT_TRANSLATE_NOOP("QFileDialog", "Files of &type:"),
    QT_TRANSLATE_NOOP("QFileSystemModel", "Size"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Folder"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Drive"),
    QT_TRANSLATE_NOOP("QAbstractFileIconProvider", "Unknown"),
)
"""Texts in Qt's contexts, so that it finds them in our own file."""


def file_dialog(parent: QWidget, title: str) -> QFileDialog:
    """A dialog about files."""
    dialog = QFileDialog(parent, title)
    make_readable(dialog)
    return dialog


def make_readable(dialog: QFileDialog) -> None:
    """Gives the places and dates of a dialog that is Qt's own room to be read in full."""
    places, files = dialog.findChild(QListView, "sidebar"), dialog.findChild(QTreeView, "treeView")
    if places is not None:
        places.setMinimumWidth(places.sizeHintForColumn(0) + 2 * places.frameWidth() + _ROOM)
    for name, drawing in _ARROWS.items():
        button = dialog.findChild(QToolButton, name)
        if button is not None:
            button.setIcon(icon(drawing))
    if files is not None:
        files.header().setStretchLastSection(False)
        files.header().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        files.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        dialog.resize(dialog.sizeHint().expandedTo(_SIZE))


def dialog_to_open(parent: QWidget, title: str, *filters: str) -> QFileDialog:
    """Asks for an existing file, of one of these types or any."""
    dialog = file_dialog(parent, title)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.setNameFilters([*filters, QCoreApplication.translate("FileDialog", "All files (*)")])
    return dialog


def dialog_to_save(
    parent: QWidget, title: str, kind: str, suffix: str, name: str = ""
) -> QFileDialog:
    """Asks for the location of a new file of this type and extension, with a suggested name."""
    dialog = file_dialog(parent, title)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setNameFilter(kind)
    dialog.setDefaultSuffix(suffix)
    if name:
        dialog.selectFile(name)
    return dialog


def begin_in_folder(dialog: QFileDialog, folder: str) -> None:
    """Shows the folder first; that of the author's documents where it is not there."""
    if not folder or not QDir(folder).exists():
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    # What is not there would be shown as empty.
    if QDir(folder).exists():
        dialog.setDirectory(folder)


def endings_of(suffixes: Iterable[str]) -> str:
    """Returns the filter of a file dialog for these extensions."""
    return " ".join(f"*{suffix}" for suffix in suffixes)
