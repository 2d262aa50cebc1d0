"""Title, author and numbering of an existing novel."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from arboris_desktop.domain.novel import NovelProject
from arboris_desktop.ui.novels.numbering_box import NumberingBox
from arboris_desktop.ui.widgets.dialogs import OkCancel
from arboris_desktop.ui.widgets.form import FieldForm


class DetailsDialog(QDialog):
    """Asks for what covers and headings say. Open it with ``dialogs.ask``."""

    def __init__(self, novel: NovelProject, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Details of the novel"))
        self._title = QLineEdit(novel.title)
        self._author = QLineEdit(novel.author)
        self._author.setPlaceholderText(self.tr("As it stands on the cover"))
        self._numbering = NumberingBox()
        self._numbering.offer(novel.language, novel.numbering)
        self._buttons = OkCancel(self)
        self._lay_out()
        self._title.textChanged.connect(self._check)
        self._check()
        self.resize(460, self.sizeHint().height())

    def title(self) -> str:
        """The title; never empty if the dialog was accepted."""
        return self._title.text().strip()

    def author(self) -> str:
        """The name on the cover, which may be empty."""
        return self._author.text().strip()

    def numbering(self) -> str:
        """The form of the chapter numbers."""
        return self._numbering.numbering()

    def _lay_out(self) -> None:
        form = FieldForm()
        form.addRow(self.tr("Titl&e"), self._title)
        form.addRow(self.tr("&Author"), self._author)
        form.addRow(self.tr("Chapter &numbers"), self._numbering)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 18, 20, 16)
        layout.addLayout(form)
        layout.addSpacing(8)
        layout.addWidget(self._buttons)

    @Slot()
    def _check(self) -> None:
        complete = bool(self.title())
        self._buttons.ok.setEnabled(complete)
