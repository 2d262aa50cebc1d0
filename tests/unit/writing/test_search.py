"""Words are found anywhere in a novel, however they were typed, and only where they still stand."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select, text

from arboris_desktop.domain.novel import NewNovel, OutlineChapter, OutlineVolume, VersionOrigin
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.novels.passages import Fts5, match_expression
from arboris_desktop.storage.tables.novels import chapters, passages
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents, Novels
from arboris_desktop.writing.search import Search

pytestmark = pytest.mark.every_database


def write(database: Database, chapter_id: int, text: str) -> None:
    Editing(database).save(chapter_id, text, None)


def indexed_rows(database: Database) -> list[int]:
    query = text("SELECT rowid FROM passages_fts ORDER BY rowid")
    with database._store.reading() as connection:
        return list(connection.execute(query).scalars())


@pytest.fixture
def search(database: Database, novel: NovelContents) -> Search:
    first, second, _third = novel.chapters
    filling = "The gulls went up. " * 40
    write(database, first.id, f"{filling}\n\nMara found the café closed.\n\n{filling}")
    write(database, second.id, "关公提青龙偃月刀而出。\n\n此刀名曰青龙刀，重八十二斤。")
    return Search(database)


def test_a_chinese_word_of_any_length_is_found(search: Search, novel: NovelContents) -> None:
    (hit,) = search.find(novel.project.id, "青龙刀")

    chapter = novel.chapters[1]
    assert (hit.chapter_id, hit.chapter_number, hit.chapter_title) == (chapter.id, 2, "The Letter")
    assert hit.snippet[hit.snippet_start :].startswith("青龙刀，重八十二斤")
    assert (hit.end - hit.start, search.find(novel.project.id, "龙刀偃")) == (3, [])


def test_offsets_are_those_of_the_chapter(
    search: Search, novel: NovelContents, database: Database
) -> None:
    (hit,) = search.find(novel.project.id, "CAFE closed")

    version = Editing(database).open(hit.chapter_id).version
    assert version is not None
    assert version.content[hit.start : hit.end] == "café"


def test_all_words_are_wanted_and_quoted_ones_together(
    search: Search, novel: NovelContents
) -> None:
    project_id = novel.project.id

    assert len(search.find(project_id, "found mara")) == 1
    assert search.find(project_id, '"found mara"') == []
    assert search.find(project_id, "mara 青龙刀") == []


def test_an_edit_is_found_at_once(search: Search, novel: NovelContents, database: Database) -> None:
    project_id, chapter = novel.project.id, novel.chapters[1]
    assert search.find(project_id, "青龙刀")

    write(database, chapter.id, "刀已不在。")

    assert search.find(project_id, "青龙刀") == []
    assert [hit.chapter_id for hit in search.find(project_id, "不在")] == [chapter.id]


def test_what_changed_meanwhile_is_not_shown_at_wrong_places(
    search: Search, novel: NovelContents, database: Database
) -> None:
    search.refresh(novel.project.id)
    write(database, novel.chapters[1].id, "刀。")
    with database.read() as transaction:
        assert transaction.passages.find(novel.project.id, ["青龙刀"], limit=5) == []


def test_only_what_comes_before_is_found(
    search: Search, novel: NovelContents, database: Database
) -> None:
    search.refresh(novel.project.id)
    with database.read() as transaction:
        index = transaction.passages
        for before, numbers in ((2, {1}), (3, {1, 2})):
            found = index.find(
                novel.project.id,
                ["青龙刀", "Mara"],
                limit=5,
                all_of_them=False,
                before_chapter=before,
            )
            assert {passage.chapter_number for passage in found} == numbers
        words = ["青龙刀", "gulls", "…", "xyz", "gulls"]
        assert index.frequencies(words) == {"青龙刀": 1, "gulls": 4, "…": 0, "xyz": 0}
        assert index.frequencies(words, at_most=2) == {"青龙刀": 1, "gulls": 2, "…": 0, "xyz": 0}
        assert index.count() == 5


def test_another_novel_is_not_searched(search: Search, database: Database) -> None:
    other = Novels(database).create(
        NewNovel("Other", volumes=(OutlineVolume("", (OutlineChapter(""),)),))
    )

    assert search.find(other, "mara") == []


def test_no_row_of_the_index_outlives_its_chapter(
    search: Search, novel: NovelContents, database: Database
) -> None:
    search.refresh(novel.project.id)
    assert len(indexed_rows(database)) >= 3
    with database._store.writing() as connection:
        connection.execute(delete(chapters).where(chapters.c.id == novel.chapters[0].id))
        kept = connection.execute(select(passages.c.id).order_by(passages.c.id)).scalars().all()
    assert indexed_rows(database) == list(kept) != []

    Novels(database).remove(novel.project.id)

    assert indexed_rows(database) == []


def test_passages_without_terms_are_reindexed(
    search: Search, novel: NovelContents, database: Database
) -> None:
    search.refresh(novel.project.id)
    with database._store.writing() as connection:
        connection.execute(text("DELETE FROM passages_fts"))

    assert len(search.find(novel.project.id, "青龙刀")) == 1


def test_an_index_in_order_is_left_alone(
    search: Search, novel: NovelContents, database: Database
) -> None:
    search.refresh(novel.project.id)
    with database.read() as transaction:
        assert transaction.passages.stale_chapters(novel.project.id) == []
    before = indexed_rows(database)

    search.refresh(novel.project.id)

    assert indexed_rows(database) == before


def test_a_chapter_without_words_is_indexed_too(database: Database, novel: NovelContents) -> None:
    write(database, novel.chapters[0].id, "  \n")
    Search(database).refresh(novel.project.id)
    with database.read() as transaction:
        assert transaction.passages.stale_chapters(novel.project.id) == []


def test_indexing_can_be_stopped(search: Search, novel: NovelContents, database: Database) -> None:
    search.refresh(novel.project.id, lambda: True)
    with database.read() as transaction:
        assert len(transaction.passages.stale_chapters(novel.project.id)) == 2


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None
)
@given(st.text() | st.text(alphabet="\"'*^:()-+{}NEAR ORANDNOT 青龙a\x00", max_size=30))
def test_no_words_are_taken_for_syntax(
    search: Search, novel: NovelContents, database: Database, words: str
) -> None:
    search.find(novel.project.id, words)
    with database.read() as transaction:
        transaction.passages.find(novel.project.id, [words, words], limit=3, all_of_them=False)


def test_the_expression_holds_quoted_terms_only() -> None:
    assert (
        match_expression(Fts5(), ['a" OR terms:b*', "青龙", "青龙", "…"])
        == '"a or terms b" AND "青 龙"'
    )
    assert match_expression(Fts5(), ["x", "y"], all_of_them=False) == '"x" OR "y"'
    assert match_expression(Fts5(), ["…"]) == ""


def test_the_newest_text_counts_after_a_choice_of_version(
    search: Search, novel: NovelContents, database: Database
) -> None:
    chapter = novel.chapters[1]
    before = Editing(database).open(chapter.id).version
    assert before is not None
    with database.write() as transaction:
        transaction.chapters.add_version(
            chapter.id, content="白马。", word_count=3, origin=VersionOrigin.MODEL
        )
    assert len(search.find(novel.project.id, "白马")) == 1

    Editing(database).select(before.id)

    assert search.find(novel.project.id, "白马") == []
    assert len(search.find(novel.project.id, "青龙刀")) == 1
