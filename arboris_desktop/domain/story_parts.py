"""The parts of a novel that are summed up together, whether or not it has volumes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from arboris_desktop.domain.record import record
from arboris_desktop.domain.story import ChapterNote

CHAPTERS_WITHOUT_VOLUME = 20
"""So many chapters make a part where the author has made no volumes."""


@record
class StoryPart:
    """A volume, or what counts as one: its chapters in reading order, at least one."""

    notes: tuple[ChapterNote, ...]

    @property
    def first(self) -> int:
        """The number of its first chapter."""
        return self.notes[0].number

    @property
    def last(self) -> int:
        """The number of its last chapter, planned ones included."""
        return self.notes[-1].number


def story_parts(notes: Sequence[ChapterNote]) -> list[StoryPart]:
    """Chapters in reading order, divided where the volume changes."""

    def part_of(note: ChapterNote) -> tuple[int | None, int]:
        if note.volume_id is not None:
            return note.volume_id, 0
        return None, (note.number - 1) // CHAPTERS_WITHOUT_VOLUME

    return [StoryPart(tuple(group)) for _part, group in groupby(notes, key=part_of)]
