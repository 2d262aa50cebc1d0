"""Creating, opening and changing novels and their outlines."""

from __future__ import annotations

import json
from collections.abc import Collection
from contextlib import suppress

from arboris_desktop import resources
from arboris_desktop.domain.errors import ErrorKind, NotFoundError, RuleError
from arboris_desktop.domain.novel import (
    ChapterOverview,
    Language,
    NewNovel,
    NovelProject,
    OutlineChapter,
    OutlineVolume,
    ParagraphStyle,
    VersionOrigin,
    Volume,
)
from arboris_desktop.domain.record import record
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.novels.unlisted import remove
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_text


@record
class NovelContents:
    """A novel as the project tree shows it."""

    project: NovelProject
    volumes: list[Volume]
    chapters: list[ChapterOverview]


_OF_SAMPLE = {Language.ENGLISH: "en_GB"}
"""The dictionaries of samples in another spelling than the author's computer has."""


@record
class WrittenNow:
    """A chapter that a model is writing, and the title of its novel."""

    chapter: ChapterOverview
    novel: str


class Novels:
    """The author's novels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, novel: NewNovel) -> str:
        """Stores a new novel and returns its id. Raises ``RuleError`` without a title."""
        if not novel.title.strip():
            raise RuleError(ErrorKind.TITLE_MISSING, "a novel needs a title")
        with self._database.write() as transaction:
            return transaction.projects.add(novel)

    def create_sample(self, language: Language) -> str:
        """Stores the sample novel of a language including its first chapter; returns its id."""
        sample = json.loads(resources.read_text("samples", f"sample.{language.value}.json"))
        novel = NewNovel(
            title=sample["title"],
            premise=sample["premise"],
            style=sample["style"],
            language=language,
            volumes=tuple(_outline_volume(volume) for volume in sample["volumes"]),
        )
        texts = [chapter.get("text", "") for v in sample["volumes"] for chapter in v["chapters"]]
        with self._database.write() as transaction:
            project_id = transaction.projects.add(novel)
            if (dictionary := _OF_SAMPLE.get(language)) is not None:
                transaction.words.choose(project_id, dictionary)
            for number, text in enumerate(texts, start=1):
                if text := normalised_text(text, language):
                    chapter = transaction.chapters.by_number(project_id, number)
                    transaction.chapters.add_version(
                        chapter.id,
                        content=text,
                        word_count=count_words(text, language),
                        origin=VersionOrigin.SAMPLE,
                    )
        return project_id

    def all(self) -> list[NovelProject]:
        """Returns every novel, the last changed first."""
        with self._database.read() as transaction:
            return transaction.projects.all()

    def open(self, project_id: str) -> NovelContents:
        """Returns a novel with its volumes and chapters. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return NovelContents(
                transaction.projects.get(project_id),
                transaction.projects.volumes(project_id),
                transaction.chapters.of_project(project_id),
            )

    def remove(self, project_id: str) -> None:
        """Deletes a novel with all its text. Raises ``NotFoundError``."""
        remove(self._database, project_id)

    def add_chapter(self, project_id: str, title: str = "", summary: str = "") -> ChapterOverview:
        """Plans one more chapter after the last, in its volume. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            outline = transaction.outlines.read(project_id)
            number = outline.last_number + 1
            home = outline.volume_of(number)
            transaction.projects.add_outline(project_id, home, number, title, summary)
            return transaction.chapters.by_number(project_id, number)

    def ensure_chapter(self, project_id: str, number: int) -> ChapterOverview:
        """Returns the chapter of that number; plans the next one if it does not exist yet.

        Raises ``RuleError`` if chapters before it would be missing.
        """
        with self._database.read() as transaction:
            transaction.projects.get(project_id)
            chapters = transaction.chapters.of_project(project_id)
        for chapter in chapters:
            if chapter.number == number:
                return chapter
        next_number = max((chapter.number for chapter in chapters), default=0) + 1
        if number != next_number:
            raise RuleError(
                ErrorKind.CHAPTERS_MISSING,
                f"chapter {number} cannot be added: the next one is {next_number}",
            )
        return self.add_chapter(project_id)

    def change(self, project_id: str, *, title: str, premise: str, style: str) -> None:
        """Changes the title, premise and style of the novel.

        Raises ``RuleError`` without a title.
        """
        if not title.strip():
            raise RuleError(ErrorKind.TITLE_MISSING, "a novel needs a title")
        with self._database.write() as transaction:
            transaction.projects.change(project_id, title=title, premise=premise, style=style)

    def describe(self, project_id: str, title: str, author: str, numbering: str) -> None:
        """Changes what covers and headings say. Raises ``RuleError`` without a title."""
        if not title.strip():
            raise RuleError(ErrorKind.TITLE_MISSING, "a novel needs a title")
        with self._database.write() as transaction:
            before = transaction.projects.get(project_id)
            if numbering != before.numbering:
                from arboris_desktop.writing.numbering import renumber

                numbering = renumber(transaction, before, numbering)
            transaction.projects.describe(
                project_id, title=title, author=author, numbering=numbering
            )

    def set_paragraphs(self, project_id: str, style: ParagraphStyle) -> None:
        """Stores how paragraphs are separated in a novel. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.projects.set_paragraphs(project_id, style)

    def chapter(self, chapter_id: int) -> ChapterOverview:
        """Returns a chapter without its text. Raises ``NotFoundError``."""
        with self._database.read() as transaction:
            return transaction.chapters.overview(chapter_id)

    def written_now(self, chapter_ids: Collection[int]) -> list[WrittenNow]:
        """The names of chapters and of their novels; without those that are gone."""
        with self._database.read() as transaction:
            found = []
            for chapter_id in sorted(chapter_ids):
                with suppress(NotFoundError):
                    chapter = transaction.chapters.overview(chapter_id)
                    novel = transaction.projects.get(chapter.project_id)
                    found.append(WrittenNow(chapter, novel.title))
        return found

    def mark_published(self, chapter_id: int, *, is_published: bool) -> None:
        """Records whether the present text of a chapter is published. Raises ``NotFoundError``."""
        with self._database.write() as transaction:
            transaction.chapters.mark_published(chapter_id, is_published=is_published)


def _outline_volume(volume: dict[str, object]) -> OutlineVolume:
    chapters = volume["chapters"]
    assert isinstance(chapters, list)
    return OutlineVolume(
        str(volume["title"]),
        tuple(OutlineChapter(chapter["title"], chapter["summary"]) for chapter in chapters),
    )
