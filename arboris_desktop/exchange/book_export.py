"""Writing a novel to a file: all of it, or the texts of its chapters."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.exchange.atomic_file import Noting, replacing, unnoted
from arboris_desktop.exchange.chapter_files import write_chapter_files
from arboris_desktop.exchange.exporting import (
    UNNAMED_VOLUME,
    ExportBook,
    ExportChapter,
    ExportVolume,
)
from arboris_desktop.exchange.novel_file import NOVEL_FORM
from arboris_desktop.exchange.progress import Progress, part_of, silent
from arboris_desktop.exchange.writing.formats import EXPORT_FORMATS
from arboris_desktop.exchange.writing.options import PROJECT_FORM, ExportContent, ExportOptions
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.text.number_labels import label_of

FORMS = (NOVEL_FORM, *EXPORT_FORMATS, PROJECT_FORM)
"""The formats of an export."""

_NOTHING = {
    ExportContent.TEXT: (ErrorKind.NOTHING_TO_EXPORT, "no chapter of it is written yet"),
    ExportContent.OUTLINE: (ErrorKind.NO_OUTLINE_TO_EXPORT, "nothing of it is planned yet"),
    ExportContent.CODEX: (ErrorKind.NO_CODEX_TO_EXPORT, "its codex is empty"),
    ExportContent.COMMENTS: (ErrorKind.NO_COMMENTS_TO_EXPORT, "no passage of it is commented on"),
}


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

    Only written chapters are exported, unless ``options`` say otherwise. An existing text file is
    replaced; a novel file only with ``overwrite``, since the old one may be the only copy of a
    novel. Raises ``RuleError`` for an unknown format and if there is nothing to write,
    ``NotFoundError``, and ``ArborisError`` if the file cannot be written; what was at ``path`` is
    then untouched. With a file per chapter, and for a project of another program, ``path`` is a new
    folder. ``noting`` registers the temporary file, in case the process is killed.
    """
    if form == NOVEL_FORM:
        from arboris_desktop.exchange.novel_file.writing import export_novel

        export_novel(
            database, project_id, path, overwrite=overwrite, progress=progress, noting=noting
        )
        return
    options = (options or ExportOptions()).effective(form)
    if form == PROJECT_FORM:
        _export_project(database, project_id, path, options, noting)
        return
    if form not in EXPORT_FORMATS:
        raise RuleError(
            ErrorKind.INVALID_VALUE, f"unknown format {form}; there is {', '.join(FORMS)}"
        )
    with database.read() as transaction:
        content = _content(transaction, project_id, options)
    book = replace(content, front=options.front, told=part_of(progress, 0.1, 1))
    if not book.volumes:
        raise RuleError(*_NOTHING[options.content])
    if options.file_per_chapter:
        write_chapter_files(book, EXPORT_FORMATS[form], path, options, noting)
        return
    with replacing(path, noting=noting) as file:
        file.write(EXPORT_FORMATS[form].write(book, options))


def _export_project(
    database: Database, project_id: str, folder: Path, options: ExportOptions, noting: Noting
) -> None:
    from arboris_desktop.exchange.new_folder import write_new_folder
    from arboris_desktop.exchange.projects import whole_novel
    from arboris_desktop.exchange.writing.novelwriter import write_project

    with database.read() as transaction:
        book = replace(read_chapters(transaction, project_id, options), front=options.front)
        novel = whole_novel(transaction, project_id, book)
    if not book.volumes:
        raise RuleError(*_NOTHING[ExportContent.TEXT])
    write_new_folder(folder, lambda inside: write_project(novel, inside), noting)


def _content(transaction: Transaction, project_id: str, options: ExportOptions) -> ExportBook:
    from arboris_desktop.exchange.plans import codex_book, comment_book, outline_as_book

    if options.content is ExportContent.TEXT:
        return read_chapters(transaction, project_id, options)
    project = transaction.projects.get(project_id)
    if options.content is ExportContent.CODEX:
        return codex_book(transaction, project)
    if options.content is ExportContent.COMMENTS:
        return comment_book(transaction, project, options)
    return outline_as_book(transaction, project, options)


def read_chapters(transaction: Transaction, project_id: str, options: ExportOptions) -> ExportBook:
    """Returns the texts of the requested chapters."""
    project = transaction.projects.get(project_id)
    volumes = transaction.projects.volumes(project_id)
    overviews = transaction.chapters.of_project(project_id)
    inside: dict[int | None, list[ChapterOverview]] = defaultdict(list)
    for chapter in overviews:
        inside[chapter.volume_id].append(chapter)
    groups = [(v.title, v.label, inside[v.id]) for v in volumes]
    if len(groups) == 1 and groups[0][0] == UNNAMED_VOLUME[project.language]:
        groups = [("", None, groups[0][2])]
    if loose := inside[None]:
        groups.append(("", None, loose))
    volumes_out = (
        ExportVolume(
            title,
            tuple(_chapter(transaction, c) for c in chapters if _is_wanted(c, options)),
            number,
            None if label is None else label_of(label, number),
        )
        for number, (title, label, chapters) in enumerate(groups, start=1)
    )
    wanted = tuple(one for one in volumes_out if one.chapters or options.unwritten_too)
    return ExportBook(project.title, project.language, wanted, project.author)


def _is_wanted(chapter: ChapterOverview, options: ExportOptions) -> bool:
    if options.chapters is not None and chapter.number not in options.chapters:
        return False
    return options.unwritten_too or chapter.word_count > 0


def _chapter(transaction: Transaction, overview: ChapterOverview) -> ExportChapter:
    version = transaction.chapters.selected_version(overview.id)
    text = version.content if version else ""
    return ExportChapter(overview.number, overview.title, text, overview.label)
