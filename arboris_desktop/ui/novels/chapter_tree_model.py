"""Volumes and chapters of a novel as a tree that changes no more than the novel did."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractItemModel,
    QCoreApplication,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from arboris_desktop.domain.novel import ChapterOverview, Volume
from arboris_desktop.ui.icons import icon
from arboris_desktop.ui.plain_text import plain_tooltip
from arboris_desktop.ui.wording import chapter_name, chapter_state

_Index = QModelIndex | QPersistentModelIndex


class TreeRole(IntEnum):
    """What the tree and its delegate ask for beside Qt's own roles."""

    CHAPTER_ID = Qt.ItemDataRole.UserRole + 1
    """The chapter's id; nothing for a volume."""
    STATE_TEXT = Qt.ItemDataRole.UserRole + 2
    """How far a chapter, or how much of a volume, is; short."""
    OVERVIEW = Qt.ItemDataRole.UserRole + 3
    """The ``ChapterOverview`` itself; nothing for a volume."""


def volume_name(position: int, title: str) -> str:
    """The title of a volume, or ``Volume 2`` while it has none."""
    if title.strip():
        return title
    return QCoreApplication.translate("ChapterTreeModel", "Volume {number}").format(number=position)


@dataclass(slots=True, eq=False)
class _Node:
    """A volume or a chapter. ``key`` is unique in the tree and stays the same for its life."""

    key: int
    volume: Volume | None = None
    chapter: ChapterOverview | None = None
    parent: _Node | None = None
    row: int = 0
    children: list[_Node] = field(default_factory=list)


def _volume_key(volume_id: int) -> int:
    return 2 * volume_id


def _chapter_key(chapter_id: int) -> int:
    return 2 * chapter_id + 1


class ChapterTreeModel(QAbstractItemModel):
    """One column: volumes with their chapters; chapters without a volume stand between them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = _Node(0)
        self._nodes: dict[int, _Node] = {}
        self._writing: int | None = None

    def set_contents(self, volumes: Sequence[Volume], chapters: Sequence[ChapterOverview]) -> None:
        """Shows these volumes and chapters.

        What stayed keeps its place in selection and expansion; what changed is announced alone.
        """
        wanted = _arrange(volumes, chapters)
        if not self._nodes:
            self._reset(wanted)
            return
        self._sync(wanted)
        self._update(wanted.children)

    def set_writing(self, chapter_id: int | None) -> None:
        """Notes which chapter a model is writing at present."""
        before, self._writing = self._writing, chapter_id
        for changed in {before, chapter_id} - {None}:
            node = self._nodes.get(_chapter_key(changed)) if changed is not None else None
            if node is not None:
                self._announce(node)

    def retranslate(self) -> None:
        """Announces all names and states anew: they are in another language now."""
        for node in self._nodes.values():
            self._announce(node)

    def index_of(self, chapter_id: int) -> QModelIndex:
        """Where a chapter is; an invalid index if it is not in the tree."""
        node = self._nodes.get(_chapter_key(chapter_id))
        return QModelIndex() if node is None else self._index_of_node(node)

    def index(self, row: int, column: int, parent: _Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self._index_of_node(self._node(parent).children[row])

    def parent(self, child: _Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self._node(child)
        if node.parent is None or node.parent is self._root:
            return QModelIndex()
        return self._index_of_node(node.parent)

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return 1

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The words, icon and state of a row."""
        if not index.isValid():
            return None
        node = self._node(index)
        if node.chapter is not None:
            return self._chapter_data(node.chapter, role)
        assert node.volume is not None
        return self._volume_data(node, node.volume, role)

    def _chapter_data(self, chapter: ChapterOverview, role: int) -> Any:
        name = chapter_name(chapter.number, chapter.title)
        state, icon_name = chapter_state(chapter, chapter.id == self._writing)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.DecorationRole:
                return icon(icon_name)
            case Qt.ItemDataRole.ToolTipRole:
                return "".join(map(plain_tooltip, (name, state, chapter.outline.strip())))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {state}"
            case TreeRole.CHAPTER_ID:
                return chapter.id
            case TreeRole.STATE_TEXT:
                return state
            case TreeRole.OVERVIEW:
                return chapter
        return None

    def _volume_data(self, node: _Node, volume: Volume, role: int) -> Any:
        name = volume_name(volume.position, volume.title)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(name)
            case Qt.ItemDataRole.DecorationRole:
                return icon("volume")
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self.tr("{name}, chapters: {count}")
                return text.format(name=name, count=len(node.children))
            case TreeRole.STATE_TEXT:
                return str(len(node.children))
        return None

    def _node(self, index: _Index) -> _Node:
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def _index_of_node(self, node: _Node) -> QModelIndex:
        return QModelIndex() if node is self._root else self.createIndex(node.row, 0, node.key)

    def _announce(self, node: _Node) -> None:
        index = self._index_of_node(node)
        self.dataChanged.emit(index, index)

    def _reset(self, wanted: _Node) -> None:
        self.beginResetModel()
        self._root = wanted
        self._nodes = {node.key: node for node in _below(wanted)}
        self.endResetModel()

    def _update(self, wanted: Iterable[_Node]) -> None:
        """Takes over the contents of nodes that are now all in place."""
        for new in wanted:
            node = self._nodes[new.key]
            if (node.volume, node.chapter) != (new.volume, new.chapter):
                node.volume, node.chapter = new.volume, new.chapter
                self._announce(node)
            self._update(new.children)

    def _sync(self, wanted: _Node) -> None:
        """Brings all rows into the wanted tree; those that stay are moved, never made anew."""
        new = {node.key: node for node in _below(wanted)}
        self._remove([n for n in self._nodes.values() if n.chapter and n.key not in new])
        for volume in wanted.children:
            if volume.volume is not None and volume.key not in self._nodes:
                self._insert(self._root, len(self._root.children), volume)
        self._move_to_new_parents(new)
        self._remove([node for node in self._nodes.values() if node.key not in new])
        self._order(self._root, wanted.children)
        for parent in wanted.children:
            self._order(self._nodes[parent.key], parent.children)

    def _remove(self, gone: list[_Node]) -> None:
        for node in gone:
            parent = node.parent
            assert parent is not None
            self.beginRemoveRows(self._index_of_node(parent), node.row, node.row)
            parent.children.pop(node.row)
            del self._nodes[node.key]
            _number(parent)
            self.endRemoveRows()

    def _move_to_new_parents(self, new: dict[int, _Node]) -> None:
        for node in list(self._nodes.values()):
            if node.key not in new:
                continue
            wanted = new[node.key].parent
            parent = self._root if wanted is None else self._nodes.get(wanted.key, self._root)
            if parent is not node.parent:
                self._move(node, parent, len(parent.children))

    def _order(self, parent: _Node, wanted: list[_Node]) -> None:
        for row, new in enumerate(wanted):
            if row < len(parent.children) and parent.children[row].key == new.key:
                continue
            known = self._nodes.get(new.key)
            if known is None:
                self._insert(parent, row, new)
            else:
                self._move(known, parent, row)

    def _insert(self, parent: _Node, row: int, new: _Node) -> None:
        self.beginInsertRows(self._index_of_node(parent), row, row)
        node = _Node(new.key, new.volume, new.chapter, parent)
        parent.children.insert(row, node)
        self._nodes[node.key] = node
        _number(parent)
        self.endInsertRows()

    def _move(self, node: _Node, parent: _Node, row: int) -> None:
        source = node.parent
        assert source is not None
        old, new = self._index_of_node(source), self._index_of_node(parent)
        self.beginMoveRows(old, node.row, node.row, new, row)
        source.children.pop(node.row)
        parent.children.insert(row, node)
        node.parent = parent
        _number(source)
        _number(parent)
        self.endMoveRows()


def _arrange(volumes: Sequence[Volume], chapters: Sequence[ChapterOverview]) -> _Node:
    """The tree of these volumes and chapters, in reading order."""
    root = _Node(0)
    inside = {volume.id: _Node(_volume_key(volume.id), volume, None, root) for volume in volumes}
    top: list[tuple[float, _Node]] = []
    for chapter in sorted(chapters, key=lambda each: each.number):
        parent = inside.get(chapter.volume_id) if chapter.volume_id is not None else None
        node = _Node(_chapter_key(chapter.id), None, chapter, parent or root)
        if parent is None:
            top.append((chapter.number, node))
        else:
            parent.children.append(node)
    top.extend(_positions([inside[v.id] for v in sorted(volumes, key=lambda v: v.position)]))
    root.children = [node for _, node in sorted(top, key=lambda pair: pair[0])]
    for node in (root, *inside.values()):
        _number(node)
    return root


def _positions(volumes: list[_Node]) -> list[tuple[float, _Node]]:
    """Each volume with the number of the chapter it stands before, empty ones included."""
    following = float("inf")
    placed: list[tuple[float, _Node]] = []
    for node in reversed(volumes):
        first = node.children[0].chapter if node.children else None
        following = min(following, first.number if first is not None else following)
        placed.append((following, node))
    return placed[::-1]


def _below(node: _Node) -> Iterable[_Node]:
    for child in node.children:
        yield child
        yield from _below(child)


def _number(parent: _Node) -> None:
    for row, child in enumerate(parent.children):
        child.row = row
