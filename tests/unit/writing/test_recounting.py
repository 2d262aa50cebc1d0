"""Stored counts are made again, once, when the rule of counting has changed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.settings import CountingRecord
from arboris_desktop.storage.database import Database
from arboris_desktop.text.counts import COUNTING_RULE
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.recounting import recount

TEXT = "Rain & snow."
WORDS = 3


@pytest.fixture
def counted_otherwise(database: Database, novel: NovelContents) -> NovelContents:
    """A novel whose first chapter is written; all counts are those of another rule."""
    store_chapter(database, novel.chapters[0].id, TEXT, provider="p")
    miscount(database, novel.chapters[0].id)
    return novel


def miscount(database: Database, chapter_id: int) -> None:
    with database.write() as transaction:
        transaction.chapters.correct_count(chapter_id, 99)


def stored(database: Database, novel: NovelContents) -> list[ChapterOverview]:
    return Novels(database).open(novel.project.id).chapters


def test_what_is_written_is_counted_once(
    database: Database, counted_otherwise: NovelContents
) -> None:
    before = stored(database, counted_otherwise)
    recount(database)
    after = stored(database, counted_otherwise)
    assert after[0].word_count == WORDS
    assert (after[0].changed_at, after[0].summary) == (before[0].changed_at, before[0].summary)
    with database.read() as transaction:
        assert transaction.settings.get(CountingRecord).rule == COUNTING_RULE
    miscount(database, after[0].id)
    recount(database)
    assert stored(database, counted_otherwise)[0].word_count == 99


def test_a_stopped_count_is_begun_again(
    database: Database, counted_otherwise: NovelContents
) -> None:
    recount(database, lambda: True)
    assert stored(database, counted_otherwise)[0].word_count == 99
    recount(database)
    assert stored(database, counted_otherwise)[0].word_count == WORDS


def test_today_is_not_changed(database: Database, counted_otherwise: NovelContents) -> None:
    with database.read() as transaction:
        before = transaction.writing_days.of_project(counted_otherwise.project.id)
    recount(database)
    with database.read() as transaction:
        assert transaction.writing_days.of_project(counted_otherwise.project.id) == before


def test_an_empty_library_is_not_looked_through_again(database: Database) -> None:
    recount(database)
    asked: Iterator[bool] = iter([])
    recount(database, lambda: next(asked))
    with database.read() as transaction:
        assert transaction.settings.get(CountingRecord).rule == COUNTING_RULE
