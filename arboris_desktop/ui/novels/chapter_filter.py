"""Filtering the tree by a part of a chapter's name, its number, or the author's status."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QObject, QTimer, Slot
from PySide6.QtWidgets import QLineEdit, QTreeView

from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.text.chinese import folded_name
from arboris_desktop.ui.novels.chapter_tree_model import ChapterTreeModel, TreeRole
from arboris_desktop.ui.wording import own_status_words


class ChapterFilter(QObject):
    """Hides rows that do not match; volumes stay while any of their chapters does."""

    def __init__(self, field: QLineEdit, view: QTreeView, model: ChapterTreeModel) -> None:
        super().__init__(view)
        self._field, self._view, self._model = field, view, model
        self._status: OwnStatus | None = None
        # Successive insertions are filtered together.
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self.apply)
        field.textChanged.connect(self.apply)
        for changed in (model.rowsInserted, model.dataChanged, model.modelReset):
            changed.connect(self._apply_later)

    @Slot()
    def apply(self) -> None:
        """Applies the text of the field."""
        wanted = folded_name(self._field.text())
        self._sift(QModelIndex(), wanted)
        if self._is_sifting:
            self._view.expandAll()

    def set_status(self, status: OwnStatus | None) -> None:
        """Shows chapters of one status only, or of any."""
        self._status = status
        self.apply()

    @property
    def status(self) -> OwnStatus | None:
        """The status to show; ``None`` for any."""
        return self._status

    @property
    def _is_sifting(self) -> bool:
        return bool(self._field.text().strip()) or self._status is not None

    @Slot()
    def _apply_later(self) -> None:
        if self._is_sifting:
            self._later.start()

    def _sift(self, parent: QModelIndex, wanted: str) -> bool:
        """Hides rows below ``parent``; returns true if any of them stays."""
        stays = False
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            below = self._sift(index, wanted)
            shown = below or self._answers(index, wanted)
            self._view.setRowHidden(row, parent, not shown)
            stays = stays or shown
        return stays

    def _answers(self, index: QModelIndex, wanted: str) -> bool:
        if not self._is_sifting:
            return True
        chapter = index.data(TreeRole.OVERVIEW)
        if not isinstance(chapter, ChapterOverview):
            return False
        is_of_status = self._status is None or chapter.own_status is self._status
        return is_of_status and (not wanted or _is_called(index, chapter, wanted))


def _is_called(index: QModelIndex, chapter: ChapterOverview, wanted: str) -> bool:
    from arboris_desktop.text.number_labels import told_number

    numbers = (chapter.number, told_number(chapter.number, chapter.label))
    status = own_status_words(chapter.own_status) if chapter.own_status else ""
    names = (str(index.data()), status)
    return wanted in map(str, numbers) or any(wanted in folded_name(name) for name in names)
