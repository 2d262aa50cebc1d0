"""Headings of e-books whose pages and table of contents do not say the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from tests.support.documents import epub_of
from tests.support.parsing import texts

PROSE = "It was raining, and nobody came to the house that day."
TITLES = {"a": "Chapter 1: Rain", "b": "Chapter 2: Sun"}


def book(
    tmp_path: Path, pages: Mapping[str, str], titles: Mapping[str, str] = TITLES
) -> ParsedBook:
    entries = "".join(
        f'<li><a href="text/{name}.xhtml">{title}</a></li>' for name, title in titles.items()
    )
    path = tmp_path / "file.epub"
    path.write_bytes(epub_of(dict(pages), contents=entries))
    return read_book(path)


def rows(found: ParsedBook) -> list[tuple[str, str]]:
    return [(one.label, one.title) for volume in found.volumes for one in volume.chapters]


@pytest.mark.parametrize(
    "head",
    [
        "<h1>Chapter {n}</h1><p>{title}</p>",
        "<h1>Chapter {n}</h1><h2>{title}</h2>",
        '<p class="chapter-title">Chapter {n}</p><p>{title}</p>',
        "<h1>Chapter {n}: {title}</h1>",
        "<h1>{title}</h1>",
    ],
)
def test_the_table_of_contents_completes_a_heading(tmp_path: Path, head: str) -> None:
    pages = {
        name: head.format(n=n, title=title) + f"<p>{PROSE}</p>"
        for name, n, title in (("a", 1, "Rain"), ("b", 2, "Sun"))
    }
    found = book(tmp_path, pages)
    assert rows(found) == [("Chapter 1", "Rain"), ("Chapter 2", "Sun")]
    assert texts(found) == [PROSE, PROSE]


def test_a_paragraph_that_is_no_title_stays(tmp_path: Path) -> None:
    pages = {
        name: f"<h1>Chapter {n}</h1><p>Rain again.</p><p>{PROSE}</p>"
        for name, n in (("a", 1), ("b", 2))
    }
    found = book(tmp_path, pages)
    assert rows(found) == [("Chapter 1", "Rain"), ("Chapter 2", "Sun")]
    assert texts(found) == [f"Rain again.\n\n{PROSE}"] * 2


def test_a_page_that_lists_the_chapters_is_left_out(tmp_path: Path) -> None:
    listing = "<h1>Contents</h1><p>Chapter 1: Rain</p><p>Chapter 2: Sun</p>"
    pages = {"rights": "<p>All rights reserved.</p>", "toc": listing}
    pages |= {name: f"<h1>{title}</h1><p>{PROSE}</p>" for name, title in TITLES.items()}
    found = book(tmp_path, pages, {"rights": "Copyright", "toc": "Contents", **TITLES})
    assert texts(found) == ["All rights reserved.", PROSE, PROSE]


def test_a_listing_with_a_sentence_stays(tmp_path: Path) -> None:
    listing = f"<h1>Contents</h1><p>Chapter 1: Rain</p><p>Chapter 2: Sun</p><p>{PROSE}</p>"
    pages = {"toc": listing}
    pages |= {name: f"<h1>{title}</h1><p>{PROSE}</p>" for name, title in TITLES.items()}
    assert "".join(texts(book(tmp_path, pages))).count(PROSE) == 3


def test_the_title_of_the_book_above_each_chapter_is_no_volume(tmp_path: Path) -> None:
    pages = {
        name: f"<h1>The Ship</h1><h2>{title}</h2><p>{PROSE}</p>" for name, title in TITLES.items()
    }
    found = book(tmp_path, pages, {})
    assert [volume.title for volume in found.volumes] == [""]
    assert rows(found) == [("Chapter 1", "Rain"), ("Chapter 2", "Sun")]


def test_the_name_of_the_author_is_no_chapter(tmp_path: Path) -> None:
    pages = {"front": f"<h1>The Ship</h1><h2>Jane Doe</h2><p>{PROSE}</p>"}
    pages |= {name: f"<h2>{title}</h2><p>{PROSE}</p>" for name, title in TITLES.items()}
    found = book(tmp_path, pages, {})
    assert [title for _label, title in rows(found)][1:] == ["Rain", "Sun"]
    assert "Jane Doe" not in [title for _label, title in rows(found)]
