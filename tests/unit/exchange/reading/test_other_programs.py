"""Files as other programs write them: notes of Obsidian, Scrivener, Gutenberg's pages, sites."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.chapters import book_of
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.preview import BookFile
from tests.support.parsing import parse_markdown, parse_text, shape, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH, read

PROSE = [line for line in ENGLISH if line]
PAGE = "".join(f"<p>{line}</p>" for line in PROSE)


def archive(path: Path, members: dict[str, str]) -> Path:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in members.items():
            file.writestr(name, text)
    path.write_bytes(data.getvalue())
    return path


NOTE = """---
tags: [draft]
---

He saw [[Ruth]] and [[Ruth Doe|her]]. ![[map.png]] ==Marked== %%a
comment%% #harbour

> [!note]- Remember
> the door

A block. ^block1
"""


def test_the_notes_of_a_vault_are_plain_words(tmp_path: Path) -> None:
    members = {"01 Rain.md": NOTE, "02 Road.md": f"# The Road\n\n{PROSE[0]}\n\n![[01 Rain#End]]\n"}
    vault = tmp_path / "vault"
    (vault / ".obsidian").mkdir(parents=True)
    for name, text in members.items():
        (vault / name).write_text(text, encoding="utf-8")
    packed = {f"vault/{name}": text for name, text in members.items()}
    packed["vault/.obsidian/app.json"] = "{}"
    for path in (vault, archive(tmp_path / "vault.zip", packed)):
        first, second = texts(read_book(path))
        assert first.split("\n\n") == [
            "He saw Ruth and her.  Marked [a comment] #harbour",
            "> Remember the door",
            "A block.",
        ]
        assert second == f"{PROSE[0]}\n\n![[01 Rain#End]]"


def test_brackets_are_kept_where_there_is_no_vault(tmp_path: Path) -> None:
    (tmp_path / "book.md").write_text("# One\n\nHe saw [[Ruth]] ==here==.\n", encoding="utf-8")
    assert texts(read_book(tmp_path / "book.md")) == ["He saw [[Ruth]] ==here==."]


def test_what_multimarkdown_says_of_a_book() -> None:
    head = "Title: The Ship  \nAuthor: Jane Doe  \nBase Header Level: 1  \n\n"
    book = parse_markdown(f"{head}# Rain\n\n{PROSE[0]}\n\n# Road\n\n{PROSE[1]}")
    assert (book.title, book.author) == ("The Ship", "Jane Doe")
    assert shape(book) == [("", ["Rain", "Road"])]
    alone = parse_markdown(f"Title: what is in a name?\n\n# Rain\n\n{PROSE[0]}")
    assert alone.title == "what is in a name?"


@pytest.mark.parametrize("name", ["ship.zip", "ship.scriv.zip"])
def test_a_packed_scrivener_project_is_named(tmp_path: Path, name: str) -> None:
    members = {
        "Ship.scriv/Ship.scrivx": "<x/>",
        "Ship.scriv/Files/Data/X/content.rtf": r"{\rtf1 a}",
    }
    with pytest.raises(ArborisError, match="Scrivener project; compile it"):
        read_book(archive(tmp_path / name, members))


def test_a_scrivener_project_in_a_folder_is_named(tmp_path: Path) -> None:
    (tmp_path / "Ship.scriv").mkdir()
    (tmp_path / "Ship.scriv" / "Ship.scrivx").write_text("<x/>", encoding="utf-8")
    for path in (tmp_path, tmp_path / "Ship.scriv"):
        with pytest.raises(ArborisError, match="Scrivener project; compile it"):
            read_book(path)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("ship.gdoc", '{"url": "https://docs.google.com/x"}', "link to a Google document"),
        ("ship.mhtml", "From: <Saved by Blink>\nSubject: x\nMIME-Version: 1.0\n", "no page"),
    ],
)
def test_what_holds_no_text_is_named(tmp_path: Path, name: str, text: str, words: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(ArborisError, match=words):
        read_book(tmp_path / name)


def test_the_notices_of_gutenberg_stay_out_of_its_pages(tmp_path: Path) -> None:
    entries = "".join(f'<p><a href="#c{n}">CHAPTER {n}. {t}</a></p>' for n, t in CHAPTERS)
    chapters = "".join(f'<h2><a id="c{n}"></a>CHAPTER {n}.<br>{t}</h2>{PAGE}' for n, t in CHAPTERS)
    page = (
        "<html><head><title>The Project Gutenberg eBook of The Ship, by Jane Doe</title></head>"
        '<body><section class="pg-boilerplate pgheader"><h2>The Project Gutenberg eBook</h2>'
        "<p>For anyone</p></section><h1>The Ship</h1><h2>by Jane Doe</h2><h2>Contents</h2>"
        f'{entries}{chapters}<div class="pg-boilerplate pgfooter"><p>Updated</p></div></body>'
    )
    path = tmp_path / "pg.html"
    path.write_text(page, encoding="utf-8")
    book = read_book(path)
    assert (book.title, book.author) == ("The Ship", "Jane Doe")
    assert shape(book) == [("", ["Rain", "Road"])]
    assert texts(book) == ["\n\n".join(PROSE)] * 2
    warnings = {warning.code: warning.count for warning in BookFile(path).preview().warnings}
    assert warnings["left_out"] == 3


CHAPTERS = (("I", "Rain"), ("II", "Road"))


def test_titles_are_below_their_numbers_in_paragraphs_too() -> None:
    lines = ["Chapter One", "The Rain", *PROSE, "Chapter Two", "**The Road**", *PROSE]
    book = read_composed(lines)
    assert shape(book) == [("", ["The Rain", "The Road"])]
    without = ["Chapter One", "“Who is there?”", *PROSE, "Chapter Two", "I ran.", *PROSE]
    assert shape(read_composed(without)) == [("", ["", ""])]


def read_composed(lines: list[str]) -> ParsedBook:
    return book_of(Manuscript("docx", lines, is_composed=True))


def test_two_entries_with_their_pages_are_a_table_of_contents() -> None:
    lines = ["第一章 甲屋\t1", "第二章 乙巷\t9"]
    lines += ["第一章 甲屋", *CHINESE, "第二章 乙巷", *CHINESE]
    assert shape(read_composed(lines)) == [("", ["甲屋", "乙巷"])]


def test_the_line_of_a_site_below_a_heading_is_no_text() -> None:
    text = "\n".join(
        f"第{n}章 {t}\n\n更新时间：2020-01-01 12:00:00 字数：3021\n\n" + "\n".join(CHINESE)
        for n, t in ((1, "甲"), (2, "乙"))
    )
    book = parse_text(text)
    assert shape(book) == [("", ["甲", "乙"])]
    assert not any("更新时间" in one for one in texts(book))
    assert (
        "更新"
        in texts(read(text.replace("更新时间：2020-01-01 12:00:00 字数：3021", "更新了。")))[0]
    )
