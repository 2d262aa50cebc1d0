"""Reading what may be relevant for a chapter from the database, in constant time for any book."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import field, replace
from operator import attrgetter

from arboris_desktop.domain.blueprint import Blueprint
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.context import ReasonKind
from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.domain.novel import ChapterOverview, Language
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import CodexSettings
from arboris_desktop.domain.story import ChapterNote, EntryGlance, StorySummary
from arboris_desktop.domain.story_parts import story_parts
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.writing.context_choices import Choices
from arboris_desktop.text.prose import tail
from arboris_desktop.text.search_terms import TermText
from arboris_desktop.writing.context.finding import FullTextFinder, PassageFinder, RelatedPassage
from arboris_desktop.writing.context.presence import Present, Scene, present_entries

PREVIOUS_END_CHARACTERS = {Language.ENGLISH: 2400, Language.CHINESE: 900}
_SCENE_CHARACTERS = {Language.ENGLISH: 1200, Language.CHINESE: 400}
"""Last characters in which a named person is assumed to be there when the next chapter begins."""

MOST_PASSAGES = 12
NEWEST_STATEMENTS = 3


@record
class BookSoFar:
    """The material from which a chapter's context is selected, as it stood before that chapter.

    ``plan`` is what the chapter is to tell. ``notes`` are the chapters before it, ``following``
    those after it. ``part_first`` is the number of the first chapter of its volume.
    """

    language: Language
    number: int
    plan: str
    blueprint: Blueprint = field(default_factory=Blueprint)
    guide: WritingGuide = field(default_factory=WritingGuide)
    notes: tuple[ChapterNote, ...] = ()
    following: tuple[ChapterNote, ...] = ()
    part_first: int = 1
    summaries: tuple[StorySummary, ...] = ()
    previous_number: int = 0
    previous_text: str = ""
    present: tuple[Present, ...] = ()
    seeds: tuple[EntryGlance, ...] = ()
    overdue_after_chapters: int = CodexSettings().overdue_after_chapters
    passages: tuple[RelatedPassage, ...] = ()
    choices: Choices = field(default_factory=dict)

    @property
    def previous_end(self) -> str:
        """The end of the previous chapter, from the beginning of a sentence."""
        return tail(self.previous_text, PREVIOUS_END_CHARACTERS[self.language])

    @property
    def scene(self) -> Scene:
        """The texts that are searched for names."""
        end = self.previous_text[-_SCENE_CHARACTERS[self.language] :]
        return Scene(TermText(self.plan), TermText(end))


def read_book_so_far(
    database: Database, chapter: ChapterOverview, finder: PassageFinder | None = None
) -> BookSoFar:
    """Reads what precedes a chapter, and passages related to its plan; blocks.

    ``finder`` replaces full-text search. Raises ``NotFoundError`` and ``StorageError``.
    """
    book = _read(database, chapter)
    finder = finder or FullTextFinder(database)
    named = [one for one in book.present if one.reason.kind is ReasonKind.NAMED_IN_PLAN]
    passages = finder.about(
        chapter.project_id,
        book.plan,
        [one.reason.words for one in named],
        before_chapter=chapter.number,
        limit=MOST_PASSAGES,
    )
    return replace(book, passages=tuple(passages))


def _read(database: Database, chapter: ChapterOverview) -> BookSoFar:
    with database.read() as transaction:
        project = transaction.projects.get(chapter.project_id)
        story = transaction.story
        notes = story.notes(chapter.project_id)
        entries = story.glances(chapter.project_id, chapter.number)
        choices = transaction.context_choices.of_chapter(chapter.id)
        previous_number, previous_text = story.text_before(chapter.project_id, chapter.number)
        book = BookSoFar(
            language=project.language,
            number=chapter.number,
            plan=f"{chapter.title}\n{chapter.outline or project.premise}",
            blueprint=transaction.blueprints.get(chapter.project_id),
            guide=transaction.guides.get(chapter.project_id),
            notes=tuple(notes[: bisect_left(notes, chapter.number, key=_number)]),
            following=tuple(notes[bisect_right(notes, chapter.number, key=_number) :]),
            part_first=_first_of_part(notes, chapter.number),
            summaries=tuple(transaction.summaries.of_project(chapter.project_id)),
            previous_number=previous_number,
            previous_text=previous_text,
            seeds=tuple(entry for entry in entries if _is_open_seed(entry)),
            overdue_after_chapters=transaction.settings.get(CodexSettings).overdue_after_chapters,
            choices=choices,
        )
        present = present_entries(entries, book.scene, choices)
        ids = [one.entry.id for one in present]
        known = story.statements(ids, chapter.number, NEWEST_STATEMENTS)
    told = (replace(one, statements=tuple(known[one.entry.id])) for one in present)
    return replace(book, present=tuple(told))


_number = attrgetter("number")


def _first_of_part(notes: list[ChapterNote], number: int) -> int:
    return next((part.first for part in story_parts(notes) if part.last >= number), 1)


def _is_open_seed(entry: EntryGlance) -> bool:
    return entry.kind is EntryKind.FORESHADOWING and not entry.is_paid_off
