"""A tree model whose rows have keys, so that it can be updated with minimal changes.

A reset would lose selection, expansion, scroll position and the place of a screen reader.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex

Index = QModelIndex | QPersistentModelIndex


@dataclass(slots=True, eq=False)
class TreeNode:
    """A row. ``key`` is unique in the tree and constant; the root's is 0."""

    key: int
    item: Any = None
    parent: TreeNode | None = None
    row: int = 0
    children: list[TreeNode] = field(default_factory=list)

    def add(self, key: int, item: Any) -> TreeNode:
        """Appends a row and returns it."""
        return self.take(TreeNode(key, item))

    def take(self, child: TreeNode) -> TreeNode:
        """Appends an existing row with its subtree."""
        child.parent, child.row = self, len(self.children)
        self.children.append(child)
        return child


class WantedTree:
    """A tree for a model. It may be built on any thread: a large one takes a while."""

    def __init__(self, root: TreeNode) -> None:
        self.root = root
        self.nodes = {node.key: node for node in _below(root)}
        self.nodes[0] = root


class KeyedTreeModel(QAbstractItemModel):
    """Any depth; a row shows its node's ``item``, which subclasses interpret."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._root = TreeNode(0)
        self._nodes: dict[int, TreeNode] = {0: self._root}

    # --- what views ask ---

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        # Not ``hasIndex``, which calls back twice: a view asks this for each of its rows.
        children = self.node(parent).children
        if not (0 <= row < len(children) and 0 <= column < self.columnCount()):
            return QModelIndex()
        return self.createIndex(row, column, children[row].key)

    def parent(self, child: Index = QModelIndex()) -> QModelIndex:  # type: ignore[override]  # noqa: B008
        node = self.node(child)
        return QModelIndex() if node.parent is None else self.index_of_node(node.parent)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.column() > 0 else len(self.node(parent).children)

    def hasChildren(self, parent: Index = QModelIndex()) -> bool:  # noqa: B008
        return parent.column() <= 0 and bool(self.node(parent).children)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        del parent
        return 1

    # --- nodes ---

    def node(self, index: Index) -> TreeNode:
        """Returns the row at an index; the root for an invalid one."""
        return self._nodes[index.internalId()] if index.isValid() else self._root

    def index_of_node(self, node: TreeNode, column: int = 0) -> QModelIndex:
        """Returns the index of a row."""
        if node is self._root:
            return QModelIndex()
        return self.createIndex(node.row, column, node.key)

    def index_of_key(self, key: int) -> QModelIndex:
        """Returns the index of the row with a key; an invalid one if there is none."""
        node = self._nodes.get(key)
        return QModelIndex() if node is None else self.index_of_node(node)

    def nodes(self) -> Iterator[TreeNode]:
        """Yields all rows."""
        return (node for node in self._nodes.values() if node is not self._root)

    def announce(self, nodes: Iterable[TreeNode]) -> None:
        """Announces that the contents of these rows have changed; neighbours are reported
        together."""
        chosen = list(nodes)
        while chosen:
            first = chosen.pop(0)
            last = first
            while chosen and chosen[0].parent is first.parent and chosen[0].row == last.row + 1:
                last = chosen.pop(0)
            self.dataChanged.emit(
                self.index_of_node(first), self.index_of_node(last, self.columnCount() - 1)
            )

    # --- a new state ---

    @property
    def size(self) -> int:
        """Returns the number of all rows."""
        return len(self._nodes) - 1

    def set_tree(self, tree: WantedTree) -> None:
        """Shows a tree; new nodes are adopted."""
        wanted, new = tree.root, tree.nodes
        if not self.size or not wanted.children:
            self._reset(wanted, new)
            return
        self._remove(new)
        self._insert(wanted)
        self._rearrange(new)
        self._remove(new)
        self._update(new)

    def _reset(self, wanted: TreeNode, new: dict[int, TreeNode]) -> None:
        self.beginResetModel()
        self._root, self._nodes = wanted, new
        self.endResetModel()

    def _remove(self, new: dict[int, TreeNode]) -> None:
        """Removes rows that are gone, except those that still contain remaining ones."""
        gone = {
            key: node
            for key, node in self._nodes.items()
            if key not in new and not any(each.key in new for each in _below(node))
        }
        parents = {node.parent.key: node.parent for node in gone.values() if node.parent}
        for key, parent in parents.items():
            if key not in gone:  # The subtree of a removed row goes with it.
                rows = [node.row for node in parent.children if node.key in gone]
                for first, last in reversed(_runs(rows)):
                    self._remove_run(parent, first, last)

    def _remove_run(self, parent: TreeNode, first: int, last: int) -> None:
        self.beginRemoveRows(self.index_of_node(parent), first, last)
        for node in parent.children[first : last + 1]:
            for each in (node, *_below(node)):
                del self._nodes[each.key]
        del parent.children[first : last + 1]
        _number(parent)
        self.endRemoveRows()

    def _insert(self, wanted: TreeNode) -> None:
        """Inserts new rows after their predecessors."""
        parent = self._nodes[wanted.key]
        row = 0
        position = 0
        while position < len(wanted.children):
            child = wanted.children[position]
            known = self._nodes.get(child.key)
            if known is not None:
                row = known.row + 1 if known.parent is parent else row
                position += 1
                continue
            end = position
            while end < len(wanted.children) and wanted.children[end].key not in self._nodes:
                end += 1
            self._insert_run(parent, row, wanted.children[position:end])
            row += end - position
            position = end
        for child in wanted.children:
            self._insert(child)

    def _insert_run(self, parent: TreeNode, row: int, run: Sequence[TreeNode]) -> None:
        self.beginInsertRows(self.index_of_node(parent), row, row + len(run) - 1)
        nodes = [TreeNode(each.key, each.item, parent) for each in run]
        parent.children[row:row] = nodes
        self._nodes.update((node.key, node) for node in nodes)
        _number(parent)
        self.endInsertRows()

    def _rearrange(self, new: dict[int, TreeNode]) -> None:
        """Sorts the remaining rows, all at once."""
        order = {key: [child.key for child in node.children] for key, node in new.items()}
        shown = {
            key: [child.key for child in node.children if child.key in new]
            for key, node in self._nodes.items()
        }
        if all(shown.get(key, []) == keys for key, keys in order.items()):
            return
        self.layoutAboutToBeChanged.emit()
        before = {key: (node.parent, node.row) for key, node in self._nodes.items()}
        for key, node in self._nodes.items():
            left = [child for child in node.children if child.key not in new]
            node.children = [self._nodes[child] for child in order.get(key, ())] + left
        for node in self._nodes.values():
            _number(node)
            for child in node.children:
                child.parent = node
        moved = {k for k, node in self._nodes.items() if before[k] != (node.parent, node.row)}
        past = [index for index in self.persistentIndexList() if index.internalId() in moved]
        present = [self.index_of_node(self.node(each), each.column()) for each in past]
        self.changePersistentIndexList(past, present)
        self.layoutChanged.emit()

    def _update(self, new: dict[int, TreeNode]) -> None:
        changed = []
        for node in _below(self._root):
            item = new[node.key].item
            if node.item != item:
                node.item = item
                changed.append(node)
        self.announce(changed)


def _below(node: TreeNode) -> Iterator[TreeNode]:
    for child in node.children:
        yield child
        yield from _below(child)


def _number(parent: TreeNode) -> None:
    for row, child in enumerate(parent.children):
        child.row = row


def _runs(rows: list[int]) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1] = (runs[-1][0], row)
        else:
            runs.append((row, row))
    return runs
