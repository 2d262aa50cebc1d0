"""Facts follow their passages through the author's edits, and are stale while these are gone."""

from __future__ import annotations

import pytest

from arboris_desktop.codex.codex import Codex
from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.domain.novel import VersionOrigin
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.tasks.batches import BatchChoice, Batches
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import NovelContents
from tests.support.analysis_book import Book, Finding

TEXT = "Mara came home. The lighthouse was dark. She had lost her trust in the sea."
PASSAGE = "She had lost her trust in the sea."


@pytest.fixture
def book(database: Database, instance: Instance, novel: NovelContents) -> Book:
    book = Book(database, instance, novel.project.id)
    book.chapter(1, TEXT, Finding("Mara", PASSAGE, "trusts no more"))
    return book


def the_fact(book: Book) -> CodexFact:
    (fact,) = book.entry("Mara").facts
    return fact


def save(book: Book, text: str) -> None:
    editing = Editing(book.database)
    chapter_id = book.chapter_id(1)
    editing.save(chapter_id, text, editing.open(chapter_id).version)


def test_a_fact_moves_with_its_passage(book: Book) -> None:
    edited = "It rained. " + TEXT
    save(book, edited)

    fact = the_fact(book)
    assert edited[slice(fact.start, fact.end)] == PASSAGE
    assert not fact.is_stale


def test_a_fact_without_its_passage_is_stale_until_it_is_back(book: Book) -> None:
    save(book, "Mara came home.")
    gone = the_fact(book)
    save(book, f"{PASSAGE} Mara came home.")
    back = the_fact(book)

    assert (gone.is_stale, gone.start, gone.end, gone.counts) == (True, None, None, False)
    assert (back.is_stale, back.start, back.counts) == (False, 0, True)


def test_another_version_brings_its_own_passages(book: Book) -> None:
    editing = Editing(book.database)
    first = editing.open(book.chapter_id(1)).version
    assert first is not None
    store_chapter(book.database, book.chapter_id(1), "Nothing of the kind.", provider="nobody")
    replaced = the_fact(book)
    editing.select(first.id)

    assert replaced.is_stale
    assert not the_fact(book).is_stale


@pytest.mark.parametrize("way", ["alone", "in a batch"])
def test_every_way_into_the_queue_points_the_facts_at_the_text_of_now(
    book: Book, instance: Instance, way: str
) -> None:
    chapter_id = book.chapter_id(1)
    moved = "It rained. " + TEXT
    with book.database.write() as transaction:
        transaction.chapters.add_version(
            chapter_id, content=moved, word_count=16, origin=VersionOrigin.AUTHOR
        )

    if way == "alone":
        AnalysisQueue(book.database, instance).add_chapter(chapter_id)
    else:
        Batches(book.database).start(BatchChoice(book.project_id))

    fact = the_fact(book)
    assert moved[slice(fact.start, fact.end)] == PASSAGE


def test_facts_of_other_chapters_are_left_alone(book: Book) -> None:
    store_chapter(book.database, book.chapter_id(2), "Something else.", provider="nobody")

    assert not the_fact(book).is_stale


def test_what_the_author_accepted_without_a_passage_cannot_lose_it(book: Book) -> None:
    book.again(1, Finding("Mara", "She is invented.", "is invented"))
    Codex(book.database).accept(the_fact(book).id)

    save(book, "Mara came home.")

    assert the_fact(book).counts


def test_a_stale_fact_that_the_author_accepts_counts_from_then_on(book: Book) -> None:
    save(book, "Mara came home.")
    Codex(book.database).accept(the_fact(book).id)
    accepted = the_fact(book)
    save(book, "Mara came home late.")

    assert (accepted.is_stale, accepted.counts) == (False, True)
    assert the_fact(book).counts
