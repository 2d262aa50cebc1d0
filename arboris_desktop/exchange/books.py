"""Bringing books in from files and writing them out."""

from __future__ import annotations

from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import (
    ChapterOverview,
    Language,
    NewNovel,
    OutlineChapter,
    OutlineVolume,
    VersionOrigin,
)
from arboris_desktop.exchange.atomic_file import Noting, unnoted
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.exporting import (
    EXPORT_FORMATS,
    ExportBook,
    ExportChapter,
    ExportVolume,
    write_export,
)
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.novel_file import NOVEL_FORM, is_novel_file
from arboris_desktop.exchange.parsed import ParsedBook
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.counts import count_words

FORMS = (NOVEL_FORM, *sorted(EXPORT_FORMATS))
"""The formats of an export."""

_UNNAMED_VOLUME = {Language.ENGLISH: "Chapters", Language.CHINESE: "正文"}


def import_book(
    database: Database,
    path: Path,
    progress: Progress = silent,
    correction: Correction | None = None,
) -> str:
    """Stores a file as a new novel, all or nothing, and returns its id.

    The chapters of a text are not queued for analysis: that costs, and is the author's to decide.
    A ``correction`` is for texts; a novel file says all by itself. Raises ``ArborisError``
    (``FILE_UNREADABLE``; for a novel file also ``NOVEL_FILE_DAMAGED`` and ``NOVEL_FILE_TOO_NEW``),
    ``RuleError`` for a rule that cannot be followed, and ``StorageError``.
    """
    if is_novel_file(path):
        from arboris_desktop.exchange.novel_file.reading import import_novel

        return import_novel(database, path, progress)
    return store_book(database, read_book(path, correction), progress)


def store_book(database: Database, book: ParsedBook, progress: Progress = silent) -> str:
    """Stores a book as a new novel, all or nothing, and returns its id."""
    with database.write() as transaction:
        project_id = transaction.projects.add(_novel(book))
        overviews = transaction.chapters.of_project(project_id)
        chapters = (chapter for volume in book.volumes for chapter in volume.chapters)
        pairs = zip(overviews, chapters, strict=True)
        for overview, chapter in Counter(len(overviews), progress).count(pairs):
            if chapter.text:
                transaction.chapters.add_version(
                    overview.id,
                    content=chapter.text,
                    word_count=count_words(chapter.text, book.language),
                    origin=VersionOrigin.IMPORT,
                )
    return project_id


def _novel(book: ParsedBook) -> NewNovel:
    unnamed = _UNNAMED_VOLUME[book.language]
    volumes = tuple(
        OutlineVolume(
            volume.title or unnamed,
            tuple(OutlineChapter(chapter.title) for chapter in volume.chapters),
        )
        for volume in book.volumes
    )
    return NewNovel(title=book.title, language=book.language, volumes=volumes)


def export_book(
    database: Database,
    project_id: str,
    form: str,
    path: Path,
    *,
    overwrite: bool = False,
    progress: Progress = silent,
    noting: Noting = unnoted,
) -> None:
    """Writes a novel to a file: all of it (``arboris``), or its chapters' texts (``txt``, ``md``).

    A text takes the place of an older file; a novel file only with ``overwrite``, since the older
    one may be all that there is of a novel. Raises ``RuleError`` for another format,
    ``NotFoundError``, and ``ArborisError`` when the file cannot be written; what was at ``path``
    before is then untouched. ``noting`` is told of the temporary file, for the case of a kill.
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
    with database.read() as transaction:
        book = _read(transaction, project_id)
    write_export(path, EXPORT_FORMATS[form](book), noting)


def _read(transaction: Transaction, project_id: str) -> ExportBook:
    project = transaction.projects.get(project_id)
    volumes = transaction.projects.volumes(project_id)
    overviews = transaction.chapters.of_project(project_id)
    groups = [(v.title, [c for c in overviews if c.volume_id == v.id]) for v in volumes]
    loose = [chapter for chapter in overviews if chapter.volume_id is None]
    if len(groups) == 1 and groups[0][0] == _UNNAMED_VOLUME[project.language]:
        groups = [("", groups[0][1])]
    if loose:
        groups.append(("", loose))
    return ExportBook(
        project.title,
        project.language,
        tuple(
            ExportVolume(title, tuple(_chapter(transaction, c) for c in chapters))
            for title, chapters in groups
        ),
    )


def _chapter(transaction: Transaction, overview: ChapterOverview) -> ExportChapter:
    version = transaction.chapters.selected_version(overview.id)
    return ExportChapter(overview.number, overview.title, version.content if version else "")
