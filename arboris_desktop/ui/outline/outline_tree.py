"""The tree view of the outline, in which items can be moved."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPoint, QSize, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTreeView,
    QWidget,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import ChapterPlan, Outline
from arboris_desktop.ui.outline.outline_model import OutlineColumn, OutlineModel, OutlineRole
from arboris_desktop.ui.outline.outline_rows import ChapterRow, GapRow, VolumeRow
from arboris_desktop.ui.widgets.keyed_tree import Index

Row = VolumeRow | ChapterRow | GapRow

_ROW_PADDING = 6
_PLAN_SHARE = 0.34
_NARROW = 560


class _AiryRows(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return super().sizeHint(option, index) + QSize(0, _ROW_PADDING)


class OutlineTree(QTreeView):
    """Volumes with their chapters and gaps.

    Chapters can be dragged, also several at once; Alt with the arrow keys moves the selection, F2
    renames, Enter opens.
    """

    row_chosen = Signal()
    """The selection, or the selected items, have changed."""

    chapter_opened = Signal(int)
    gap_opened = Signal(object)
    shift_requested = Signal(int)
    remove_requested = Signal()
    menu_requested = Signal(QPoint)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = OutlineModel(self)
        self.setModel(self._model)
        self.setItemDelegate(_AiryRows(self))
        self.setUniformRowHeights(True)
        self.setIndentation(18)
        self.setExpandsOnDoubleClick(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.EditKeyPressed)
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDragEnabled(True)
        self.setDropIndicatorShown(True)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self.menu_requested)
        self._shape_header()
        self._model.modelReset.connect(self.expandAll)
        self._model.rowsInserted.connect(self._expand_inserted)
        self.doubleClicked.connect(self._open)
        self.selectionModel().selectionChanged.connect(self._tell_choice)

    def outline_model(self) -> OutlineModel:
        """The shown model."""
        return self._model

    def show_outline(self, outline: Outline, language: Language) -> None:
        """Shows an outline, and keeps the selection."""
        self._model.set_outline(outline, language)
        self.row_chosen.emit()

    def selected_rows(self) -> list[Row]:
        """The selected rows, from the top."""
        indexes = list(self.selectionModel().selectedRows())
        indexes.sort(key=lambda index: (index.parent().row(), index.row()))
        return [index.data(OutlineRole.ROW) for index in indexes]

    def selected_chapters(self) -> list[ChapterPlan]:
        """The chapters among the selected rows."""
        return [row.chapter for row in self.selected_rows() if isinstance(row, ChapterRow)]

    def current_row(self) -> Row | None:
        """The single selected row; ``None`` if there are several, or none."""
        rows = self.selected_rows()
        return rows[0] if len(rows) == 1 else None

    def select_chapter(self, chapter_id: int) -> None:
        """Selects only this chapter, and scrolls to it."""
        self._select(self._model.index_of_chapter(chapter_id))

    def select_volume(self, volume_id: int) -> None:
        """Selects only this volume, and scrolls to it."""
        self._select(self._model.index_of_volume(volume_id))

    def rename(self) -> None:
        """Starts editing the title of the current row."""
        index = self.currentIndex().siblingAtColumn(OutlineColumn.NAME)
        if index.isValid() and self._model.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Handles the keys that move, open and remove."""
        alt = event.modifiers() == Qt.KeyboardModifier.AltModifier
        if self.state() is QAbstractItemView.State.EditingState:
            # Keys that the title editor leaves, such as the Enter that ends it.
            super().keyPressEvent(event)
        elif alt and event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.shift_requested.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        elif event.key() == Qt.Key.Key_Delete:
            self.remove_requested.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.rename()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Gives the plan a share of the width, if there is enough."""
        super().resizeEvent(event)
        width = self.viewport().width()
        self.setColumnHidden(OutlineColumn.PLAN, width < _NARROW)
        header = self.header()
        if width >= _NARROW:
            header.resizeSection(OutlineColumn.PLAN, round(width * _PLAN_SHARE))

    def _shape_header(self) -> None:
        header = self.header()
        header.setStretchLastSection(False)
        header.setSectionsMovable(False)
        header.setSectionResizeMode(OutlineColumn.NAME, QHeaderView.ResizeMode.Stretch)
        header.setSectionResizeMode(OutlineColumn.PLAN, QHeaderView.ResizeMode.Interactive)
        # Not by contents: that would measure every row. And by digits: the average character of a
        # Chinese font is twice as wide.
        digit = self.fontMetrics().horizontalAdvance("0")
        for column, digits in ((OutlineColumn.STATE, 12), (OutlineColumn.WORDS, 13)):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Interactive)
            header.resizeSection(column, digit * digits)

    def _select(self, index: QModelIndex) -> None:
        if index.isValid():
            flags = (
                QItemSelectionModel.SelectionFlag.ClearAndSelect
                | QItemSelectionModel.SelectionFlag.Rows
            )
            self.selectionModel().setCurrentIndex(index, flags)
            self.scrollTo(index)

    @Slot()
    def _tell_choice(self) -> None:
        self.row_chosen.emit()

    @Slot(QModelIndex, int, int)
    def _expand_inserted(self, parent: QModelIndex, first: int, last: int) -> None:
        if parent.isValid():
            self.expand(parent)
            return
        for row in range(first, last + 1):
            self.expand(self._model.index(row, 0))

    @Slot(QModelIndex)
    def _open(self, index: QModelIndex) -> None:
        row = index.data(OutlineRole.ROW)
        if isinstance(row, ChapterRow):
            self.chapter_opened.emit(row.chapter.id)
        elif isinstance(row, GapRow):
            self.gap_opened.emit(row.range)
        elif row is not None:
            name = index.siblingAtColumn(0)
            self.setExpanded(name, not self.isExpanded(name))
