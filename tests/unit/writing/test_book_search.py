"""Every place in a book, and replacing there, which can be taken back."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.storage.database import Database
from arboris_desktop.text.finding import PatternError, Wanted
from arboris_desktop.writing.book_replacing import BookReplacing
from arboris_desktop.writing.book_search import BookHits, BookSearch
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents

FIRST = "Mara found the lantern. Maras are many; Mara is one."
SECOND = "关公提青龍偃月刀，Mara看见了iPhone15。"


@pytest.fixture
def project_id(database: Database, novel: NovelContents) -> str:
    for chapter, text in zip(novel.chapters, (FIRST, SECOND), strict=False):
        Editing(database).save(chapter.id, text, None)
    return novel.project.id


def find(search: BookSearch, project_id: str, words: str, **options: bool) -> BookHits:
    hits = search.find(project_id, Wanted(words, **options))
    assert hits is not None
    return hits


def places(hits: BookHits) -> list[tuple[int, list[str]]]:
    return [
        (each.chapter.number, [each.text[span.start : span.end] for span in each.spans])
        for each in hits.chapters
    ]


def version(database: Database, chapter_id: int) -> ChapterVersion:
    found = Editing(database).open(chapter_id).version
    assert found is not None
    return found


def test_every_place_is_found_in_reading_order(database: Database, project_id: str) -> None:
    search = BookSearch(database)
    assert places(find(search, project_id, "mara")) == [(1, ["Mara"] * 3), (2, ["Mara"])]
    assert places(find(search, project_id, "Mara", whole_word=True))[0] == (1, ["Mara"] * 2)
    assert places(find(search, project_id, "iPhone")) == [(2, ["iPhone"])]
    assert places(find(search, project_id, "青龙偃月")) == [(2, ["青龍偃月"])]
    assert places(find(search, project_id, r"l\w+n", is_pattern=True)) == [(1, ["lantern"])]
    assert find(search, project_id, "").count == 0


def test_what_was_edited_or_is_not_saved_yet_is_found(
    database: Database, project_id: str, novel: NovelContents
) -> None:
    search, first = BookSearch(database), novel.chapters[0]
    assert find(search, project_id, "lantern").count == 1
    Editing(database).save(first.id, "No light.", version(database, first.id))
    assert find(search, project_id, "lantern").count == 0
    unsaved = {first.id: "A lantern, a lantern.", novel.chapters[2].id: "Lantern."}
    hits = search.find(project_id, Wanted("lantern"), unsaved)
    assert hits is not None
    assert [(each.chapter.number, len(each.spans)) for each in hits.chapters] == [(1, 2), (3, 1)]


def test_a_search_that_nobody_waits_for_stops(database: Database, project_id: str) -> None:
    assert BookSearch(database).find(project_id, Wanted("a"), shall_stop=lambda: True) is None


def test_chosen_places_are_replaced_and_everything_can_be_taken_back(
    database: Database, project_id: str, novel: NovelContents
) -> None:
    first, second = novel.chapters[:2]
    old = version(database, first.id)
    hits = find(BookSearch(database), project_id, "Mara", exact=True, whole_word=True)
    replacing = BookReplacing(database)
    done = replacing.replace(project_id, hits, "Nell", {first.id: [1], second.id: [0]})
    assert done.count == 2
    assert version(database, first.id).content == (
        "Mara found the lantern. Maras are many; Nell is one."
    )
    assert version(database, second.id).content == SECOND.replace("Mara", "Nell")
    assert old in Editing(database).open(first.id).versions
    back = replacing.take_back(done)
    assert (back.count, back.left_alone) == (2, ())
    assert version(database, first.id).content == FIRST
    assert version(database, second.id).content == SECOND


def test_a_chapter_that_has_changed_is_left_alone(
    database: Database, project_id: str, novel: NovelContents
) -> None:
    first, second = novel.chapters[:2]
    replacing = BookReplacing(database)
    hits = find(BookSearch(database), project_id, "Mara", exact=True)
    Editing(database).save(first.id, "Mara, again.", version(database, first.id))
    everything = {first.id: [0, 1, 2], second.id: [0]}
    done = replacing.replace(project_id, hits, "Nell", everything)
    assert (done.count, done.left_alone) == (1, (first.id,))
    Editing(database).save(second.id, "Later.", version(database, second.id))
    assert replacing.take_back(done).left_alone == (second.id,)
    assert version(database, second.id).content == "Later."


def test_a_pattern_replaces_by_its_groups_or_not_at_all(
    database: Database, project_id: str, novel: NovelContents
) -> None:
    first = novel.chapters[0]
    hits = find(BookSearch(database), project_id, r"(Mar)a\b", is_pattern=True, exact=True)
    replacing = BookReplacing(database)
    with pytest.raises(PatternError):
        replacing.replace(project_id, hits, r"\2", {first.id: [0]})
    assert version(database, first.id).content == FIRST
    replacing.replace(project_id, hits, r"\1y", {first.id: [0]})
    assert version(database, first.id).content == FIRST.replace("Mara", "Mary", 1)
