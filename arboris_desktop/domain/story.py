"""Knowledge of a story besides its text, as far as a chapter to be written needs it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.record import record


class ChapterNote(NamedTuple):
    """A chapter in two sentences: what was planned, and what happens in it once it is analysed.

    ``is_waiting``: it has a text whose analysis is not finished.
    """

    number: int
    title: str
    outline: str
    summary: str
    volume_id: int | None
    is_written: bool = False
    is_waiting: bool = False
    label: str | None = None


class SummaryLevel(StrEnum):
    """The extent of a summary."""

    PART = "part"
    """Some chapters of a volume."""
    VOLUME = "volume"
    BOOK = "book"


@record
class StorySummary:
    """A summary of the chapters from one to another. ``source_hash`` is the hash of its sources."""

    level: SummaryLevel
    first_chapter: int
    last_chapter: int
    content: str
    source_hash: str


class EntryGlance(NamedTuple):
    """A codex entry without its facts, as it stands before a chapter.

    A tuple: a long book has thousands, and they are read for each chapter that is written.

    ``seen_in`` is the last chapter with a fact that counts, ``since`` the first one; 0 for none.
    """

    id: int
    kind: EntryKind
    name: str
    aliases: tuple[str, ...]
    description: str
    due_chapter: int | None
    is_paid_off: bool
    since: int
    seen_in: int

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the other names."""
        return (self.name, *self.aliases)
