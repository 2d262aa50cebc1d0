"""Documents and pages as word processors and sites for authors save them."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_BREAK

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook

EN = "The rain had not stopped for three days, and the road was gone under the water. " * 3


def rows(book: ParsedBook) -> list[tuple[str, str]]:
    return [(one.label, one.title) for volume in book.volumes for one in volume.chapters]


def saved(document: WordDocument, folder: Path) -> ParsedBook:
    path = folder / "book.docx"
    document.save(str(path))
    return read_book(path)


@pytest.mark.parametrize(
    ("subtitle", "author", "count"),
    [("Jane Doe", "Jane Doe", 2), ("老周", "老周", 2), ("A Tale of the Sea", "", 3)],
)
def test_a_subtitle_that_is_a_name_is_the_author(
    tmp_path: Path, subtitle: str, author: str, count: int
) -> None:
    document = Document()
    document.add_paragraph("The Ship", "Title")
    document.add_paragraph(subtitle, "Subtitle")
    for heading in ("Chapter 1: Rain", "Chapter 2: Snow"):
        document.add_paragraph(heading, "Heading 1")
        document.add_paragraph(EN)
    book = saved(document, tmp_path)
    assert (book.title, book.author) == ("The Ship", author)
    assert len(rows(book)) == count


@pytest.mark.parametrize("way", ["in it", "before it", "property"])
def test_a_short_line_on_each_new_page_is_a_heading(tmp_path: Path, way: str) -> None:
    document = Document()
    for number, heading in enumerate(("The Rain", "The Snow", "The Fog", "The Sun")):
        if number and way == "before it":
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        paragraph = document.add_paragraph()
        if number and way == "in it":
            paragraph.add_run().add_break(WD_BREAK.PAGE)
        paragraph.paragraph_format.page_break_before = way == "property"
        paragraph.add_run(heading)
        document.add_paragraph(EN)
        document.add_paragraph(EN)
    expected = [("", "The Rain"), ("", "The Snow"), ("", "The Fog"), ("", "The Sun")]
    assert rows(saved(document, tmp_path)) == expected


def test_pages_that_begin_with_prose_have_no_headings(tmp_path: Path) -> None:
    document = Document()
    for number in range(4):
        if number:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        document.add_paragraph("The End" if number == 2 else EN)
        document.add_paragraph(EN)
    assert rows(saved(document, tmp_path)) == [("", "")]


PAGE = """<html><head><title>Untitled document</title></head><body class="c1">
<p class="{title}" id="h.1"><span class="c2">The Ship</span></p>
<p class="{subtitle}"><span>{name}</span></p>
<h1 id="h.2"><span>Chapter 1: Rain</span></h1><p>{prose}</p>
<h1 id="h.3"><span>Chapter 2: Snow</span></h1><p>{prose}</p></body></html>"""


@pytest.mark.parametrize(
    ("title", "subtitle"), [("c3 title", "c4 subtitle"), ("MsoTitle", "MsoSubtitle")]
)
@pytest.mark.parametrize(
    ("name", "author"), [("Jane Doe", "Jane Doe"), ("by Jane Doe", "Jane Doe"), ("老周", "老周")]
)
def test_the_title_of_a_saved_page(
    tmp_path: Path, title: str, subtitle: str, name: str, author: str
) -> None:
    path = tmp_path / "book.html"
    path.write_text(
        PAGE.format(title=title, subtitle=subtitle, name=name, prose=EN), encoding="utf-8"
    )
    book = read_book(path)
    assert book.title == "The Ship"
    assert book.author == author
    assert rows(book)[-2:] == [("Chapter 1", "Rain"), ("Chapter 2", "Snow")]


def test_a_class_of_that_name_on_each_chapter_is_no_title(tmp_path: Path) -> None:
    path = tmp_path / "book.html"
    parts = [f'<p class="title">Chapter {n}</p><p>{EN}</p>' for n in (1, 2, 3)]
    path.write_text(f"<html><body>{''.join(parts)}</body></html>", encoding="utf-8")
    assert rows(read_book(path)) == [("Chapter 1", ""), ("Chapter 2", ""), ("Chapter 3", "")]


def document_of(*parts: tuple[str, str]) -> WordDocument:
    """A document with a heading of that style and prose for each part."""
    document = Document()
    for style, heading in parts:
        document.add_paragraph(heading, style or None)
        document.add_paragraph(EN)
        document.add_paragraph(EN)
    return document


def test_chapters_in_the_style_of_the_title(tmp_path: Path) -> None:
    book = saved(document_of(*(("Title", name) for name in ("Rain", "Snow", "Fog"))), tmp_path)
    assert rows(book) == [("", "Rain"), ("", "Snow"), ("", "Fog")]
    assert book.title == "book"


@pytest.mark.parametrize("forgotten", [{3}, {1, 6}, {3, 5, 6}])
@pytest.mark.parametrize("form", ["Chapter {}: Rain", "第{}章 起风"])
def test_headings_that_were_not_marked_are_found(
    tmp_path: Path, forgotten: set[int], form: str
) -> None:
    parts = [("" if n in forgotten else "Heading 1", form.format(n)) for n in range(1, 7)]
    book = saved(document_of(*parts), tmp_path)
    assert [label for label, _title in rows(book)] == [
        form.format(n).removesuffix(": Rain").removesuffix(" 起风") for n in range(1, 7)
    ]


def test_a_paragraph_that_counts_on_stays_text(tmp_path: Path) -> None:
    document = document_of(("Heading 1", "Chapter 1"), ("Heading 1", "Chapter 2"))
    document.add_paragraph("Chapter 3")
    document.add_paragraph(EN)
    book = saved(document, tmp_path)
    assert rows(book) == [("Chapter 1", ""), ("Chapter 2", "")]
    assert "Chapter 3" in book.volumes[0].chapters[1].text


def test_names_of_scenes_are_no_titles_of_chapters(tmp_path: Path) -> None:
    document = Document()
    for number in (1, 2):
        document.add_paragraph(f"Chapter {number}", "Heading 1")
        for scene in ("The Kitchen", "The Yard"):
            document.add_paragraph(scene, "Heading 2")
            document.add_paragraph(EN)
    book = saved(document, tmp_path)
    assert rows(book) == [("Chapter 1", ""), ("Chapter 2", "")]
    for chapter in book.volumes[0].chapters:
        assert "The Kitchen" in chapter.text
        assert "The Yard" in chapter.text


@pytest.mark.parametrize("name", ["Heading 1", "heading 1"])
def test_heading_styles_of_rtf_without_outline_levels(tmp_path: Path, name: str) -> None:
    sheet = (
        r"{\stylesheet{\s0\snext0 Normal;}{\s1\sbasedon0\snext0\ltrch\sb480\keepn\b "
        + name
        + r";}}"
    )
    parts = "".join(
        rf"\pard\plain \s1\ltrch\b {{\rtlch \ltrch {heading}}}\par\pard\plain \s0 {EN}\par{EN}\par"
        for heading in ("Rain", "Snow", "Fog")
    )
    path = tmp_path / "book.rtf"
    path.write_text(rf"{{\rtf1\ansi{{\fonttbl{{\f0 Times;}}}}{sheet}{parts}}}", encoding="ascii")
    book = read_book(path)
    assert rows(book) == [("", "Rain"), ("", "Snow"), ("", "Fog")]
    assert all(one.text.startswith("The rain had not") for one in book.volumes[0].chapters)
