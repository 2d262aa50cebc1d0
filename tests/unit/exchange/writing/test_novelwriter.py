"""A novelWriter project goes out as that program reads it, and comes back unchanged."""

from __future__ import annotations

import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from xml.etree import ElementTree

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from arboris_desktop.codex.rows import ROLE, CodexRow
from arboris_desktop.domain.chapter_notes import OwnStatus
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.errors import ArborisError, RuleError
from arboris_desktop.domain.novel import Language, NewNovel
from arboris_desktop.exchange.book_export import export_book, read_chapters
from arboris_desktop.exchange.books import import_book, store_book
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook, ParsedChapter, ParsedVolume
from arboris_desktop.exchange.writing.novelwriter import WholeNovel, write_project
from arboris_desktop.exchange.writing.options import ExportOptions
from arboris_desktop.storage.database import Database
from arboris_desktop.text.normal_form import normalised_text
from arboris_desktop.text.scenes import with_scene_breaks
from arboris_desktop.writing.novels import Novels

ID = "6f9619ff-8b86-4011-b42d-00c04fc964ff"
ENGLISH = (
    "She *ran*, un*believ*ably.\nA second line.\n\n* * *\n\n% no comment\n\n@tag: none\n\n"
    "# no heading\n\n> ends with <\n\nA note[^1] and a_b _x_ [b] ~~no~~ \\* C:\\ d C:\\_a_.\n\n"
    "[^1]: It is *this*.\n\n* * *\n\n* * *\n\nThe end."
)
CHINESE = "“谁？”他*很*轻地问。***都***“**散**”了。\n\n* * *\n\n【系统】[br] 雨——停了……"
ROWS = (
    CodexRow(
        EntryKind.CHARACTER, "Jane", ("J.", "the sailor"), "heroine", "*Tall*.\n## _brave_\n---"
    ),
    CodexRow(EntryKind.FACTION, "Jane"),
    CodexRow(EntryKind.FORESHADOWING, "The key, lost", description="@tag: x"),
    CodexRow(EntryKind.RULE, "灵气", ("气",), "", "> 万物有灵。<"),
)


def a_novel(database: Database) -> str:
    sea = (
        ParsedChapter("Prologue", ENGLISH),
        ParsedChapter("Rain", CHINESE, "Chapter 1", "It rains.\nMuch.", "todo: a\nNote: b"),
    )
    land = (ParsedChapter("", "Sun.", "Chapter Seven"),)
    volumes = (ParsedVolume("The Sea", sea), ParsedVolume("Book the Last", land, "Book II"))
    book = ParsedBook("The Storm", Language.ENGLISH, volumes, "Jane Roe", ROWS)
    project_id = store_book(database, book)
    with database.write() as transaction:
        second = transaction.chapters.of_project(project_id)[1]
        transaction.notes.set_status(second.id, OwnStatus.DRAFT)
    return project_id


def told(database: Database, project_id: str) -> object:
    """All that a project has a place for."""
    with database.read() as transaction:
        chapters = transaction.chapters.of_project(project_id)
        entries = transaction.codex.entries(project_id)
        return (
            read_chapters(transaction, project_id, ExportOptions(unwritten_too=True)),
            [(one.outline, transaction.notes.get(one.id).scratchpad) for one in chapters],
            {(e.kind, e.name, e.aliases, e.attributes.get(ROLE), e.description) for e in entries},
        )


def test_all_of_a_novel_comes_back(database: Database, tmp_path: Path) -> None:
    project_id = a_novel(database)
    export_book(database, project_id, "novelwriter", tmp_path / "out")
    again = import_book(database, tmp_path / "out" / "nwProject.nwx")
    assert told(database, again) == told(database, project_id)


def test_it_is_a_project_as_novelwriter_writes_one(database: Database, tmp_path: Path) -> None:
    export_book(database, a_novel(database), "novelwriter", tmp_path / "out")
    root = ElementTree.parse(tmp_path / "out" / "nwProject.nwx").getroot()
    assert (root.tag, root.get("fileVersion")) == ("novelWriterXML", "1.6")
    items = {item.get("handle"): item for item in root.iter("item")}
    documents = sorted((tmp_path / "out" / "content").iterdir())
    files = {handle for handle, item in items.items() if item.get("type") == "FILE"}
    assert {path.stem for path in documents} == files
    # It takes an index that counts as many for its own, and makes it again without a word.
    assert root.find("project").get("indexRevision") == str(len(files))  # type: ignore[union-attr]
    for path in documents:
        _, head, text = path.read_text(encoding="utf-8").split("+++\n")
        stated, item = tomllib.loads(head), items[path.stem]
        assert stated["handle"] == path.stem
        assert stated["parent"] == item.get("parent") in items
        assert (stated["class"], stated["layout"]) == (item.get("class"), item.get("layout"))
        assert item.find("meta").get("heading") == f"H{len(text) - len(text.lstrip('#'))}"  # type: ignore[union-attr]
    keys = {entry.get("key"): entry.text for entry in root.iter("entry")}
    states = [keys[item.find("name").get("status")] for item in items.values()]  # type: ignore[union-attr]
    assert states.count("Draft") == 1


def test_nothing_is_written_over_and_nothing_of_nothing(database: Database, tmp_path: Path) -> None:
    project_id = a_novel(database)
    (tmp_path / "out").mkdir()
    with pytest.raises(ArborisError, match="there already"):
        export_book(database, project_id, "novelwriter", tmp_path / "out")
    empty = Novels(database).create(NewNovel("Empty", Language.ENGLISH))
    with pytest.raises(RuleError):
        export_book(database, empty, "novelwriter", tmp_path / "empty")
    assert {path.name for path in tmp_path.iterdir()} == {"home", "out"}


def come_back(text: str, language: Language) -> str:
    book = ExportBook("T", language, (ExportVolume("", (ExportChapter(1, "A", text),)),))
    with TemporaryDirectory() as folder:
        write_project(WholeNovel(ID, book), Path(folder))
        (volume,) = read_book(Path(folder)).volumes
    (chapter,) = volume.chapters
    return normalised_text(chapter.text, language)


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.sampled_from("ab 很_*~=[]\\<>%@#!+\n。/i^1:-"), max_size=60),
    st.sampled_from(Language),
)
@example("*a* ***b*** [i]c[/i] \\*_d_*", Language.ENGLISH)
@example("[newpage]\n\n[^1] a\n\n[^1]: b", Language.ENGLISH)
@example("*1_:*", Language.ENGLISH)
@example("*a__:* *b_c_ d*", Language.ENGLISH)
def test_no_sign_is_taken_for_markup(text: str, language: Language) -> None:
    form = normalised_text(
        "It began.\n\n" + with_scene_breaks(normalised_text(text, language)), language
    )
    assert come_back(form, language) == form
