"""The rows of the project tree: volumes, chapters, and groups if there are very many of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from arboris_desktop.domain.novel import ChapterOverview, Volume
from arboris_desktop.domain.record import record
from arboris_desktop.ui.widgets.keyed_tree import TreeNode, WantedTree

MOST_SIDE_BY_SIDE = 1000
"""Chapters per group. A view lays out all unfolded rows at once."""

GROUP_SIZE = 100

_KINDS = 3
_VOLUME, _CHAPTER, _GROUP = range(_KINDS)


@record
class ChapterGroup:
    """Chapters that are grouped only because there are so many."""

    first: int
    last: int


def chapter_key(chapter_id: int) -> int:
    """Returns the key of a chapter's row."""
    return _KINDS * chapter_id + _CHAPTER


def arranged(volumes: Sequence[Volume], chapters: Sequence[ChapterOverview]) -> WantedTree:
    """Builds the tree of these volumes and chapters, in reading order; on any thread."""
    inside = {volume.id: TreeNode(_KINDS * volume.id + _VOLUME, volume) for volume in volumes}
    top: list[tuple[float, TreeNode]] = []
    for chapter in sorted(chapters, key=lambda each: each.number):
        parent = inside.get(chapter.volume_id) if chapter.volume_id is not None else None
        if parent is None:
            top.append((chapter.number, TreeNode(chapter_key(chapter.id), chapter)))
        else:
            parent.add(chapter_key(chapter.id), chapter)
    top.extend(_positions([inside[v.id] for v in sorted(volumes, key=lambda v: v.position)]))
    root = TreeNode(0)
    for _, node in sorted(top, key=lambda pair: pair[0]):
        root.take(node)
    for parent in (root, *inside.values()):
        _group(parent)
    return WantedTree(root)


def _positions(volumes: list[TreeNode]) -> list[tuple[float, TreeNode]]:
    """Yields each volume with the number of the chapter before which it stands, including empty
    ones."""
    following = float("inf")
    placed: list[tuple[float, TreeNode]] = []
    for node in reversed(volumes):
        first = node.children[0].item if node.children else None
        following = min(following, first.number if first is not None else following)
        placed.append((following, node))
    return placed[::-1]


def _group(parent: TreeNode) -> None:
    """Groups chapters by hundreds if there are too many in a row."""
    if len(parent.children) <= MOST_SIDE_BY_SIDE:
        return
    children, parent.children = parent.children, []
    for is_chapter, run in groupby(children, lambda each: isinstance(each.item, ChapterOverview)):
        for node in _grouped(list(run)) if is_chapter else run:
            parent.take(node)


def _grouped(chapters: list[TreeNode]) -> Iterable[TreeNode]:
    if len(chapters) <= GROUP_SIZE:
        return chapters
    groups = []
    for start in range(0, len(chapters), GROUP_SIZE):
        some = chapters[start : start + GROUP_SIZE]
        first, last = some[0].item, some[-1].item
        key = _KINDS * first.id + _GROUP
        groups.append(TreeNode(key, ChapterGroup(first.number, last.number)))
        for node in some:
            groups[-1].take(node)
    return groups
