"""Comments on passages: they move with the text, through versions and files."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.domain.comments import Comment
from arboris_desktop.domain.errors import NotFoundError, RuleError
from arboris_desktop.domain.novel import ChapterVersion, NewNovel, OutlineChapter, OutlineVolume
from arboris_desktop.domain.revision import Passage
from arboris_desktop.exchange.book_export import export_book
from arboris_desktop.exchange.writing.options import ExportContent, ExportOptions
from arboris_desktop.storage.database import Database
from arboris_desktop.text.finding import Wanted
from arboris_desktop.writing.book_replacing import BookReplacing
from arboris_desktop.writing.book_search import BookSearch
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.comments import Comments
from arboris_desktop.writing.editing import Editing
from arboris_desktop.writing.novels import Novels

TEXT = "The bell rang twice.\n\nMara counted the steps.\n\nThe bell rang again."


class Desk:
    """A chapter that is typed into and commented on."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.novels, self.comments = Novels(database), Comments(database)
        volume = OutlineVolume("", (OutlineChapter(""),))
        self.project_id = self.novels.create(NewNovel("A novel", volumes=(volume,)))
        self.chapter_id = self.novels.open(self.project_id).chapters[0].id
        self.version: ChapterVersion | None = None
        self.type(TEXT)

    def type(self, text: str) -> None:
        self.version = Editing(self.database).save(self.chapter_id, text, self.version)

    def comment(self, words: str, content: str = "Why?", *, last: bool = False) -> Comment:
        text = Editing(self.database).open(self.chapter_id).version
        assert text is not None
        start = text.content.rindex(words) if last else text.content.index(words)
        return self.comments.add(Passage(self.chapter_id, start, words), content)

    def shown(self) -> list[str | None]:
        """The words that each comment is about, as they stand in the text now."""
        version = Editing(self.database).open(self.chapter_id).version
        assert version is not None
        return [
            None if each.is_stale else version.content[each.start : each.end]
            for each in self.comments.of_novel(self.project_id)
        ]


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_it_follows_its_passage_through_edits(desk: Desk) -> None:
    made = desk.comment("bell rang", last=True)
    desk.type("Once.\n\n" + TEXT)
    assert desk.shown() == ["bell rang"]
    desk.type("Once.\n\n" + TEXT.replace("bell rang again", "bell, cracked, rang again"))
    assert desk.shown() == ["bell, cracked, rang"]
    (kept,) = desk.comments.of_novel(desk.project_id)
    assert (kept.id, kept.quotation) == (made.id, "bell, cracked, rang")


def test_it_waits_for_a_passage_that_is_gone(desk: Desk) -> None:
    desk.comment("Mara")
    desk.type(TEXT.replace("Mara counted the steps.\n\n", ""))
    assert desk.shown() == [None]
    desk.type(TEXT.replace("The bell rang twice", "Mara counted"))
    assert desk.shown() == ["Mara"]


def test_it_is_kept_over_versions_replacing_and_what_a_model_writes(desk: Desk) -> None:
    desk.comment("counted the steps")
    first = desk.version
    assert first is not None
    store_chapter(desk.database, desk.chapter_id, "New. " + TEXT, provider="p")
    assert desk.shown() == ["counted the steps"]
    Editing(desk.database).select(first.id)
    assert desk.shown() == ["counted the steps"]
    wanted = Wanted("steps")
    hits = BookSearch(desk.database).find(desk.project_id, wanted)
    assert hits is not None
    replaced = BookReplacing(desk.database).replace(
        desk.project_id, hits, "stairs", {desk.chapter_id: {0}}
    )
    assert desk.shown() == ["counted the stairs"]
    BookReplacing(desk.database).take_back(replaced)
    assert desk.shown() == ["counted the steps"]


def test_it_is_edited_resolved_reopened_and_deleted_with_a_way_back(desk: Desk) -> None:
    made = desk.comment("Mara")
    desk.comments.edit(made.id, "Who is she?")
    desk.comments.resolve(made.id)
    (kept,) = desk.comments.of_novel(desk.project_id)
    assert (kept.content, kept.is_resolved) == ("Who is she?", True)
    desk.comments.resolve(made.id, resolved=False)
    gone = desk.comments.remove(made.id)
    assert desk.comments.of_novel(desk.project_id) == []
    desk.type("Later. " + TEXT)
    desk.comments.put_back(gone)
    (back,) = desk.comments.of_novel(desk.project_id)
    assert (back.id, back.content, back.is_resolved) == (made.id, "Who is she?", False)
    assert desk.shown() == ["Mara"]
    with pytest.raises(NotFoundError):
        desk.comments.remove(made.id + 1)


def test_it_goes_with_its_novel(desk: Desk) -> None:
    desk.comment("Mara")
    desk.novels.remove(desk.project_id)
    with desk.database.read() as transaction:
        rows = transaction.connection.exec_driver_sql("SELECT count(*) FROM chapter_comments")
        assert rows.scalar_one() == 0


def test_it_is_written_as_a_book_of_its_own(desk: Desk, tmp_path: Path) -> None:
    options = ExportOptions(content=ExportContent.COMMENTS)
    path = tmp_path / "comments.md"
    with pytest.raises(RuleError):
        export_book(desk.database, desk.project_id, "md", path, options=options)
    desk.comment("Mara", "Who is *she*?")
    desk.comments.resolve(desk.comment("rang twice", "").id)
    export_book(desk.database, desk.project_id, "md", path, options=options)
    written = path.read_text(encoding="utf-8")
    assert written.startswith("# A novel: Comments")
    assert written.index("“rang twice”") < written.index("“Mara”") < written.index("Who is *she*?")
    assert "(Resolved)" in written
