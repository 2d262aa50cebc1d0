"""Novels, volumes, chapters, their versions and drafts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import field
from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.record import record

RAW_ANSWER = "raw_answer"
"""Under this name a version's metadata holds what the model sent, where that is more than its text:
thoughts, a preface, an offer to go on."""


UNNUMBERED = "none"
"""The form of the number of a chapter whose author has given it none."""


class Language(StrEnum):
    """The language a novel is written in; it decides how its length is counted."""

    ENGLISH = "en"
    CHINESE = "zh"


class ParagraphStyle(StrEnum):
    """The way in which paragraphs are told apart where they are shown."""

    INDENT = "indent"
    GAP = "gap"
    BOTH = "both"


class ChapterStatus(StrEnum):
    """The state of a chapter: planned, or written. The values are those of Arboris-Novel."""

    PLANNED = "not_generated"
    WRITTEN = "successful"


class VersionOrigin(StrEnum):
    """The maker of a version of a chapter."""

    MODEL = "model"
    AUTHOR = "author"
    IMPORT = "import"
    SAMPLE = "sample"


@record
class NovelProject:
    """One novel. ``word_count`` is the sum over its written chapters.

    ``numbering`` is the form of the labels of its chapters (``text.number_labels``), empty where it
    is the usual one of its language.
    """

    id: str
    title: str
    premise: str
    style: str
    language: Language
    created_at: datetime
    updated_at: datetime
    chapter_count: int = 0
    written_count: int = 0
    word_count: int = 0
    author: str = ""
    numbering: str = ""
    paragraphs: ParagraphStyle = ParagraphStyle.INDENT


@record
class OutlineChapter:
    """A planned chapter as the author typed it."""

    title: str
    summary: str = ""


@record
class OutlineVolume:
    """A planned volume with its chapters in reading order."""

    title: str
    chapters: tuple[OutlineChapter, ...]


@record
class NewNovel:
    """The author's entries for a new novel.

    ``is_untitled``: the title only stands in for one that is still to be found.
    """

    title: str
    premise: str = ""
    style: str = ""
    language: Language = Language.ENGLISH
    volumes: tuple[OutlineVolume, ...] = ()
    is_untitled: bool = False
    author: str = ""
    numbering: str = ""


@record
class Volume:
    """A part of a novel; ``position`` counts from 1. ``label`` is its number as the author writes
    it, ``None`` where the program does."""

    id: int
    project_id: str
    position: int
    title: str
    label: str | None = None


def listed_name(number: int, title: str, label: str | None) -> str:
    """The name of a chapter in lists for a model: "3. The Sea", or with its author's number."""
    if label is None:
        return f"{number}. {title}"
    return " ".join(part for part in (label, title) if part) or str(number)


@record
class ChapterOverview:
    """A chapter without its text, as the tree and the context builder need it.

    ``analysis`` is the state of the newest analysis task (see ``tasks.TaskStatus``), or ``None``.
    ``has_draft`` is true while an unfinished draft is stored, be it growing or left by a crash.
    ``label`` is the number as the author writes it, empty for a name alone; ``None`` where chapters
    are numbered in the usual way. ``published_at`` is when its author marked it as published,
    ``changed_at`` when its text was last changed.
    """

    id: int
    project_id: str
    volume_id: int | None
    number: int
    title: str
    outline: str
    summary: str
    status: ChapterStatus
    word_count: int
    selected_version_id: int | None
    analysis: str | None = None
    has_draft: bool = False
    label: str | None = None
    published_at: datetime | None = None
    changed_at: datetime | None = None
    own_status: OwnStatus = OwnStatus.NONE

    @property
    def is_changed_since_published(self) -> bool:
        """True if the text was changed after its author had published it."""
        return (
            self.published_at is not None
            and self.changed_at is not None
            and self.changed_at > self.published_at
        )

    @property
    def is_written(self) -> bool:
        """True if it has a text."""
        return self.status is ChapterStatus.WRITTEN

    @property
    def labelled_title(self) -> str:
        """The title behind the author's own number, if the chapter has one."""
        return " ".join(part for part in (self.label, self.title) if part)

    @property
    def listed_name(self) -> str:
        """The name in lists for a model."""
        return listed_name(self.number, self.title, self.label)


def next_to_write(chapters: Sequence[ChapterOverview]) -> ChapterOverview | None:
    """The first chapter without a text; the first of all if every one has one."""
    return next((each for each in chapters if not each.is_written), next(iter(chapters), None))


@record
class ChapterVersion:
    """One text of a chapter. ``revision`` grows by one each time the author's edit is saved."""

    id: int
    chapter_id: int
    label: str
    origin: VersionOrigin
    provider: str
    content: str
    revision: int
    created_at: datetime
    metadata: dict[str, object] = field(default_factory=dict)


@record
class ChapterDraft:
    """Text that arrived from a model but is not yet a version; one per chapter at most.

    ``error_kind`` is why it is not finished, ``None`` when the author stopped it or the process
    ended; ``raw_answer`` what the model sent, where that is more than the text.
    """

    chapter_id: int
    project_id: str
    chapter_number: int
    chapter_title: str
    content: str
    provider: str
    owner: str
    started_at: datetime
    updated_at: datetime
    error_kind: ErrorKind | None = None
    error_message: str = ""
    raw_answer: str = ""
