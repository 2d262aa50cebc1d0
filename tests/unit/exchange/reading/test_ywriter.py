"""A yWriter project comes in with its parts, chapters, scenes and emphasis."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.codex.rows import CodexRow
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.books import import_book
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.preview import BookFile
from arboris_desktop.storage.database import Database

PROJECT = """<?xml version="1.0" encoding="utf-8"?>
<YWRITER7><PROJECT><Ver>7</Ver><Title><![CDATA[The Storm]]></Title>
<AuthorName><![CDATA[Jane Roe]]></AuthorName></PROJECT>
<CHARACTERS><CHARACTER><ID>1</ID><Title><![CDATA[Ann]]></Title></CHARACTER></CHARACTERS>
<SCENES>
<SCENE><ID>1</ID><Title>a</Title><SceneContent><![CDATA[She [i]ran[/i].
And [b]fell[/b]./* not yet */]]></SceneContent></SCENE>
<SCENE><ID>2</ID><Title>b</Title><SceneContent><![CDATA[It rained.]]></SceneContent></SCENE>
<SCENE><ID>3</ID><Unused>-1</Unused><SceneContent><![CDATA[Gone.]]></SceneContent></SCENE>
<SCENE><ID>4</ID><AppendToPrev>-1</AppendToPrev><SceneContent><![CDATA[Still.]]></SceneContent></SCENE>
<SCENE><ID>5</ID><SceneContent><![CDATA[Sun.]]></SceneContent></SCENE>
</SCENES>
<CHAPTERS>
<CHAPTER><ID>1</ID><Title><![CDATA[The Sea]]></Title><SectionStart>-1</SectionStart></CHAPTER>
<CHAPTER><ID>2</ID><Title><![CDATA[Chapter One: Rain]]></Title>
<Scenes><ScID>1</ScID><ScID>2</ScID><ScID>3</ScID><ScID>4</ScID></Scenes></CHAPTER>
<CHAPTER><ID>3</ID><Title>Notes</Title><ChapterType>1</ChapterType>
<Scenes><ScID>5</ScID></Scenes></CHAPTER>
<CHAPTER><ID>4</ID><Title><![CDATA[Chapter Two]]></Title><Scenes><ScID>5</ScID></Scenes></CHAPTER>
</CHAPTERS></YWRITER7>
"""


@pytest.mark.parametrize("name", ["storm.yw7", "storm.xml"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_the_chapters_of_a_project(tmp_path: Path, name: str, mark: str) -> None:
    path = tmp_path / name
    path.write_text(mark + PROJECT, encoding="utf-8")
    book = read_book(path)
    (volume,) = book.volumes
    assert (book.title, book.author, volume.title) == ("The Storm", "Jane Roe", "The Sea")
    assert [(c.label, c.title, c.text) for c in volume.chapters] == [
        ("Chapter One", "Rain", "She *ran*.\n\nAnd **fell**.\n\n* * *\n\nIt rained.\n\nStill."),
        ("Chapter Two", "", "Sun."),
    ]


@pytest.mark.parametrize("text", [PROJECT[:900], "<YWRITER7></YWRITER7>"])
def test_half_a_project_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "storm.yw7"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ArborisError, match=r"storm\.yw7"):
        read_book(path)


ENTRIES = """<CHARACTERS><CHARACTER><ID>1</ID><Title><![CDATA[Ann]]></Title>
<FullName><![CDATA[Ann  Rowe]]></FullName><AKA><![CDATA[the widow; Annie, Ann]]></AKA>
<Desc><![CDATA[Tall.
Never   laughs.]]></Desc><Bio><![CDATA[Born at sea.]]></Bio><Major>-1</Major></CHARACTER>
<CHARACTER><ID>2</ID><FullName><![CDATA[Tom]]></FullName></CHARACTER>
<CHARACTER><ID>3</ID><Desc>nobody</Desc></CHARACTER></CHARACTERS>
<LOCATIONS><LOCATION><ID>1</ID><Title>The Ferry</Title><AKA>渡口、码头</AKA></LOCATION></LOCATIONS>
<ITEMS><ITEM><ID>1</ID><Title>A Key</Title><Desc>Rusty.</Desc></ITEM></ITEMS>"""


def project_with_entries(tmp_path: Path) -> Path:
    path = tmp_path / "storm.yw7"
    before, after = PROJECT.split("<CHARACTERS>", maxsplit=1)[0], PROJECT.split("</CHARACTERS>")[1]
    text = before + ENTRIES + after
    text = text.replace(
        "<Title>a</Title>", "<Title>a</Title><Desc>She falls.</Desc><Notes>Why?</Notes>"
    )
    text = text.replace("Rain]]></Title>", "Rain]]></Title><Desc>The first day.</Desc>")
    path.write_text(text, encoding="utf-8")
    return path


def test_characters_locations_and_items_become_entries(tmp_path: Path) -> None:
    assert read_book(project_with_entries(tmp_path)).codex == (
        CodexRow(
            EntryKind.CHARACTER,
            "Ann",
            ("Ann Rowe", "the widow", "Annie"),
            description="Tall.\nNever laughs.\nBorn at sea.",
        ),
        CodexRow(EntryKind.CHARACTER, "Tom"),
        CodexRow(EntryKind.LOCATION, "The Ferry", ("渡口", "码头")),
        CodexRow(EntryKind.ITEM, "A Key", description="Rusty."),
    )


def test_descriptions_of_chapters_and_scenes_are_plans(tmp_path: Path) -> None:
    first, second = read_book(project_with_entries(tmp_path)).volumes[0].chapters
    assert (first.plan, first.scratchpad) == ("The first day.\n\nShe falls.", "Why?")
    assert (second.plan, second.scratchpad) == ("", "")


def test_the_preview_tells_of_the_entries_and_the_import_brings_them(
    database: Database, tmp_path: Path
) -> None:
    path = project_with_entries(tmp_path)
    warnings = BookFile(path).preview().warnings
    assert ("codex", 4) in [(one.code, one.count) for one in warnings]
    project_id = import_book(database, path)
    with database.read() as transaction:
        entries = transaction.codex.entries(project_id)
    assert {(one.kind, one.name) for one in entries} == {
        (EntryKind.CHARACTER, "Ann"),
        (EntryKind.CHARACTER, "Tom"),
        (EntryKind.LOCATION, "The Ferry"),
        (EntryKind.ITEM, "A Key"),
    }
