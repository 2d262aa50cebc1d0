"""EPUBs: pages in the order of the spine, headings, tables of contents."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from tests.support.documents import epub_of, zipped
from tests.support.parsing import shape, texts

PROSE = "It was raining, and nobody came to the house that day."
PAGES = {
    "a": f"<h1>Rain</h1><p>{PROSE}</p><p>She <i>ran</i> <b>away</b>.<br/>Home.</p><hr/><p>End.</p>",
    "b": f"<h1>Sun</h1><p>{PROSE}</p>",
}


def book(data: bytes, tmp_path: Path) -> ParsedBook:
    path = tmp_path / "file.epub"
    path.write_bytes(data)
    return read_book(path)


def test_headings_emphasis_and_breaks(tmp_path: Path) -> None:
    found = book(epub_of(PAGES), tmp_path)
    assert (found.title, found.author) == ("The Ship", "Jane Doe")
    assert shape(found) == [("", ["Rain", "Sun"])]
    assert texts(found)[0].split("\n\n") == [PROSE, "She *ran* **away**.\nHome.", "* * *", "End."]


def test_pages_without_headings_are_named_by_the_table_of_contents(tmp_path: Path) -> None:
    pages = dict.fromkeys("ab", f"<p>{PROSE}</p>")
    entries = "".join(
        f'<li><a href="text/{name}.xhtml">{title}</a></li>'
        for name, title in (("a", "Chapter 1: Rain"), ("b", "Chapter 2: Sun"))
    )
    assert shape(book(epub_of(pages, contents=entries), tmp_path)) == [("", ["Rain", "Sun"])]
    points = "".join(
        f"<navPoint><navLabel><text>{title}</text></navLabel>"
        f'<content src="text/{name}.xhtml"/></navPoint>'
        for name, title in (("a", "第一章 雨"), ("b", "第二章 晴"))
    )
    assert shape(book(epub_of(pages, ncx=points), tmp_path)) == [("", ["雨", "晴"])]


def test_entries_that_lead_into_a_page(tmp_path: Path) -> None:
    page = f'<p id="one">I</p><p>{PROSE}</p><p id="two">II</p><p>{PROSE}</p>'
    entries = '<li><a href="text/a.xhtml#one">I</a></li><li><a href="text/a.xhtml#two">II</a></li>'
    found = book(epub_of({"a": page}, contents=entries), tmp_path)
    assert shape(found) == [("", ["", ""])]
    assert texts(found) == [PROSE, PROSE]


def test_the_title_page_is_no_chapter(tmp_path: Path) -> None:
    pages = {"title": "<p>The Ship</p><p>by Jane Doe</p>", **PAGES}
    assert shape(book(epub_of(pages), tmp_path)) == [("", ["Rain", "Sun"])]


def test_pages_in_other_encodings_and_with_entities(tmp_path: Path) -> None:
    pages = {"a": f"<h1>Rain</h1><p>&ldquo;Yes&rdquo;&nbsp;&mdash; {PROSE}</p>", "b": PAGES["b"]}
    # A space that must not break a line stays one.
    assert texts(book(epub_of(pages), tmp_path))[0] == f"“Yes”\xa0— {PROSE}"


def test_protected_and_broken_books_are_told_in_words(tmp_path: Path) -> None:
    whole = epub_of(PAGES)
    with pytest.raises(ArborisError, match="damaged or not complete"):
        book(whole[: len(whole) // 2], tmp_path)
    rights = "<encryption xmlns:enc='x'><enc:EncryptedData/></encryption>"
    with pytest.raises(ArborisError, match="protected against copying"):
        book(
            zipped({"META-INF/container.xml": "<container/>", "META-INF/encryption.xml": rights}),
            tmp_path,
        )
    with pytest.raises(ArborisError, match="it contains no text"):
        book(epub_of({"a": "<p> </p>"}), tmp_path)


def test_pride_and_prejudice_is_the_same_as_its_plain_text(
    corpus_file: Callable[[str], Path],
) -> None:
    def letters(text: str) -> str:
        return "".join(filter(str.isalnum, text))

    plain = read_book(corpus_file("pride-and-prejudice.en.txt"))
    found = read_book(corpus_file("pride-and-prejudice.en.epub"))
    assert (found.title, found.author) == ("Pride and Prejudice", "Jane Austen")
    (volume,) = found.volumes
    numbered = [chapter for chapter in volume.chapters if chapter.label]
    assert [chapter.label for chapter in numbered][:3] == ["I", "II", "III"]
    assert [letters(c.text) for c in numbered] == list(map(letters, texts(plain)))
