"""Appending the chapters of a file to a novel, except those that it already has."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.novel import NewNovel, NovelProject
from arboris_desktop.domain.record import record
from arboris_desktop.exchange.books import ChapterPlace, own_volume_label, store_imported_chapter
from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.exchange.progress import Counter, Progress, silent
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.novels.unlisted import arriving
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.text.number_labels import DEFAULT_FORMS, label_of, own_labels


@record
class Appended:
    """The numbers of the added chapters, and how many the novel had already."""

    numbers: tuple[int, ...]
    known: int


def append_book(
    database: Database,
    project_id: str,
    path: Path,
    correction: Correction | None = None,
    progress: Progress = silent,
) -> Appended:
    """Appends the chapters of a text to a novel, all or nothing.

    A chapter with a text that the novel already has is skipped, since the file may be the whole
    book. Nothing is analysed. Raises ``ArborisError`` and ``RuleError`` like an import, also if
    there is nothing new, and ``NotFoundError``.
    """
    book = read_book(path, correction)
    with database.read() as transaction:
        project = transaction.projects.get(project_id)
        new, known = _without_known(book, _texts(transaction, project_id))
    if not new:
        raise RuleError(ErrorKind.NOTHING_NEW, "the novel has all chapters of the file")
    # Stored in many short transactions as a hidden novel, which is cleared away if the process is
    # killed; one short transaction then moves its chapters into the novel.
    arrived = str(uuid.uuid4())
    with arriving(database, arrived):
        _store(database, arrived, project, _chapters(new), progress)
        with database.write() as transaction:
            numbers = _adopt(transaction, arrived, project_id, new)
            transaction.projects.remove_unlisted(arrived)
    return Appended(numbers, known)


_MARKS = str.maketrans("", "", "*\\")


def _texts(transaction: Transaction, project_id: str) -> frozenset[str]:
    """Returns the texts of the novel without what normalising may have changed."""
    versions = transaction.chapters.each_version(project_id)
    return frozenset(_plain(version.content) for version in versions)


def _plain(text: str) -> str:
    return "".join(text.translate(_MARKS).split())


def _without_known(book: ParsedBook, known: frozenset[str]) -> tuple[list[ParsedVolume], int]:
    volumes, passed_over = [], 0
    for volume in book.volumes:
        kept = tuple(
            one for one in volume.chapters if not one.text or _plain(one.text) not in known
        )
        passed_over += len(volume.chapters) - len(kept)
        if kept:
            volumes.append(replace(volume, chapters=kept))
    return volumes, passed_over


def _chapters(volumes: Sequence[ParsedVolume]) -> list[ParsedChapter]:
    return [chapter for volume in volumes for chapter in volume.chapters]


def _store(
    database: Database,
    arrived: str,
    project: NovelProject,
    chapters: Sequence[ParsedChapter],
    progress: Progress,
) -> None:
    """Stores the chapters in a hidden novel, numbered from 1 and without volumes."""
    with ShortWrites(database) as writes:
        writes.transaction.projects.begin(arrived, NewNovel(project.title, project.language))
        for number, chapter in Counter(len(chapters), progress).count(enumerate(chapters, 1)):
            place = ChapterPlace(arrived, None, number, project.language)
            store_imported_chapter(writes.transaction, place, chapter, None)
            writes.breathe()


def _adopt(
    transaction: Transaction, arrived: str, project_id: str, volumes: Sequence[ParsedVolume]
) -> tuple[int, ...]:
    """Moves the chapters to the end of the novel."""
    project = transaction.projects.get(project_id)
    labels = _labels(transaction, project, _chapters(volumes))
    first = transaction.outlines.read(project_id).last_number + 1
    stored = 1
    for volume, home in zip(volumes, _homes(transaction, project, volumes), strict=True):
        count = len(volume.chapters)
        at = first + stored - 1
        transaction.adoption.adopt(arrived, project_id, stored, count, home, at)
        stored += count
    numbers = range(first, first + stored - 1)
    own = {at: label for at, label in zip(numbers, labels, strict=True) if label is not None}
    transaction.numbers.store(project_id, own)
    return tuple(numbers)


def _homes(
    transaction: Transaction, project: NovelProject, volumes: Sequence[ParsedVolume]
) -> Iterator[int | None]:
    """Returns the ids of the novel's volumes that take the chapters of the new ones."""
    present = transaction.projects.volumes(project.id)
    outline = transaction.outlines.read(project.id)
    home = outline.volume_of(outline.last_number + 1)
    position = max((volume.position for volume in present), default=0)
    titles = {volume.title: volume.id for volume in present[-1:]}
    for volume in volumes:
        if volume.title in titles:
            home = titles[volume.title]
        elif volume.title:
            position += 1
            label = own_volume_label(volume, position, project.language)
            home = transaction.projects.add_volume(
                project.id, position, volume.title, label, volume.plan
            )
        yield home


def _labels(
    transaction: Transaction, project: NovelProject, chapters: Sequence[ParsedChapter]
) -> list[str | None]:
    """Returns the labels to store with new chapters: none if counting on yields them.

    A novel that is numbered in the usual way gets that form as its own if necessary.
    """
    present = transaction.chapters.of_project(project.id)
    form = project.numbering or DEFAULT_FORMS[project.language]
    written = (
        [chapter.label if chapter.label is not None else "" for chapter in present]
        if project.numbering
        else [label_of(form, chapter.number) for chapter in present]
    )
    kept = own_labels([*written, *(chapter.label for chapter in chapters)], form)[len(present) :]
    kept = [
        None if not (chapter.label or chapter.title) else label
        for chapter, label in zip(chapters, kept, strict=True)
    ]
    if not project.numbering and any(label is not None for label in kept):
        transaction.projects.describe(
            project.id, title=project.title, author=project.author, numbering=form
        )
    return kept
