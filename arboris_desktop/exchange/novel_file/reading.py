"""Importing a novel from a novel file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

from arboris_desktop.exchange.novel_file.archive import open_archive
from arboris_desktop.exchange.novel_file.instructions import accept, set_aside
from arboris_desktop.exchange.novel_file.verification import refuse_unreadable
from arboris_desktop.exchange.progress import Counter, Progress, part_of, silent
from arboris_desktop.storage.database import Database, Transaction
from arboris_desktop.storage.novels.counting import count_chapter_again
from arboris_desktop.storage.novels.normalising import FORMED_SINCE, normalise_texts
from arboris_desktop.storage.novels.unlisted import arriving
from arboris_desktop.storage.portable.arriving import ArrivingRows
from arboris_desktop.storage.portable.survey import JsonRow, JsonRows, Survey, survey_rows
from arboris_desktop.storage.portable.upgrades import upgraded
from arboris_desktop.storage.short_writes import ShortWrites
from arboris_desktop.text.counts import COUNTING_RULE

_SURVEY_SHARE = 0.4


def import_novel(
    database: Database,
    path: Path,
    progress: Progress = silent,
    *,
    accept_instructions: bool = False,
) -> str:
    """Stores the novel of a file as a new one and returns its id; a second import makes a second
    novel.

    Pending analyses rest, and instructions for the model are put aside unless they are accepted
    (``exchange.arriving``). All or nothing: the novel is not listed until it is complete. Raises
    ``ArborisError`` (``FILE_UNREADABLE``, ``NOVEL_FILE_DAMAGED``, ``NOVEL_FILE_TOO_NEW``) and
    ``StorageError``.
    """
    with ExitStack() as claims:
        novel = arrive(database, path, progress, claims)
        with database.write() as transaction:
            reveal(transaction, novel, accept_instructions=accept_instructions)
    return novel.project_id


def arrive(database: Database, path: Path, progress: Progress, claims: ExitStack) -> ArrivingRows:
    """Stores the novel of a file, invisible until ``reveal``.

    It is removed if the block of ``claims`` ends with an error.
    """
    with open_archive(path) as archive:
        stated = archive.manifest
        rows = upgraded(archive.rows, stated.schema_revision)
        surveying = part_of(progress, 0.0, _SURVEY_SHARE)
        survey = survey_rows(counted(rows, stated.total_rows, surveying))
        storing = part_of(progress, _SURVEY_SHARE, 1.0)
        rows = counted(rows, stated.total_rows, storing)
        is_formed = stated.schema_revision >= FORMED_SINCE
        novel = arrive_rows(database, survey, rows, claims, lines_unknown=not is_formed)
    if stated.counting_rule != COUNTING_RULE:
        _count_again(database, novel.project_id)
    return novel


def arrive_rows(
    database: Database, survey: Survey, rows: JsonRows, claims: ExitStack, *, lines_unknown: bool
) -> ArrivingRows:
    """Stores the rows of a novel with normalised texts, invisible until it is shown.

    ``lines_unknown`` means that it comes from a program to which all line ends are alike
    (``novels.forming``).
    """
    novel = ArrivingRows(survey)
    claims.enter_context(arriving(database, novel.project_id))
    with ShortWrites(database) as writes:
        for piece in novel.pieces(rows):
            writes.transaction.whole.store(piece)
            writes.breathe()
        into_form = partial(normalise_texts, project_id=novel.project_id)
        writes.transaction.whole.store(partial(into_form, lines_unknown=lines_unknown))
    with database.read() as transaction:
        refuse_unreadable(transaction, novel.project_id)
    return novel


def _count_again(database: Database, project_id: str) -> None:
    with ShortWrites(database) as writes:
        for chapter in writes.transaction.chapters.of_project(project_id):
            count_chapter_again(writes.transaction, chapter.id)
            writes.breathe()


def reveal(transaction: Transaction, novel: ArrivingRows, *, accept_instructions: bool) -> None:
    """Lists a novel that has arrived; its instructions are put aside unless accepted."""
    set_aside(transaction, novel.project_id)
    if accept_instructions:
        accept(transaction, novel.project_id)
    transaction.whole.store(novel.show)


def counted(rows: JsonRows, total: int, progress: Progress) -> JsonRows:
    """Yields the rows and reports the progress towards ``total``."""
    counter = Counter(total, progress)

    def read(table: str) -> Iterator[JsonRow]:
        return counter.count(rows(table))

    return read
