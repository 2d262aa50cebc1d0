"""Headings and the title page of a PDF: in the middle, in lines that leave no word alone."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont, QFontMetricsF

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.exporting import ExportBook, ExportChapter, ExportVolume
from arboris_desktop.exchange.writing.pdf import write_pdf
from arboris_desktop.exchange.writing.pdf_headings import balanced

pytestmark = [pytest.mark.gui, pytest.mark.usefixtures("qapp")]

WIDTH = 280.0
LINE = "\u2028"

Boxes = list[tuple[float, float, str]]
"""The middle of each line of a page and its top, in parts of the page, and its words."""


def metrics() -> QFontMetricsF:
    return QFontMetricsF(QFont("Source Serif Pro", 15))


def lines_of(text: str) -> list[str]:
    return balanced(text, metrics().horizontalAdvance, WIDTH).split(LINE)


@pytest.mark.parametrize("letters", range(1, 60))
def test_no_chinese_character_is_left_alone(letters: int) -> None:
    lines = lines_of("第12章 " + "风从海上来吹过整座城市的屋顶"[:letters] * (1 + letters // 14))
    lengths = [len(line) for line in lines]
    assert len(lines) == 1 or min(lengths) > max(lengths) / 2, lines


@pytest.mark.parametrize(
    "heading",
    [
        "Chapter 2: In Which a Great Many Things Are Said and Very Few of Them Are Ever Meant",
        "Chapter 4: The Long Road to the Lighthouse and Back",
        "The Tide and the City: A Novel of the Sea",
        "Nineteen Letters From My Dear Sister to Me",
    ],
)
def test_no_short_word_is_left_alone(heading: str) -> None:
    lines = lines_of(heading)
    assert len(lines) > 1
    assert all(len(line.split()) > 1 for line in lines), lines


@given(st.text(st.sampled_from("ab 海风，。“”:—😀e"), max_size=120))
def test_words_stay_and_fit(heading: str) -> None:
    text = " ".join(heading.split())
    shown = balanced(text, metrics().horizontalAdvance, WIDTH)
    assert shown.replace(LINE, "").replace(" ", "") == text.replace(" ", "")
    lines = shown.split(LINE)
    assert len(lines) == 1 or all(metrics().horizontalAdvance(line) <= WIDTH for line in lines)
    has_room = metrics().horizontalAdvance(text) <= WIDTH
    assert len(lines) == 1 or not has_room


@given(st.text(max_size=200))
def test_no_letter_is_lost(heading: str) -> None:
    text = " ".join(heading.split())
    shown = balanced(text, lambda part: 10.0 * len(part), WIDTH)
    assert "".join(shown.split()) == "".join(text.split())


@pytest.mark.parametrize(
    "heading",
    [
        "第3章 他说：“你来了。”她说：“我来了。”（完）" * 2,
        "一二三四五六七八九十一二三四五，《雨》，下" * 2,
    ],
)
def test_no_line_begins_or_ends_with_the_wrong_mark(heading: str) -> None:
    lines = lines_of(heading)
    assert len(lines) > 1
    assert not [line for line in lines if line[0] in "，。：”》）" or line[-1] in "“《（"]


def test_a_word_that_is_wider_than_a_line_is_left_as_it_is() -> None:
    heading = "Chapter 1: " + "Aa" * 60
    assert balanced(heading, metrics().horizontalAdvance, WIDTH) == heading


def boxes_of(pdf: bytes, folder: Path) -> list[Boxes]:
    path = folder / "book.pdf"
    path.write_bytes(pdf)
    command = ["pdftotext", "-bbox-layout", str(path), "-"]
    told = subprocess.run(command, capture_output=True, check=True, text=True).stdout
    pages = []
    for page in told.split("<page ")[1:]:
        size = re.match(r'width="([\d.]+)" height="([\d.]+)"', page)
        assert size is not None
        width, height = float(size[1]), float(size[2])
        lines = re.findall(
            r'<line xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)".*?>(.*?)</line>', page, re.S
        )
        pages.append(
            [
                (
                    (float(left) + float(right)) / 2 / width,
                    float(top) / height,
                    " ".join(re.findall(r">([^<]+)</word>", words)),
                )
                for left, top, right, words in lines
            ]
        )
    return pages


def book(language: Language, chapters: int = 1) -> ExportBook:
    title, author, front, heading = (
        ("潮汐之城：一部关于海和城市的长篇小说", "林舟", "献给母亲", "起风")
        if language is Language.CHINESE
        else ("The Tide and the City: A Novel of the Sea", "Ann Roe", "For my mother", "Rain")
    )
    written = tuple(ExportChapter(n, heading, "Text.") for n in range(1, chapters + 1))
    return ExportBook(title, language, (ExportVolume("", written),), author, front)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
@pytest.mark.parametrize("language", list(Language))
def test_the_title_page_stands_in_the_middle(language: Language, tmp_path: Path) -> None:
    title, chapter = boxes_of(write_pdf(book(language)), tmp_path)[:2]
    assert len(title) == 4, "two lines of the title, the author, the front matter"
    assert [middle for middle, _, _ in title] == pytest.approx([0.5] * 4, abs=0.01)
    assert title[0][1] > 0.25, "not at the head of the page"
    assert chapter[0][0] == pytest.approx(0.5, abs=0.01)


@pytest.mark.skipif(not shutil.which("pdftotext"), reason="poppler is not installed")
def test_every_chapter_begins_at_the_same_height(tmp_path: Path) -> None:
    pages = boxes_of(write_pdf(book(Language.ENGLISH, chapters=90)), tmp_path)[1:]
    assert len(pages) == 90
    assert {page[0][2].split(":")[0] for page in pages} == {f"Chapter {n}" for n in range(1, 91)}
    assert [page[0][1] for page in pages] == pytest.approx([pages[0][0][1]] * 90, abs=0.001)
