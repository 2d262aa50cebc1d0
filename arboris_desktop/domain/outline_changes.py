"""Changes of the structure of a book. Each makes a new outline from one, and loses no chapter.

Numbers follow from the places: after a change the places count from 1, gaps included. What is
new has a negative id until it is stored.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.outline import ChapterPlan, Group, Outline, Slot, VolumePlan
from arboris_desktop.domain.record import record

NEW_CHAPTER = -1
NEW_VOLUME = -1


@record
class OutlinePlace:
    """A place to put chapters: before that index in a group (see ``Outline.groups``).

    An index at the end of the group, or past it, means after its last place.
    """

    group: int
    index: int


def place_of(outline: Outline, chapter_id: int) -> OutlinePlace:
    """The place of a chapter; raises ``NotFoundError``."""
    for position, group in enumerate(outline.groups):
        for index, slot in enumerate(group.slots):
            if slot is not None and slot.id == chapter_id:
                return OutlinePlace(position, index)
    raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {chapter_id} in the outline")


def move_chapters(outline: Outline, chapter_ids: Collection[int], to: OutlinePlace) -> Outline:
    """Moves chapters, in their order, before a place."""
    if missing := set(chapter_ids) - outline.by_id.keys():
        raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {min(missing)} in the outline")
    moved = [c for c in outline.in_reading_order() if c.id in chapter_ids]
    groups = [list(group.slots) for group in outline.groups]
    if not groups:
        return outline
    target, index = _group_at(groups, to), to.index
    stay = [slot is None or slot.id not in chapter_ids for slot in target[:index]]
    for slots in groups:
        slots[:] = [slot for slot in slots if slot is None or slot.id not in chapter_ids]
    target[sum(stay) : sum(stay)] = moved
    return _numbered(outline, groups)


def _group_at(groups: list[list[Slot]], to: OutlinePlace) -> list[Slot]:
    """The slots of the group of a place; raises ``RuleError`` if it is gone: the place was chosen
    in an outline that somebody has changed since."""
    if to.group >= len(groups):
        raise RuleError(ErrorKind.CHANGED_SINCE, "the volume is not there any more")
    return groups[to.group]


def shift_chapters(outline: Outline, chapter_ids: Collection[int], step: int) -> Outline:
    """Moves chapters one place up (-1) or down (+1), also into the next volume.

    At the end of the book nothing changes.
    """
    places = sorted(
        (place_of(outline, chapter_id) for chapter_id in chapter_ids),
        key=lambda place: (place.group, place.index),
    )
    if not places:
        return outline
    groups = outline.groups
    edge = places[0] if step < 0 else places[-1]
    if step < 0:
        to = OutlinePlace(edge.group, edge.index - 1)
        if edge.index == 0:
            to = OutlinePlace(edge.group - 1, len(groups[edge.group - 1].slots))
    else:
        to = OutlinePlace(edge.group, edge.index + 2)
        if edge.index == len(groups[edge.group].slots) - 1:
            to = OutlinePlace(edge.group + 1, 0)
    if not 0 <= to.group < len(groups):
        return outline
    return move_chapters(outline, chapter_ids, to)


def insert_chapter(outline: Outline, to: OutlinePlace, title: str = "", plan: str = "") -> Outline:
    """Plans a new chapter before a place; those after it count one more."""
    new = ChapterPlan(NEW_CHAPTER, 0, None, title, plan)
    groups = [list(group.slots) for group in outline.groups]
    if not groups:
        return replace(outline, chapters=(replace(new, number=1),))
    _group_at(groups, to).insert(to.index, new)
    return _numbered(outline, groups)


def split_chapter(
    outline: Outline, chapter_id: int, first: tuple[str, str], second: tuple[str, str]
) -> Outline:
    """Makes two planned chapters of one: titles and plans of both. A text stays with the first."""
    place = place_of(outline, chapter_id)
    changed = change_chapter(outline, chapter_id, *first)
    return insert_chapter(changed, OutlinePlace(place.group, place.index + 1), *second)


def merge_chapters(outline: Outline, chapter_ids: Collection[int]) -> Outline:
    """Makes one chapter of several that follow one another and are not written.

    The first keeps its title, or gets that of the next which has one. Raises ``RuleError``.
    """
    chosen = [c for c in outline.in_reading_order() if c.id in chapter_ids]
    if len(chosen) < 2:
        raise RuleError(ErrorKind.CHAPTERS_CANNOT_MERGE, "at least two chapters are needed")
    if any(chapter.has_text for chapter in chosen):
        raise RuleError(ErrorKind.CHAPTERS_CANNOT_MERGE, "a chapter that has text cannot be merged")
    numbers = [chapter.number for chapter in chosen]
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        raise RuleError(
            ErrorKind.CHAPTERS_CANNOT_MERGE, "only chapters that follow one another can be merged"
        )
    title = next((c.title for c in chosen if c.title.strip()), "")
    plan = "\n\n".join(c.plan.strip() for c in chosen if c.plan.strip())
    merged = change_chapter(outline, chosen[0].id, title, plan)
    return remove_chapters(merged, [chapter.id for chapter in chosen[1:]])


def remove_chapters(outline: Outline, chapter_ids: Collection[int]) -> Outline:
    """Takes chapters out; those after them count less. Whoever stores it minds their texts."""
    return _map_slots(
        outline, lambda slots: [s for s in slots if s is None or s.id not in chapter_ids]
    )


def remove_written(
    outline: Outline, chapter_ids: Collection[int], named: Collection[int]
) -> Outline:
    """Takes chapters out of which the author was told that those ``named`` have text; raises
    ``RuleError`` if another of them has been written since."""
    if any(c.has_text for c in outline.chapters if c.id in chapter_ids and c.id not in named):
        raise RuleError(ErrorKind.CHANGED_SINCE, "another chapter has text by now")
    return remove_chapters(outline, chapter_ids)


def change_chapter(outline: Outline, chapter_id: int, title: str, plan: str) -> Outline:
    """Other words for one chapter; raises ``NotFoundError``."""
    if chapter_id not in outline.by_id:
        raise NotFoundError(ErrorKind.CHAPTER_GONE, f"no chapter {chapter_id} in the outline")
    return replace(
        outline,
        chapters=tuple(
            replace(each, title=title, plan=plan) if each.id == chapter_id else each
            for each in outline.chapters
        ),
    )


def add_volume(outline: Outline, after: int | None = None) -> Outline:
    """An empty volume after another one, or at the end."""
    new = VolumePlan(NEW_VOLUME)
    places = [volume.id for volume in outline.volumes]
    at = places.index(after) + 1 if after in places else len(places)
    return replace(outline, volumes=(*outline.volumes[:at], new, *outline.volumes[at:]))


def change_volume(outline: Outline, volume: VolumePlan) -> Outline:
    """Other words, or another size, for one volume."""
    changed = tuple(volume if each.id == volume.id else each for each in outline.volumes)
    return replace(outline, volumes=changed)


def remove_volume(outline: Outline, volume_id: int) -> Outline:
    """Takes a volume out; its chapters go to the one before it, or the one after the first.

    The last volume goes too: its chapters then belong to none.
    """
    ids = [volume.id for volume in outline.volumes]
    if volume_id not in ids:
        raise NotFoundError(ErrorKind.NOT_FOUND, f"no volume {volume_id} in the outline")
    at = ids.index(volume_id)
    heir = ids[at - 1] if at else next(iter(ids[1:]), None)
    size = outline.volumes[at].size
    volumes = tuple(
        replace(each, size=each.size + size) if each.id == heir and each.size else each
        for each in outline.volumes
        if each.id != volume_id
    )
    chapters = tuple(
        replace(each, volume_id=heir) if each.volume_id == volume_id else each
        for each in outline.chapters
    )
    return Outline(volumes, chapters)


def move_volume(outline: Outline, volume_id: int, step: int) -> Outline:
    """Moves a volume with its chapters before (-1) or after (+1) its neighbour."""
    ids = [volume.id for volume in outline.volumes]
    at = ids.index(volume_id)
    if not 0 <= at + step < len(ids):
        return outline
    order = list(range(len(outline.groups)))
    place = next(n for n in order if _is_volume(outline.groups[n], volume_id))
    other = next(n for n in order if _is_volume(outline.groups[n], ids[at + step]))
    order[place], order[other] = order[other], order[place]
    volumes = list(outline.volumes)
    volumes[at], volumes[at + step] = volumes[at + step], volumes[at]
    groups = [outline.groups[n] for n in order]
    return _numbered(
        replace(outline, volumes=tuple(volumes)), [list(g.slots) for g in groups], groups
    )


def renumber(outline: Outline) -> Outline:
    """Numbers the chapters as they stand, volume by volume."""
    return _map_slots(outline, list)


def lay_out_volumes(outline: Outline, planned: Iterable[VolumePlan]) -> Outline:
    """Other volumes for the whole book; each chapter goes where its number falls.

    Volumes that keep their id stay the same; chapters past the planned end go to the last one.
    """
    volumes = tuple(planned)
    ends: list[tuple[int, int]] = []
    end = 0
    for volume in volumes:
        end += volume.size
        ends.append((end, volume.id))

    def home(number: int) -> int | None:
        return next((each for end, each in ends if number <= end), ends[-1][1] if ends else None)

    chapters = tuple(replace(each, volume_id=home(each.number)) for each in outline.chapters)
    return Outline(volumes, chapters)


def _is_volume(group: Group, volume_id: int) -> bool:
    return group.volume is not None and group.volume.id == volume_id


def _map_slots(outline: Outline, change: Callable[[list[Slot]], list[Slot]]) -> Outline:
    return _numbered(outline, [change(list(group.slots)) for group in outline.groups])


def _numbered(
    outline: Outline, slots: list[list[Slot]], groups: Iterable[Group] | None = None
) -> Outline:
    """The outline with these places in its groups, counted from 1."""
    number = 0
    chapters: list[ChapterPlan] = []
    sizes: dict[int, int] = {}
    for group, places in zip(groups or outline.groups, slots, strict=True):
        volume_id = group.volume.id if group.volume else None
        for slot in places:
            number += 1
            if slot is not None:
                chapters.append(replace(slot, number=number, volume_id=volume_id))
        if group.volume and (group.volume.size or None in places):
            sizes[group.volume.id] = len(places)
    volumes = tuple(
        replace(volume, size=sizes.get(volume.id, volume.size)) for volume in outline.volumes
    )
    return Outline(volumes, tuple(chapters))


def number_map(before: Outline, after: Outline) -> Callable[[int], int]:
    """Maps an old number to the new one of the same chapter.

    A number that no chapter has, or has any more, keeps its distance to the chapter before it.
    """
    kept = [(c.number, after.by_id[c.id].number) for c in before.chapters if c.id in after.by_id]
    kept.sort()
    old = [number for number, _ in kept]

    def new_number(number: int) -> int:
        at = bisect_left(old, number)
        if at < len(old) and old[at] == number:
            return kept[at][1]
        if at == 0:
            return number
        past, present = kept[at - 1]
        return present + number - past

    return new_number
