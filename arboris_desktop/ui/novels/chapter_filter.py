"""Finding a chapter in the tree by a part of its name, or by its number."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QTreeView

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.novels.chapter_tree_model import ChapterTreeModel, TreeRole


class ChapterFilter(QObject):
    """Hides the rows that were not asked for; volumes stay while any of their chapters does."""

    def __init__(self, field: QLineEdit, view: QTreeView, model: ChapterTreeModel) -> None:
        super().__init__(view)
        self._field, self._view, self._model = field, view, model
        # Rows that come one after the other are looked at together.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.apply)
        field.textChanged.connect(self.apply)
        for changed in (model.rowsInserted, model.dataChanged, model.modelReset):
            changed.connect(self._apply_later)

    @Slot()
    def apply(self) -> None:
        """Shows what the field asks for."""
        wanted = self._field.text().strip().casefold()
        self._sift(QModelIndex(), wanted)
        if wanted:
            self._view.expandAll()

    @Slot()
    def _apply_later(self) -> None:
        if self._field.text():
            self._later.start()

    def _sift(self, parent: QModelIndex, wanted: str) -> bool:
        """Hides rows below ``parent``; true if any of them stays."""
        stays = False
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            below = self._sift(index, wanted)
            shown = below or _answers(index, wanted)
            self._view.setRowHidden(row, parent, not shown)
            stays = stays or shown
        return stays


def _answers(index: QModelIndex, wanted: str) -> bool:
    if not wanted:
        return True
    chapter = index.data(TreeRole.OVERVIEW)
    if not isinstance(chapter, ChapterOverview):
        return False
    from arboris_desktop.text.number_labels import told_number

    numbers = (chapter.number, told_number(chapter.number, chapter.label))
    return wanted in map(str, numbers) or wanted in str(index.data()).casefold()
