"""Volumes and chapters of a novel as a tree model with minimal updates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QCoreApplication, QModelIndex, QObject, QPersistentModelIndex, Qt

from arboris_desktop.domain.novel import ChapterOverview, Volume
from arboris_desktop.ui.novels.chapter_rows import ChapterGroup, arranged, chapter_key
from arboris_desktop.ui.publishing.words import published_words
from arboris_desktop.ui.widgets.icons import icon
from arboris_desktop.ui.widgets.keyed_tree import KeyedTreeModel, TreeNode
from arboris_desktop.ui.widgets.plain_text import plain_tooltip
from arboris_desktop.ui.wording import chapter_state, overview_name, own_status_words

_Index = QModelIndex | QPersistentModelIndex


class TreeRole(IntEnum):
    """The roles of the tree and its delegate besides Qt's own."""

    CHAPTER_ID = Qt.ItemDataRole.UserRole + 1
    """The chapter's id; nothing for a volume."""
    STATE_TEXT = Qt.ItemDataRole.UserRole + 2
    """The state of a chapter in words, which its icon shows, too; nothing for a volume."""
    OVERVIEW = Qt.ItemDataRole.UserRole + 3
    """The ``ChapterOverview`` itself; nothing for a volume."""
    LENGTH = Qt.ItemDataRole.UserRole + 4
    """The length of a written chapter, or the number of chapters in a volume, as a number."""


def volume_name(position: int, title: str) -> str:
    """Returns the title of a volume, or ``Volume 2`` while it has none."""
    if title.strip():
        return title
    return QCoreApplication.translate("ChapterTreeModel", "Volume {number}").format(number=position)


class ChapterTreeModel(KeyedTreeModel):
    """One column: volumes with their chapters; chapters without a volume stand between them."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writing: frozenset[int] = frozenset()

    def set_contents(self, volumes: Sequence[Volume], chapters: Sequence[ChapterOverview]) -> None:
        """Shows these volumes and chapters.

        Unchanged rows keep their selection and expansion; only changes are announced.
        """
        self.set_tree(arranged(volumes, chapters))

    def update_chapters(self, chapters: Iterable[ChapterOverview]) -> None:
        """Updates chapters that all stay where they are."""
        changed = []
        for chapter in chapters:
            node = self.node(self.index_of(chapter.id))
            node.item = chapter
            changed.append(node)
        self.announce(changed)

    def set_writing(self, chapter_ids: Set[int]) -> None:
        """Sets which chapters are being written."""
        before, self._writing = self._writing, frozenset(chapter_ids)
        for changed in before ^ self._writing:
            index = self.index_of(changed)
            if index.isValid():
                self.announce([self.node(index)])

    def is_writing(self, chapter_id: int) -> bool:
        """True if a chapter is being written."""
        return chapter_id in self._writing

    def retranslate(self) -> None:
        """Announces all names and states again after a change of language."""
        self.announce(self.nodes())

    def index_of(self, chapter_id: int) -> QModelIndex:
        """Returns the index of a chapter; an invalid one if it is not in the tree."""
        return self.index_of_key(chapter_key(chapter_id))

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Returns the text, icon and state of a row."""
        if not index.isValid():
            return None
        node = self.node(index)
        if isinstance(node.item, ChapterOverview):
            return self._chapter_data(node.item, role)
        return self._group_data(node, role)

    def _chapter_data(self, chapter: ChapterOverview, role: int) -> Any:
        name = overview_name(chapter)
        state, icon_name = chapter_state(chapter, chapter.id in self._writing)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.DecorationRole:
                return icon(icon_name)
            case Qt.ItemDataRole.ToolTipRole:
                told = _told(state, chapter)
                return "".join(map(plain_tooltip, (name, told, chapter.outline.strip())))
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{name}, {_told(state, chapter)}"
            case TreeRole.CHAPTER_ID:
                return chapter.id
            case TreeRole.STATE_TEXT:
                return state
            case TreeRole.OVERVIEW:
                return chapter
        return _length(chapter) if role == TreeRole.LENGTH else None

    def _group_data(self, node: TreeNode, role: int) -> Any:
        name = self._name(node.item)
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return name
            case Qt.ItemDataRole.ToolTipRole:
                return plain_tooltip(name)
            case Qt.ItemDataRole.DecorationRole:
                return icon("volume")
            case Qt.ItemDataRole.AccessibleTextRole:
                text = self.tr("{name}, chapters: {count}")
                return text.format(name=name, count=_chapters_in(node))
            case TreeRole.LENGTH:
                return str(_chapters_in(node))
        return None

    def _name(self, item: Volume | ChapterGroup) -> str:
        if isinstance(item, Volume):
            return volume_name(item.position, item.title)
        return self.tr("Chapters {first} to {last}").format(first=item.first, last=item.last)


def _told(state: str, chapter: ChapterOverview) -> str:
    own = own_status_words(chapter.own_status) if chapter.own_status else ""
    return " · ".join(part for part in (state, own, published_words(chapter)) if part)


def _length(chapter: ChapterOverview) -> str:
    return f"{chapter.word_count:,}" if chapter.word_count else ""


def _chapters_in(node: TreeNode) -> int:
    """Returns the number of chapters under a row, also in groups."""
    return sum(len(child.children) or 1 for child in node.children)
