"""Importing a book from a file as a new novel."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.domain.novel import Language, NewNovel, VersionOrigin
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.exporting import UNNAMED_VOLUME, volume_label
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.novel_file import is_novel_file
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.novels.unlisted import arriving
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.text.counts import count_words
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.text.number_labels import (
    DEFAULT_FORMS,
    form_of,
    forms_of_label,
    label_of,
    number_in,
    own_labels,
)


def import_book(
    database: Database,
    path: Path,
    progress: Progress = silent,
    correction: Correction | None = None,
    *,
    accept_instructions: bool = False,
) -> str:
    """Stores a file as a new novel, all or nothing, and returns its id.

    No chapter is analysed: that costs money and is the author's decision. Instructions for the
    model in a novel file take effect only if they are accepted. A ``correction`` applies to texts;
    a novel file needs none. Raises ``ArborisError`` (``FILE_UNREADABLE``; for a novel file also
    ``NOVEL_FILE_DAMAGED`` and ``NOVEL_FILE_TOO_NEW``), ``RuleError`` for a rule that cannot be
    applied, and ``StorageError``.
    """
    if is_novel_file(path):
        from arboris_desktop.exchange.novel_file.reading import import_novel

        return import_novel(database, path, progress, accept_instructions=accept_instructions)
    return store_book(database, read_book(path, correction), progress)


def store_book(database: Database, book: ParsedBook, progress: Progress = silent) -> str:
    """Stores a book as a new novel, all or nothing, and returns its id."""
    project_id = str(uuid.uuid4())
    with arriving(database, project_id):
        with ShortWrites(database) as writes:
            novel = _novel_of(book)
            writes.transaction.projects.begin(project_id, novel)
            chapters = sum(len(volume.chapters) for volume in book.volumes)
            for _stored in Counter(chapters, progress).count(_store(writes, project_id, book)):
                writes.breathe()
        if book.codex:
            from arboris_desktop.codex.rows import take_rows

            take_rows(database, project_id, book.codex)
        with database.write() as transaction:
            transaction.projects.show(project_id, book.title)
    return project_id


def _novel_of(book: ParsedBook) -> NewNovel:
    """Returns the description of the novel; the usual numbering is left to its language."""
    form = form_of(_labels(book), book.language)
    is_usual = form == DEFAULT_FORMS[book.language] and not any(
        label is not None for label in own_chapter_labels(book)
    )
    return NewNovel(
        title=book.title,
        language=book.language,
        author=book.author,
        numbering="" if is_usual else form,
    )


def _labels(book: ParsedBook) -> list[str]:
    """Returns the numbers as written; a chapter without a title is also numbered as usual."""
    return [
        chapter.label or (label_of(DEFAULT_FORMS[book.language], 1) if not chapter.title else "")
        for volume in book.volumes
        for chapter in volume.chapters
    ]


def _store(writes: ShortWrites, project_id: str, book: ParsedBook) -> Iterator[int]:
    """Stores the volumes chapter by chapter, yielding the numbers of the chapters."""
    labels = own_chapter_labels(book)
    number = 0
    for position, volume in enumerate(book.volumes, start=1):
        title = volume.title or UNNAMED_VOLUME[book.language]
        label = own_volume_label(volume, position, book.language)
        if not volume.title and len(book.volumes) > 1:
            label = ""  # a preface stands before the first volume, and is none that is counted
        volume_id = writes.transaction.projects.add_volume(
            project_id, position, title, label, volume.plan
        )
        for chapter in volume.chapters:
            place = ChapterPlace(project_id, volume_id, number + 1, book.language)
            store_imported_chapter(writes.transaction, place, chapter, labels[number])
            number += 1
            yield number


def own_chapter_labels(book: ParsedBook) -> list[str | None]:
    """Returns labels to store with the chapters: those that counting would not yield."""
    form = form_of(_labels(book), book.language)
    chapters = [chapter for volume in book.volumes for chapter in volume.chapters]
    kept = own_labels([chapter.label for chapter in chapters], form)
    return [
        None if not (chapter.label or chapter.title) else label
        for chapter, label in zip(chapters, kept, strict=True)
    ]


def own_volume_label(volume: ParsedVolume, position: int, language: Language) -> str | None:
    """Returns the number of a volume as its author writes it, with a placeholder for its position
    if it states that.

    A volume with only a title needs none.
    """
    if not volume.title or volume.title == volume.label:
        return None
    usual = volume_label(position, language)
    if volume.label in ("", usual):
        return None if volume.label else ""
    forms = [one for one in forms_of_label(volume.label) if number_in(volume.label) == position]
    return forms[0] if forms else volume.label


@record
class ChapterPlace:
    """The place that an imported chapter takes in a novel."""

    project_id: str
    volume_id: int | None
    number: int
    language: Language


def store_imported_chapter(
    transaction: Transaction, place: ChapterPlace, chapter: ParsedChapter, label: str | None
) -> int:
    """Stores a chapter with its text, if it has one; returns its id."""
    chapter_id = transaction.projects.add_outline(
        place.project_id, place.volume_id, place.number, chapter.title, chapter.plan, label
    )
    if chapter.scratchpad:
        transaction.notes.set_scratchpad(chapter_id, chapter.scratchpad)
    text = normalised_text(chapter.text, place.language)
    if text:
        transaction.chapters.add_version(
            chapter_id,
            content=text,
            word_count=count_words(text, place.language),
            origin=VersionOrigin.IMPORT,
        )
    return chapter_id
