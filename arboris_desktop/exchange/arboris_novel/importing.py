"""Importing all novels of an Arboris-Novel database, all or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path

from arboris_desktop.exchange.arboris_novel.foreign_novel import ForeignNovel
from arboris_desktop.exchange.arboris_novel.rows import read_novel
from arboris_desktop.exchange.multi_novel_results import FoundNovels, ImportedNovels, Notes
from arboris_desktop.exchange.novel_file.reading import arrive_rows, counted
from arboris_desktop.exchange.progress import Progress, part_of, silent
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.portable.arriving import ArrivingRows
from arboris_desktop.storage.portable.foreign import open_database
from arboris_desktop.storage.portable.survey import survey_rows


def look_into_database(path: Path) -> FoundNovels:
    """Returns what an import would bring. Raises ``ArborisError`` (``FILE_UNREADABLE``)."""
    novels, is_behind = _read(path)
    return FoundNovels(
        path,
        tuple(novel.title for novel in novels),
        sum(novel.chapters for novel in novels),
        sum(novel.words for novel in novels),
        novels[0].language,
        _noted(novels, is_behind=is_behind),
    )


def import_database(database: Database, path: Path, progress: Progress = silent) -> ImportedNovels:
    """Stores every novel of the file as a new one; none is visible before all are complete.

    Their owners in the web application are ignored. Pending analyses rest. Raises ``ArborisError``
    (``FILE_UNREADABLE``, ``NOVEL_FILE_DAMAGED``) and ``StorageError``.
    """
    novels, is_behind = _read(path)
    stored: list[ArrivingRows] = []
    with ExitStack() as claims:
        for place, novel in enumerate(novels):
            share = part_of(progress, place / len(novels), (place + 1) / len(novels))
            rows = counted(novel.of_table, sum(map(len, novel.rows.values())), share)
            survey = survey_rows(novel.of_table)
            stored.append(arrive_rows(database, survey, rows, claims, lines_unknown=True))
        with database.write() as transaction:
            for arrived in stored:
                transaction.whole.store(arrived.show)
    ids = tuple(arrived.project_id for arrived in stored)
    return ImportedNovels(ids, _noted(novels, is_behind=is_behind))


def _read(path: Path) -> tuple[list[ForeignNovel], bool]:
    """Reads the novels, and whether the newest changes could not be read."""
    now = datetime.now(UTC)
    with open_database(path) as source:
        novels = [read_novel(source, project, now) for project in source.projects()]
        return novels, source.is_behind


def _noted(novels: Iterable[ForeignNovel], *, is_behind: bool) -> Notes:
    """Returns remarks for the author, as codes with a count each."""
    notes: Counter[str] = Counter({"behind": 1} if is_behind else {})
    for novel in novels:
        notes.update(novel.notes)
        notes.update({f"aside:{name}": count for name, count in novel.unmapped.items()})
    return tuple(sorted(notes.items()))
