"""Exported books look like books: each line once, own letters, a title page, numbered pages."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.text.paragraph import Paragraph
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import (
    ExportBook,
    ExportChapter,
    ExportVolume,
    NewPages,
    to_text,
    volume_heading,
)
from arboris_desktop.exchange.writing.docx import write_docx
from arboris_desktop.exchange.writing.html import write_html
from arboris_desktop.exchange.writing.odt import write_odt
from arboris_desktop.exchange.writing.options import Dress
from arboris_desktop.exchange.writing.pdf import write_pdf

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]


def book(text: str, language: Language = Language.ENGLISH, title: str = "The Ferry") -> ExportBook:
    chapters = (ExportChapter(1, "Rain", text), ExportChapter(2, "Snow", text))
    return ExportBook(title, language, (ExportVolume("", chapters),), "Ann Roe")


def name_of(paragraph: Paragraph) -> str:
    assert paragraph.style is not None
    return paragraph.style.name or ""


def numbered_text(paragraphs: int, words: int) -> str:
    return "\n\n".join(
        " ".join(f"w{paragraph}x{word}" for word in range(words)) for paragraph in range(paragraphs)
    )


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("words", [1, 7, 25, 90])
def test_each_line_of_a_pdf_is_on_one_page_only(words: int, tmp_path: Path) -> None:
    text = numbered_text(2500 // words, words)
    path = tmp_path / "book.pdf"
    path.write_bytes(write_pdf(book(text)))
    done = subprocess.run(["pdftotext", str(path), "-"], capture_output=True, check=True, text=True)
    found = re.findall(r"w\d+x\d+", done.stdout)
    assert found == text.split() * 2


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_no_prose_of_a_pdf_stands_as_low_as_the_number_of_its_page(tmp_path: Path) -> None:
    path = tmp_path / "book.pdf"
    path.write_bytes(write_pdf(book(numbered_text(40, 40))))
    command = ["pdftotext", "-bbox", str(path), "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    pages = told.split("<page ")[2:]
    assert len(pages) > 3
    for number, page in enumerate(pages, start=1):
        words = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">([^<]+)<', page)
        ((top, _bottom, last),) = [one for one in words if one[2] == str(number)]
        assert last in (words[-1][2], words[0][2])
        assert all(float(bottom) <= float(top) for _top, bottom, word in words if word[0] == "w")


def test_an_english_pdf_has_the_letters_that_ship_with_the_program() -> None:
    assert b"SourceSerif" in write_pdf(book("“Quite,” she said."))


@pytest.mark.parametrize("dress", list(Dress))
def test_a_docx_has_a_title_page_and_numbered_pages(dress: Dress) -> None:
    document = Document(io.BytesIO(write_docx(book("It rained."), dress)))
    headings = [one for one in document.paragraphs if name_of(one) == "Heading 1"]
    assert [one.paragraph_format.page_break_before for one in headings] == [True, True]
    (section,) = document.sections
    assert section.different_first_page_header_footer
    line = (section.header if dress is Dress.MANUSCRIPT else section.footer).paragraphs[0]
    assert "PAGE" in line._p.xml
    assert line.text.startswith("Ann Roe / The Ferry / ") == (dress is Dress.MANUSCRIPT)


def test_a_docx_without_a_title_begins_with_its_first_chapter() -> None:
    document = Document(io.BytesIO(write_docx(book("It rained.", title=""))))
    assert name_of(document.paragraphs[0]) == "Subtitle"
    headings = [one for one in document.paragraphs if name_of(one) == "Heading 1"]
    assert [one.paragraph_format.page_break_before for one in headings] == [None, True]


def test_the_letters_of_a_docx_are_those_it_names() -> None:
    with zipfile.ZipFile(io.BytesIO(write_docx(book("It rained.")))) as packed:
        styles = packed.read("word/styles.xml").decode()
    title = styles[styles.index('w:styleId="Title"') :].partition("</w:style>")[0]
    assert "Theme" not in re.findall(r"<w:rFonts[^>]*>", title)[0]
    assert "pBdr" not in title


def test_an_odt_has_measures_that_opendocument_knows() -> None:
    with zipfile.ZipFile(io.BytesIO(write_odt(book("下雨了。", Language.CHINESE)))) as packed:
        styles = packed.read("styles.xml").decode()
    measures = re.findall(r'fo:(?:text-indent|margin-\w+|font-size)="[\d.]+([a-z]+)"', styles)
    assert measures
    assert set(measures) <= {"pt", "cm"}
    assert "<text:page-number" in styles


def test_front_matter_stands_in_the_middle() -> None:
    front = "For my mother.\n\nAll rights."
    written = replace(book("It rained."), front=front)
    document = Document(io.BytesIO(write_docx(written)))
    shown = [one for one in document.paragraphs if one.text in front.split("\n\n")]
    assert [one.alignment for one in shown] == [WD_ALIGN_PARAGRAPH.CENTER] * 2
    with zipfile.ZipFile(io.BytesIO(write_odt(written))) as archive:
        content = archive.read("content.xml").decode()
    assert '<text:p text:style-name="Front">For my mother.</text:p>' in content
    page = QTextDocument()
    page.setHtml(write_html(written).decode())
    lines = [page.findBlockByNumber(number) for number in range(page.blockCount())]
    shown_lines = [line for line in lines if line.text() in front.split("\n\n")]
    assert len(shown_lines) == 2
    assert all(
        line.blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter for line in shown_lines
    )


@pytest.mark.parametrize("language", list(Language))
def test_a_docx_says_its_language(language: Language) -> None:
    document = Document(io.BytesIO(write_docx(book("It rained.", language))))
    (lang,) = document.styles.element.iter(qn("w:lang"))
    tag = "zh-CN" if language is Language.CHINESE else "en"
    assert (lang.get(qn("w:val")), lang.get(qn("w:eastAsia"))) == (tag, "zh-CN")


@pytest.mark.parametrize("dress", list(Dress))
@pytest.mark.parametrize(
    ("language", "paper"), [(Language.CHINESE, (210, 297)), (Language.ENGLISH, (216, 279))]
)
def test_a_docx_has_the_paper_of_its_language(
    dress: Dress, language: Language, paper: tuple[int, int]
) -> None:
    document = Document(io.BytesIO(write_docx(book("Rain.", language), dress)))
    for section in document.sections:
        assert section.page_width is not None
        assert section.page_height is not None
        assert (round(section.page_width.mm), round(section.page_height.mm)) == paper


def test_a_break_between_scenes_is_not_indented_in_plain_text() -> None:
    text = to_text(book("起风了。\n\n* * *\n\n第二天。", Language.CHINESE))
    assert "\n　　起风了。\n\n* * *\n\n　　第二天。\n" in text


@pytest.mark.skipif(not shutil.which("pdfinfo"), reason="poppler is not installed")
def test_notes_follow_one_another_on_a_page(tmp_path: Path) -> None:
    notes = tuple(ExportChapter(n, "Rain", "It rained.") for n in range(1, 13))
    volumes = (ExportVolume("One", notes[:6]), ExportVolume("Two", notes[6:]))
    written = ExportBook("Plans", Language.ENGLISH, volumes, pages=NewPages.VOLUMES)
    document = Document(io.BytesIO(write_docx(written)))
    begins = [
        one.text for one in document.paragraphs if one.paragraph_format.page_break_before is True
    ]
    assert begins == ["Volume 1: One", "Volume 2: Two"]
    path = tmp_path / "plans.pdf"
    path.write_bytes(write_pdf(written))
    told = subprocess.run(["pdfinfo", str(path)], capture_output=True, check=True, text=True)
    assert int(re.findall(r"Pages: +(\d+)", told.stdout)[0]) == 5, "each volume has two pages"


@pytest.mark.parametrize(
    ("title", "position", "heading"),
    [
        ("卷二 海", 2, "卷二 海"),
        ("卷二 海", 1, "第1卷 卷二 海"),
        ("海", 2, "第2卷 海"),
        ("第二卷", 3, "第二卷"),
    ],
)
def test_a_volume_that_says_its_number_has_it_once(title: str, position: int, heading: str) -> None:
    assert volume_heading(position, ExportVolume(title, ()), Language.CHINESE) == heading
