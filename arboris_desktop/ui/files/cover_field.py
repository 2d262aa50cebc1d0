"""The picture on the cover of an e-book: typed as a path, or chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from arboris_desktop.ui.widgets.file_dialog import file_dialog
from arboris_desktop.ui.widgets.form import Hint


class CoverField(QWidget):
    """A path, a button that looks for one, and the word that it is none that can be used.

    ``line`` is what the letter of a label leads to.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.line = self._path = QLineEdit()
        self._path.setPlaceholderText(self.tr("None; a PNG or JPEG picture"))
        self._problem = Hint()
        self._problem.hide()
        choose = QPushButton(self.tr("C&hoose…"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose)
        self._path.textChanged.connect(self._problem.hide)
        row = QHBoxLayout()
        row.addWidget(self._path, 1)
        row.addWidget(choose)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(row)
        layout.addWidget(self._problem)

    def cover(self) -> Path | None:
        """The picture, if there is to be one."""
        path = self._path.text().strip()
        return Path(path) if path else None

    def set_cover(self, cover: Path | None) -> None:
        """Shows another picture, or none."""
        self._path.setText(str(cover) if cover else "")

    def tell_unusable(self) -> None:
        """Says that the picture cannot be used, until another one is named."""
        self._problem.setText(self.tr("This is not a valid PNG or JPEG picture."))
        self._problem.show()
        self._path.setFocus()
        self._path.selectAll()

    @Slot()
    def _choose(self) -> None:
        dialog = file_dialog(self, self.tr("Cover"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(self.tr("Pictures ({endings})").format(endings="*.png *.jpg *.jpeg"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self._path.setText)
        dialog.open()
