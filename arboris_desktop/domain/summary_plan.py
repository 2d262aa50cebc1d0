"""The plan of a novel's summaries: chapters to parts, parts to volumes, volumes to the book.

Only what is closed is summed up, so that a new chapter does not cause everything to be made again:
ten chapters make a part, and what comes after the last full one is told chapter by chapter anyway.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256

from arboris_desktop.domain.record import record
from arboris_desktop.domain.story import ChapterNote, StorySummary, SummaryLevel
from arboris_desktop.domain.story_parts import StoryPart, story_parts

CHAPTERS_OF_PART = 10

Known = Mapping[tuple[SummaryLevel, int], StorySummary]
"""The summaries there are, by level and first chapter."""


@record
class WantedSummary:
    """A summary that should exist. ``sources`` are what it is made of, a text each.

    Without sources it is only kept if it is there: a chapter in it is being analysed.
    """

    level: SummaryLevel
    first: int
    last: int
    sources: tuple[str, ...]

    @property
    def key(self) -> tuple[SummaryLevel, int]:
        """The key that identifies it within the novel."""
        return self.level, self.first

    @property
    def source_hash(self) -> str:
        """Tells whether the sources are still those of a stored summary."""
        return sha256("\n".join(self.sources).encode("utf-8", "surrogatepass")).hexdigest()

    def is_due(self, known: Known) -> bool:
        """True if it has to be made: it is missing, or its sources have changed."""
        found = known.get(self.key)
        if not self.sources:
            return False
        return found is None or (found.source_hash, found.last_chapter) != (
            self.source_hash,
            self.last,
        )


def known_by_key(summaries: Iterable[StorySummary]) -> dict[tuple[SummaryLevel, int], StorySummary]:
    """Summaries as the functions here look them up."""
    return {(summary.level, summary.first_chapter): summary for summary in summaries}


def wanted_parts(notes: Sequence[ChapterNote], known: Known) -> list[WantedSummary]:
    """The summaries that are made of chapters: those of parts, and of volumes that are one part."""
    parts = story_parts(notes)
    newest = max((note.number for note in notes if note.summary), default=0)
    return [
        _of_chapters(level, chapters, known)
        for part, level, chapters in _chunks(parts)
        if chapters[-1].number <= newest
        and (len(chapters) == CHAPTERS_OF_PART or part is not parts[-1])
        and any(note.summary for note in chapters)
    ]


def wanted_volumes(notes: Sequence[ChapterNote], known: Known) -> list[WantedSummary]:
    """The summaries of volumes that are made of their parts, two of them at least."""
    wanted = []
    for part in story_parts(notes):
        parts = [
            summary
            for (level, first), summary in sorted(known.items())
            if level is SummaryLevel.PART and part.first <= first <= part.last
        ]
        if len(parts) > 1:
            sources = tuple(summary.content for summary in parts)
            last = parts[-1].last_chapter
            wanted.append(WantedSummary(SummaryLevel.VOLUME, part.first, last, sources))
    return wanted


def wanted_book(notes: Sequence[ChapterNote], known: Known) -> list[WantedSummary]:
    """The summary of the whole, made of two volumes at least; a short volume may be one part."""
    found = []
    for part in story_parts(notes):
        volume = known.get((SummaryLevel.VOLUME, part.first))
        volume = volume or known.get((SummaryLevel.PART, part.first))
        if volume is not None:
            found.append(volume)
    if len(found) < 2:
        return []
    sources = tuple(summary.content for summary in found)
    return [
        WantedSummary(SummaryLevel.BOOK, found[0].first_chapter, found[-1].last_chapter, sources)
    ]


def _chunks(
    parts: Sequence[StoryPart],
) -> list[tuple[StoryPart, SummaryLevel, tuple[ChapterNote, ...]]]:
    chunks = []
    for part in parts:
        size = len(part.notes)
        is_one = size <= CHAPTERS_OF_PART and part is not parts[-1]
        level = SummaryLevel.VOLUME if is_one else SummaryLevel.PART
        for start in range(0, size, CHAPTERS_OF_PART):
            chunks.append((part, level, part.notes[start : start + CHAPTERS_OF_PART]))
    return chunks


def _of_chapters(
    level: SummaryLevel, chapters: Sequence[ChapterNote], known: Known
) -> WantedSummary:
    first, last = chapters[0].number, chapters[-1].number
    untold = [note for note in chapters if note.is_written and not note.summary]
    is_waiting = any(note.is_waiting for note in untold)
    if is_waiting or (untold and (level, first) in known):
        return WantedSummary(level, first, last, ())
    told = (note for note in chapters if note.summary)
    sources = (f"{note.number}. {note.title}: {note.summary}" for note in told)
    return WantedSummary(level, first, last, tuple(sources))
