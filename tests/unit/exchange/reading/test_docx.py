"""Word documents: styles, emphasis, and Word's own quirks."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.reading.docx import read_docx
from tests.support.documents import docx_of, docx_with_body, saved
from tests.support.parsing import shape, texts

PROSE = "It was raining, and nobody came to the house that day."


def book(data: bytes, tmp_path: Path) -> ParsedBook:
    path = tmp_path / "file.docx"
    path.write_bytes(data)
    return read_book(path)


def body(xml: str, **parts: str) -> Manuscript:
    return read_docx(docx_with_body(xml, **parts))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def test_headings_title_and_paragraphs(tmp_path: Path) -> None:
    data = docx_of(
        ("Title", "The Storm"),
        ("Heading 1", "Part One: Sea"),
        ("Heading 2", "Chapter 1: Rain"),
        ("Normal", PROSE),
        ("Normal", "“Don’t,” she said."),
        ("Heading 2", "Chapter 2: Sun"),
        ("Normal", PROSE),
        ("Heading 1", "Part Two: Land"),
        ("Heading 2", "Chapter 3: Snow"),
        ("Normal", PROSE),
    )
    found = book(data, tmp_path)
    assert found.title == "The Storm"
    assert shape(found) == [("Sea", ["Rain", "Sun"]), ("Land", ["Snow"])]
    assert texts(found)[0] == f"{PROSE}\n\n“Don’t,” she said."


def test_headings_without_styles_are_found_in_the_text(tmp_path: Path) -> None:
    lines = [
        line for n in "一二三" for line in (f"第{n}章 甲屋", "　　天色已经暗了下来，雨也停了。" * 3)
    ]
    found = book(docx_of(*(("Normal", line) for line in lines)), tmp_path)
    assert shape(found) == [("", ["甲屋", "甲屋", "甲屋"])]
    assert texts(found)[0].startswith("天色")


def test_emphasis_and_breaks() -> None:
    document = docx.Document()
    paragraph = document.add_paragraph("She ")
    paragraph.add_run("ran ").italic = True
    paragraph.add_run("away").bold = True
    paragraph.add_run(", 5*3*2.")
    both = document.add_paragraph().add_run("No!")
    both.italic = both.bold = True
    document.add_paragraph("roses").add_run().add_break()
    document.paragraphs[-1].add_run("violets")
    document.add_paragraph("He ").add_run("knew", style="Emphasis")
    lines = read_docx(saved(document)).lines
    assert lines == [
        r"She *ran* **away**, 5\*3\*2.",
        "***No!***",
        "roses\nviolets",
        "He *knew*",
    ]


def test_tracked_changes_are_read_as_accepted() -> None:
    found = body(
        f"<w:p>{run('He ')}<w:ins w:id='1' w:author='A'>{run('never ')}</w:ins>"
        f"<w:del w:id='2' w:author='A'><w:r><w:delText>always </w:delText></w:r></w:del>"
        f"{run('came.')}</w:p>"
    )
    assert found.lines == ["He never came."]
    assert "changes" in found.notes


def test_links_controls_and_hidden_text() -> None:
    found = body(
        f"<w:p><w:hyperlink>{run('A link')}</w:hyperlink>{run(' hidden', '<w:vanish/>')}</w:p>"
        f"<w:sdt><w:sdtContent><w:p>{run('In a control.')}</w:p></w:sdtContent></w:sdt>"
    )
    assert found.lines == ["A link", "In a control."]


def test_tables_are_lines_of_cells() -> None:
    cell = "<w:tc><w:p>{}</w:p></w:tc>"
    found = body(
        f"<w:tbl><w:tr>{cell.format(run('Name'))}{cell.format(run('Age'))}</w:tr>"
        f"<w:tr>{cell.format(run('Ann'))}{cell.format(run('30'))}</w:tr></w:tbl>"
    )
    assert found.lines == ["Name | Age", "Ann | 30"]
    assert "tables" in found.notes


def test_footnotes_and_comments_are_kept_as_text() -> None:
    note = f"<w:footnote w:id='2'><w:p>{run('A note.')}</w:p></w:footnote>"
    remark = f"<w:comment w:id='0' w:author='Ann'><w:p>{run('Why?')}</w:p></w:comment>"
    found = body(
        f"<w:p>{run('Said')}<w:r><w:footnoteReference w:id='2'/></w:r>{run('.')}"
        "<w:r><w:commentReference w:id='0'/></w:r></w:p>",
        footnotes=note,
        comments=remark,
    )
    assert found.lines == ["Said[^1].", "[^1]: A note.", "[Ann: Why?]"]
    assert {"footnotes", "comments"} <= set(found.notes)


def test_outline_levels_of_paragraphs_are_headings() -> None:
    level = "<w:pPr><w:outlineLvl w:val='0'/></w:pPr>"
    found = body(f"<w:p>{level}{run('Rain')}</w:p><w:p>{run(PROSE)}</w:p>")
    assert found.levels == {0: 1}


def test_an_empty_paragraph_among_others_is_a_gap_between_scenes(tmp_path: Path) -> None:
    lines = ["One.", "Two.", "Three.", "", "Four.", "Five."]
    found = book(docx_of(*(("Normal", line) for line in lines)), tmp_path)
    assert texts(found) == ["One.\n\nTwo.\n\nThree.\n\n\nFour.\n\nFive."]
    spaced = book(docx_of(*(("Normal", line) for n in range(9) for line in ("One.", ""))), tmp_path)
    assert "\n\n\n" not in texts(spaced)[0]


@pytest.mark.parametrize("name", ["renamed.txt", "renamed", "renamed.epub"])
def test_a_document_is_known_by_what_it_holds(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(docx_of(("Heading 1", "Rain"), ("Normal", PROSE), ("Heading 1", "Sun")))
    assert shape(read_book(path)) == [("", ["Rain", "Sun"])]
