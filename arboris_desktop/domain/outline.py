"""The plan of a book: volumes, and chapters with numbers that count through all of them.

A number for which there is no chapter is a *gap*: it keeps its place between the chapters when
they are moved, until a chapter is planned there.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from arboris_desktop.domain.record import record

MOST_CHAPTERS = 5_000
"""More chapters than any book has; a larger number is a typing error."""


_NOT_COMPARED = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, order=True)
class ChapterRange:
    """Chapters that follow one another; both ends belong to it."""

    first: int
    last: int

    def __len__(self) -> int:
        return max(0, self.last - self.first + 1)

    def __contains__(self, number: int) -> bool:
        return self.first <= number <= self.last

    def __iter__(self) -> Iterator[int]:
        return iter(range(self.first, self.last + 1))

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}–{self.last}"


def ranges_of(numbers: Iterable[int]) -> tuple[ChapterRange, ...]:
    """The numbers as the fewest ranges, in order; one that comes twice counts once."""
    found: list[ChapterRange] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1].last + 1:
            found[-1] = ChapterRange(found[-1].first, number)
        else:
            found.append(ChapterRange(number, number))
    return tuple(found)


@record
class VolumePlan:
    """A volume. ``size`` is the planned number of chapters; 0 when nobody has set one."""

    id: int
    title: str = ""
    summary: str = ""
    size: int = 0


@record
class ChapterPlan:
    """A chapter as the outline has it: ``plan`` says what is to happen in it.

    ``id`` is that of the chapter; what is not stored yet has a negative one. ``has_text`` also
    when there is only a draft or a version that is not the chosen one; ``summary`` tells what
    happens in the text. ``label`` is the number as the author writes it, as in ``ChapterOverview``.
    """

    id: int
    number: int
    volume_id: int | None
    title: str = ""
    plan: str = ""
    summary: str = ""
    is_written: bool = False
    has_text: bool = False
    word_count: int = 0
    label: str | None = None

    @property
    def is_blank(self) -> bool:
        """True if the model may still plan it: it has neither a plan nor a text."""
        return not self.plan.strip() and not self.has_text


Slot = ChapterPlan | None
"""A place in the book: a chapter, or ``None`` for a gap."""


@record
class Group:
    """A volume with its places in order, or chapters that belong to none (``volume`` is ``None``).

    ``first`` is the number that the first place has or, in an empty volume, would have.
    """

    volume: VolumePlan | None
    slots: tuple[Slot, ...]
    first: int

    @property
    def chapters(self) -> tuple[ChapterPlan, ...]:
        """The places that are not gaps."""
        return tuple(slot for slot in self.slots if slot is not None)


@dataclass(frozen=True)
class Outline:
    """All volumes in their order, and all chapters; see ``groups`` for how they lie together.

    What is derived is kept: whoever reads an outline for the window lets it be derived there and
    then, off the GUI thread (``derived``).
    """

    volumes: tuple[VolumePlan, ...] = ()
    chapters: tuple[ChapterPlan, ...] = ()

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The book in reading order: volume by volume, the gaps in their places.

        A gap belongs to the volume whose planned size reaches so far, else to the chapter after.
        """
        return tuple(_Walk(self).groups())

    def derived(self) -> Outline:
        """The outline with all that a view will ask for worked out."""
        assert self.groups is not None
        assert self.problems is not None
        return self

    @cached_property
    def by_id(self) -> dict[int, ChapterPlan]:
        """The chapters by their ids."""
        return {chapter.id: chapter for chapter in self.chapters}

    @cached_property
    def by_number(self) -> dict[int, ChapterPlan]:
        """The chapters by their numbers."""
        return {chapter.number: chapter for chapter in self.chapters}

    @property
    def next_to_write(self) -> ChapterPlan | None:
        """The first chapter in reading order without a text."""
        return next((each for each in self.in_reading_order() if not each.is_written), None)

    @property
    def length(self) -> int:
        """The number of places in the book, gaps included."""
        return sum(len(group.slots) for group in self.groups)

    @property
    def last_number(self) -> int:
        """The number of the last chapter; 0 when there is none."""
        return max((chapter.number for chapter in self.chapters), default=0)

    def in_reading_order(self) -> tuple[ChapterPlan, ...]:
        """The chapters as they are read: volume by volume."""
        return tuple(chapter for group in self.groups for chapter in group.chapters)

    def gaps(self) -> tuple[ChapterRange, ...]:
        """The numbers up to the planned end of the book that no chapter has."""
        last = max(self.length, self.last_number)
        return ranges_of(set(range(1, last + 1)) - self.by_number.keys())

    def to_be_planned(self, within: ChapterRange) -> tuple[int, ...]:
        """The numbers in a range for which there is no chapter, or one without plan and text."""
        known = self.by_number
        return tuple(n for n in within if n not in known or known[n].is_blank)

    def volume_of(self, number: int) -> int | None:
        """The id of the volume in which a new chapter of that number belongs."""
        for group in self.groups:
            if group.first <= number < group.first + len(group.slots):
                return group.volume.id if group.volume else None
        return self.volumes[-1].id if self.volumes else None

    @cached_property
    def problems(self) -> OutlineProblems:
        """The faults of the outline as a whole."""
        ordered = self.in_reading_order()
        misplaced = [
            chapter.number
            for before, chapter in pairwise(ordered)
            if chapter.number < before.number
        ]
        return OutlineProblems(
            gaps=self.gaps(),
            repeated_titles=_repeated((c.number, c.title) for c in self.chapters),
            repeated_plans=_repeated((c.number, c.plan) for c in self.chapters),
            misplaced=tuple(misplaced),
            without_plan=tuple(chapter.number for chapter in ordered if chapter.is_blank),
        )


@record
class OutlineProblems:
    """The faults that an author will want to mend, all in chapter numbers.

    ``misplaced``: chapters that stand, volume by volume, after one with a higher number.
    """

    gaps: tuple[ChapterRange, ...] = ()
    repeated_titles: tuple[tuple[int, ...], ...] = ()
    repeated_plans: tuple[tuple[int, ...], ...] = ()
    misplaced: tuple[int, ...] = ()
    without_plan: tuple[int, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.gaps or self.repeated_titles or self.repeated_plans or self.misplaced)


def normalised(text: str) -> str:
    """A title or plan as it is compared: without regard to width, case, space and punctuation."""
    return _NOT_COMPARED.sub("", unicodedata.normalize("NFKC", text).casefold())


def _repeated(texts: Iterable[tuple[int, str]]) -> tuple[tuple[int, ...], ...]:
    numbers: dict[str, list[int]] = {}
    for number, text in texts:
        if key := normalised(text):
            numbers.setdefault(key, []).append(number)
    return tuple(tuple(sorted(found)) for found in numbers.values() if len(found) > 1)


class _Walk:
    """Lays the chapters out volume by volume and finds the gaps on the way."""

    def __init__(self, outline: Outline) -> None:
        self._outline = outline
        self._taken = {chapter.number for chapter in outline.chapters}
        self._next = 1

    def groups(self) -> Iterator[Group]:
        known = {volume.id: volume for volume in self._outline.volumes}
        inside: dict[int, list[ChapterPlan]] = {volume_id: [] for volume_id in known}
        loose: list[ChapterPlan] = []
        for chapter in sorted(self._outline.chapters, key=lambda each: each.number):
            home = inside.get(chapter.volume_id) if chapter.volume_id is not None else None
            (loose if home is None else home).append(chapter)
        for volume in self._outline.volumes:
            own = inside[volume.id]
            if own:
                # Chapters without a volume stand where they are read.
                yield from self._loose([c for c in loose if c.number < own[0].number])
                loose = [c for c in loose if c.number > own[0].number]
            yield self._group(volume, own)
        yield from self._loose(loose)

    def _loose(self, chapters: list[ChapterPlan]) -> Iterator[Group]:
        if chapters:
            yield self._group(None, chapters)

    def _group(self, volume: VolumePlan | None, chapters: list[ChapterPlan]) -> Group:
        first, slots = self._next, list[Slot]()
        for chapter in chapters:
            slots.extend(self._gap_before(chapter.number))
            slots.append(chapter)
            self._next = max(self._next, chapter.number + 1)
        size = min(volume.size, MOST_CHAPTERS) if volume else 0
        while len(slots) < size and self._next not in self._taken:
            slots.append(None)
            self._next += 1
        own = next((slot.number for slot in slots[:1] if slot is not None), first)
        return Group(volume, tuple(slots), own)

    def _gap_before(self, number: int) -> Iterator[None]:
        while self._next < number:
            if self._next not in self._taken:
                yield None
            self._next += 1
