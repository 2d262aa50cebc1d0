"""Bringing books in from files and writing them out."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import (
    ChapterOverview,
    Language,
    NewNovel,
    VersionOrigin,
)
from arboris_desktop.exchange.atomic_file import Noting, replacing, unnoted
from arboris_desktop.exchange.chapter_files import write_chapter_files
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.novel_file import NOVEL_FORM, is_novel_file
from arboris_desktop.exchange.parsed import ParsedBook
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.novels.unlisted import arriving
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.text.counts import count_words

FORMS = (NOVEL_FORM, *EXPORT_FORMATS)
"""The formats of an export."""

_UNNAMED_VOLUME = {Language.ENGLISH: "Chapters", Language.CHINESE: "正文"}


def import_book(
    database: Database,
    path: Path,
    progress: Progress = silent,
    correction: Correction | None = None,
    *,
    accept_instructions: bool = False,
) -> str:
    """Stores a file as a new novel, all or nothing, and returns its id.

    No chapter is analysed by that: it costs, and is the author's to decide. The instructions for
    the model in a novel file come into force only if they are accepted.
    A ``correction`` is for texts; a novel file says all by itself. Raises ``ArborisError``
    (``FILE_UNREADABLE``; for a novel file also ``NOVEL_FILE_DAMAGED`` and ``NOVEL_FILE_TOO_NEW``),
    ``RuleError`` for a rule that cannot be followed, and ``StorageError``.
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
            novel = NewNovel(title=book.title, language=book.language)
            writes.transaction.projects.begin(project_id, novel)
            chapters = sum(len(volume.chapters) for volume in book.volumes)
            for _stored in Counter(chapters, progress).count(_store(writes, project_id, book)):
                writes.breathe()
        with database.write() as transaction:
            transaction.projects.show(project_id, book.title)
    return project_id


def _store(writes: ShortWrites, project_id: str, book: ParsedBook) -> Iterator[int]:
    """Stores the volumes, chapter by chapter; the numbers of the chapters."""
    number = 0
    for position, volume in enumerate(book.volumes, start=1):
        title = volume.title or _UNNAMED_VOLUME[book.language]
        volume_id = writes.transaction.projects.add_volume(project_id, position, title)
        for chapter in volume.chapters:
            number += 1
            transaction = writes.transaction
            chapter_id = transaction.projects.add_outline(
                project_id, volume_id, number, chapter.title, ""
            )
            if chapter.text:
                transaction.chapters.add_version(
                    chapter_id,
                    content=chapter.text,
                    word_count=count_words(chapter.text, book.language),
                    origin=VersionOrigin.IMPORT,
                )
            yield number


def export_book(
    database: Database,
    project_id: str,
    form: str,
    path: Path,
    *,
    overwrite: bool = False,
    options: ExportOptions | None = None,
    progress: Progress = silent,
    noting: Noting = unnoted,
) -> None:
    """Writes a novel to a file: all of it (``arboris``), or the texts of its chapters.

    Only chapters that are written come out as texts, unless ``options`` say otherwise. A text takes
    the place of an older file; a novel file only with ``overwrite``, since the older one may be all
    that there is of a novel. Raises ``RuleError`` for another format and where nothing is written,
    ``NotFoundError``, and ``ArborisError`` when the file cannot be written; what was at ``path``
    before is then untouched. With a file per chapter, ``path`` is a new folder. ``noting`` is told
    of the temporary file, for the case of a kill.
    """
    if form == NOVEL_FORM:
        from arboris_desktop.exchange.novel_file.writing import export_novel

        export_novel(
            database, project_id, path, overwrite=overwrite, progress=progress, noting=noting
        )
        return
    if form not in EXPORT_FORMATS:
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"unknown format {form}; there is {', '.join(FORMS)}"
        )
    options = options or ExportOptions()
    with database.read() as transaction:
        book = _read(transaction, project_id, options)
    if not book.volumes:
        raise RuleError(ErrorKind.INVALID_VALUE, "no chapter of it is written yet")
    if options.file_per_chapter:
        write_chapter_files(book, EXPORT_FORMATS[form], path, options, noting)
        return
    with replacing(path, noting=noting) as file:
        file.write(EXPORT_FORMATS[form].write(book, options))


def _read(transaction: Transaction, project_id: str, options: ExportOptions) -> ExportBook:
    project = transaction.projects.get(project_id)
    volumes = transaction.projects.volumes(project_id)
    overviews = transaction.chapters.of_project(project_id)
    groups = [(v.title, [c for c in overviews if c.volume_id == v.id]) for v in volumes]
    loose = [chapter for chapter in overviews if chapter.volume_id is None]
    if len(groups) == 1 and groups[0][0] == _UNNAMED_VOLUME[project.language]:
        groups = [("", groups[0][1])]
    if loose:
        groups.append(("", loose))
    volumes_out = (
        ExportVolume(
            title,
            tuple(_chapter(transaction, c) for c in chapters if _is_wanted(c, options)),
            number,
        )
        for number, (title, chapters) in enumerate(groups, start=1)
    )
    wanted = tuple(one for one in volumes_out if one.chapters or options.unwritten_too)
    return ExportBook(project.title, project.language, wanted)


def _is_wanted(chapter: ChapterOverview, options: ExportOptions) -> bool:
    if options.chapters is not None and chapter.number not in options.chapters:
        return False
    return options.unwritten_too or chapter.word_count > 0


def _chapter(transaction: Transaction, overview: ChapterOverview) -> ExportChapter:
    version = transaction.chapters.selected_version(overview.id)
    return ExportChapter(overview.number, overview.title, version.content if version else "")
