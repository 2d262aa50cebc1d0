"""The outline as a tree model: titles can be edited, and chapters dragged."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QByteArray,
    QMimeData,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.outline import Outline
from arboris_desktop.domain.outline_changes import OutlinePlace
from arboris_desktop.text.prose import one_line
from arboris_desktop.ui.outline.outline_rows import (
    ChapterRow,
    GapRow,
    VolumeRow,
    chapter_key,
    outline_rows,
    volume_key,
)
from arboris_desktop.ui.outline.words import Cells, OutlineWords
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.keyed_tree import KeyedTreeModel, WantedTree

CHAPTERS_MIME = "application/x-arboris-chapters"

# Created once: a view asks for the flags of every row whenever it lays them out.
_SHOWN = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_GAP = _SHOWN | Qt.ItemFlag.ItemNeverHasChildren
_CHAPTER = _GAP | Qt.ItemFlag.ItemIsDragEnabled
_CHAPTER_NAME = _CHAPTER | Qt.ItemFlag.ItemIsEditable
_VOLUME = _SHOWN | Qt.ItemFlag.ItemIsDropEnabled
_VOLUME_NAME = _VOLUME | Qt.ItemFlag.ItemIsEditable

_Index = QModelIndex | QPersistentModelIndex


class OutlineColumn(IntEnum):
    """A column of the tree."""

    NAME = 0
    PLAN = 1
    STATE = 2
    WORDS = 3


class OutlineRole(IntEnum):
    """The roles besides Qt's own."""

    ROW = Qt.ItemDataRole.UserRole + 1
    """The ``VolumeRow``, ``ChapterRow`` or ``GapRow``."""


class OutlineModel(KeyedTreeModel):
    """Shows an outline. The author's changes are only emitted: the outline is set again."""

    title_typed = Signal(object, str)
    """A ``VolumeRow`` or ``ChapterRow``, and its new title."""

    chapters_dropped = Signal(object, object)
    """The ids of chapters, and the ``OutlinePlace`` before which they should stand."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = OutlineWords(Language.ENGLISH)
        self._shown: dict[int, tuple[object, Cells]] = {}
        """The cells of rows, by key, since painting asks for them repeatedly."""

    def set_outline(self, outline: Outline, language: Language) -> None:
        """Shows an outline; lengths are counted as in the given language."""
        if language is not self._words.language:
            self._words = OutlineWords(language)
            self._shown.clear()
        self.set_tree(WantedTree(outline_rows(outline)))

    def index_of_chapter(self, chapter_id: int) -> QModelIndex:
        """Returns the index of a chapter; invalid if it is not in the outline."""
        return self.index_of_key(chapter_key(chapter_id))

    def index_of_volume(self, volume_id: int) -> QModelIndex:
        """Returns the index of a volume; invalid if it is not in the outline."""
        return self.index_of_key(volume_key(volume_id))

    def retranslate(self) -> None:
        """Announces all texts again after a change of language."""
        self._shown.clear()
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)
        self.announce(self.nodes())

    # --- showing ---

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return len(OutlineColumn)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Returns the names of the columns."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return {
            OutlineColumn.NAME: self.tr("Chapter"),
            OutlineColumn.PLAN: self.tr("What happens"),
            OutlineColumn.STATE: self.tr("State"),
            OutlineColumn.WORDS: self.tr("Length"),
        }[OutlineColumn(section)]

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text, icon and state of a cell."""
        if not index.isValid():
            return None
        node = self.node(index)
        if role == OutlineRole.ROW:
            return node.item
        shown = self._shown.get(node.key)
        if shown is None or shown[0] is not node.item:
            shown = self._shown[node.key] = (node.item, self._words.of(node.item))
        cells, is_name = shown[1], index.column() == OutlineColumn.NAME
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return cells.columns[index.column()]
            case Qt.ItemDataRole.ToolTipRole:
                return cells.tooltip
            case Qt.ItemDataRole.EditRole if is_name:
                return cells.title
            case Qt.ItemDataRole.DecorationRole if is_name:
                return icon(cells.icon)
            case Qt.ItemDataRole.AccessibleTextRole if is_name:
                return cells.accessible
        return None

    # --- changing ---

    def flags(self, index: _Index) -> Qt.ItemFlag:
        """Allows chapters to be dragged, between chapters and into volumes."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        row = self.node(index).item
        is_name = index.column() == 0
        if isinstance(row, ChapterRow):
            return _CHAPTER_NAME if is_name else _CHAPTER
        if isinstance(row, GapRow):
            return _GAP
        return _VOLUME_NAME if is_name and row.volume is not None else _VOLUME

    def setData(self, index: _Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Emits the edited title."""
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        title = one_line(str(value))
        if title == self.data(index, Qt.ItemDataRole.EditRole):
            return False
        self.title_typed.emit(self.node(index).item, title)
        return True

    def supportedDropActions(self) -> Qt.DropAction:
        """Returns that chapters are moved, never copied."""
        return Qt.DropAction.MoveAction

    def mimeTypes(self) -> list[str]:
        """Returns the type of chapters dragged within an outline."""
        return [CHAPTERS_MIME]

    def mimeData(self, indexes: Sequence[QModelIndex]) -> QMimeData:
        """Encodes the ids of the chapters among the rows."""
        rows = (self.node(index).item for index in indexes if index.column() == 0)
        ids = [str(row.chapter.id) for row in rows if isinstance(row, ChapterRow)]
        data = QMimeData()
        data.setData(CHAPTERS_MIME, QByteArray(" ".join(ids).encode()))
        return data

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: _Index
    ) -> bool:
        """Emits where chapters were dropped: before a row of a volume, or into a volume."""
        del column
        if action is not Qt.DropAction.MoveAction or not data.hasFormat(CHAPTERS_MIME):
            return False
        place = self._drop_place(row, parent)
        ids = [int(each) for each in bytes(data.data(CHAPTERS_MIME).data()).decode().split()]
        if place is None or not ids:
            return False
        self.chapters_dropped.emit(tuple(ids), place)
        return True

    def _drop_place(self, row: int, parent: _Index) -> OutlinePlace | None:
        group = self.node(parent)
        if not isinstance(group.item, VolumeRow):
            return None
        if 0 <= row < len(group.children):
            place: OutlinePlace = group.children[row].item.place
            return place
        return OutlinePlace(group.item.group, len(group.item.range))
