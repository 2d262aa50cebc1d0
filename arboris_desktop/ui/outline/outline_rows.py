"""The rows of the outline's tree: volumes, chapters, and the gaps between them."""

from __future__ import annotations

from arboris_desktop.domain.outline import ChapterPlan, ChapterRange, Group, Outline, VolumePlan
from arboris_desktop.domain.outline_changes import OutlinePlace
from arboris_desktop.domain.record import record
from arboris_desktop.ui.widgets.keyed_tree import TreeNode

_KINDS = 8
_VOLUME, _CHAPTER, _GAP_AFTER, _GAP_FIRST, _LOOSE, _GAP_FIRST_LOOSE = range(1, 7)


@record
class VolumeRow:
    """A volume, or the chapters without one; ``group`` is its index in ``Outline.groups``."""

    volume: VolumePlan | None
    position: int
    group: int
    range: ChapterRange
    chapter_count: int
    word_count: int


@record
class ChapterRow:
    """A chapter."""

    chapter: ChapterPlan
    place: OutlinePlace


@record
class GapRow:
    """Consecutive numbers without a chapter."""

    range: ChapterRange
    place: OutlinePlace


def chapter_key(chapter_id: int) -> int:
    """Returns the key of a chapter's row."""
    return _KINDS * chapter_id + _CHAPTER


def volume_key(volume_id: int) -> int:
    """Returns the key of a volume's row."""
    return _KINDS * volume_id + _VOLUME


def outline_rows(outline: Outline) -> TreeNode:
    """Builds the tree of an outline; the keys of its rows are stable while chapters move."""
    root = TreeNode(0)
    number, position = 1, 0
    for place, group in enumerate(outline.groups):
        position += group.volume is not None
        first = number
        number += len(group.slots)
        row = VolumeRow(
            group.volume,
            position,
            place,
            ChapterRange(first, number - 1),
            len(group.chapters),
            sum(chapter.word_count for chapter in group.chapters),
        )
        _add_slots(root.add(_group_key(group), row), group, place, first)
    return root


def _group_key(group: Group) -> int:
    if group.volume is not None:
        return volume_key(group.volume.id)
    return _KINDS * group.chapters[0].id + _LOOSE


def _add_slots(parent: TreeNode, group: Group, place: int, first: int) -> None:
    index = 0
    key = _first_gap_key(group)
    while index < len(group.slots):
        slot = group.slots[index]
        if slot is not None:
            parent.add(chapter_key(slot.id), ChapterRow(slot, OutlinePlace(place, index)))
            key = _KINDS * slot.id + _GAP_AFTER
            index += 1
            continue
        end = index
        while end < len(group.slots) and group.slots[end] is None:
            end += 1
        missing = ChapterRange(first + index, first + end - 1)
        parent.add(key, GapRow(missing, OutlinePlace(place, index)))
        index = end


def _first_gap_key(group: Group) -> int:
    if group.volume is not None:
        return _KINDS * group.volume.id + _GAP_FIRST
    return _KINDS * group.chapters[0].id + _GAP_FIRST_LOOSE
