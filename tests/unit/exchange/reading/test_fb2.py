"""A FictionBook comes in with its sections, emphasis and notes."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book
from tests.support.parsing import shape, texts

BOOK = """<?xml version="1.0" encoding="{encoding}"?>
<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0"
 xmlns:l="http://www.w3.org/1999/xlink">
<description><title-info><genre>sf</genre>
<author><first-name>Ann</first-name><last-name>Roe</last-name></author>
<author><nickname>tom</nickname></author>
<book-title>The Ferry</book-title></title-info></description>
<body><title><p>Ann Roe</p><p>The Ferry</p></title>
<section><title><p>Part One</p></title><epigraph><p>All rivers run.</p></epigraph>
<section><title><p>Chapter 1</p><p>Rain</p></title>
<p>It <emphasis>did<strong> not</strong></emphasis> stop &amp; Anna<a l:href="#n1">[1]</a> left.</p>
<empty-line/><subtitle>Later</subtitle><p>дождь 2 * 3</p>
<poem><stanza><v>one</v><v>two</v></stanza></poem></section></section>
<section><title><p>Part Two</p></title><section><title><p>Chapter 2</p></title>
<p>Snow.</p></section></section></body>
<body name="notes"><section id="n1"><p>A note.</p></section></body>
<binary id="a.png">AAAA</binary></FictionBook>"""


def file(path: Path, encoding: str = "utf-8", book: str = BOOK) -> Path:
    path.write_bytes(book.format(encoding=encoding).encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1251", "utf-16"])
def test_a_book_with_parts(tmp_path: Path, encoding: str) -> None:
    book = read_book(file(tmp_path / "ferry.fb2", encoding))
    assert (book.title, book.author) == ("The Ferry", "Ann Roe, tom")
    found = [(name, titles) for name, titles in shape(book) if titles and name != "Front matter"]
    assert [titles[-1] for _name, titles in found] == ["Rain", ""]
    whole = "\n\n".join(texts(book))
    for words in ("All rivers run.", "It *did* ***not*** stop & Anna[1] left.", "A note.", "one"):
        assert words in whole
    assert "\n\n* * *\n\nLater\n\nдождь 2 * 3\n\none\n\ntwo" in whole


def test_a_packed_book(tmp_path: Path) -> None:
    path = tmp_path / "ferry.fb2.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("ferry.fb2", BOOK.format(encoding="utf-8"))
    assert read_book(path).title == "The Ferry"


def test_sections_a_thousand_deep_are_read(tmp_path: Path) -> None:
    depth = 200
    deep = "<section><p>x</p>" * depth + "</section>" * depth
    book = f"<FictionBook><body>{deep}</body></FictionBook>"
    path = tmp_path / "deep.fb2"
    path.write_text(book)
    assert "".join(texts(read_book(path))).count("x") == depth


@pytest.mark.parametrize("cut", [900, 1200])
def test_a_book_that_is_cut_gives_what_is_there(tmp_path: Path, cut: int) -> None:
    path = tmp_path / "ferry.fb2"
    path.write_text(BOOK.format(encoding="utf-8")[:cut])
    assert read_book(path).title == "The Ferry"


def test_a_book_that_is_cut_before_its_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "ferry.fb2"
    path.write_text(BOOK.format(encoding="utf-8")[:200])
    with pytest.raises(ArborisError, match=r"ferry\.fb2"):
        read_book(path)


def test_entities_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "bomb.fb2"
    path.write_text("<!DOCTYPE x [<!ENTITY a 'aa'>]><FictionBook><body>&a;</body></FictionBook>")
    with pytest.raises(ArborisError):
        read_book(path)
