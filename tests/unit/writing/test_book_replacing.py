"""Words are replaced in all chapters, and what is known of these stays known."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from arboris_desktop.domain.novel import Language, NewNovel, VersionOrigin
from arboris_desktop.storage.database import Database
from arboris_desktop.text.finding import Wanted
from arboris_desktop.writing.book_replacing import BookReplacement, BookReplacing
from arboris_desktop.writing.book_search import BookSearch
from arboris_desktop.writing.novels import Novels

TEXTS = ("Mara lit the lamp. Mara left.", "Mara came home.", "Nobody was there.")
SUMMARIES = ("Mara leaves the lamp burning.", "Mara is home again.", "The house is empty.")


@dataclass(frozen=True)
class Book:
    """Three chapters that were analysed: each has a summary."""

    database: Database
    project_id: str

    def told(self) -> tuple[str, ...]:
        """The facts that later chapters are told of each."""
        with self.database.read() as transaction:
            return tuple(c.summary for c in transaction.chapters.of_project(self.project_id))

    def texts(self) -> tuple[str, ...]:
        """The texts as they are now."""
        with self.database.read() as transaction:
            found = transaction.chapters.of_project(self.project_id)
            versions = (transaction.chapters.selected_version(each.id) for each in found)
            return tuple(version.content for version in versions if version is not None)

    def replace(self, wanted: Wanted, template: str, most: int = 99) -> BookReplacement:
        """Replaces the first places of each chapter, as the search found them."""
        hits = BookSearch(self.database).find(self.project_id, wanted)
        assert hits is not None
        chosen = {each.chapter.id: range(min(len(each.spans), most)) for each in hits.chapters}
        return BookReplacing(self.database).replace(self.project_id, hits, template, chosen)


@pytest.fixture
def book(database: Database) -> Book:
    novels = Novels(database)
    project_id = novels.create(NewNovel("The Lamp", language=Language.ENGLISH))
    for text, summary in zip(TEXTS, SUMMARIES, strict=True):
        chapter_id = novels.add_chapter(project_id, "").id
        with database.write() as transaction:
            transaction.chapters.add_version(
                chapter_id, content=text, word_count=3, origin=VersionOrigin.AUTHOR
            )
            transaction.chapters.set_summary(chapter_id, summary)
    return Book(database, project_id)


def test_summaries_follow_a_name_and_come_back(book: Book) -> None:
    replaced = book.replace(Wanted("Mara"), "Lena")
    assert book.texts() == ("Lena lit the lamp. Lena left.", "Lena came home.", TEXTS[2])
    assert book.told() == ("Lena leaves the lamp burning.", "Lena is home again.", SUMMARIES[2])
    BookReplacing(book.database).take_back(replaced)
    assert book.texts() == TEXTS
    assert book.told() == SUMMARIES


def test_a_summary_stays_as_it_is_where_not_all_places_were_replaced(book: Book) -> None:
    replaced = book.replace(Wanted("Mara"), "Lena", most=1)
    assert book.told() == (SUMMARIES[0], "Lena is home again.", SUMMARIES[2])
    BookReplacing(book.database).take_back(replaced)
    assert book.told() == SUMMARIES


def test_a_pattern_is_replaced_in_summaries_too(book: Book) -> None:
    book.replace(Wanted(r"\bM(ar)a\b", is_pattern=True), r"T\1o")
    assert book.told()[:2] == ("Taro leaves the lamp burning.", "Taro is home again.")


def test_what_is_still_unknown_stays_so(book: Book) -> None:
    with book.database.write() as transaction:
        for chapter in transaction.chapters.of_project(book.project_id):
            transaction.chapters.set_summary(chapter.id, "")
    replaced = book.replace(Wanted("home"), "back")
    BookReplacing(book.database).take_back(replaced)
    assert book.told() == ("", "", "")
