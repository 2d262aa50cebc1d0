"""Documents without styles: headings by their looks, by lists, and by breaks of lines."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.reading.soft_breaks import parted
from tests.support.documents import docx_with_body
from tests.unit.exchange.reading.test_collection import names

PROSE = "傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。" * 3
TITLES = ("起风", "夜雨", "归人")


def paragraph(text: str, properties: str = "", letters: str = "", inside: str = "") -> str:
    run = f"<w:r><w:rPr>{letters}</w:rPr><w:t>{text}</w:t></w:r>" if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{run}{inside}</w:p>"


def book(tmp_path: Path, xml: str, **parts: str) -> ParsedBook:
    path = tmp_path / "book.docx"
    path.write_bytes(docx_with_body(xml, **parts))
    return read_book(path)


BOLD, LARGE, CENTRED = "<w:b/>", '<w:sz w:val="32"/>', '<w:jc w:val="center"/>'


@pytest.mark.parametrize(
    ("properties", "letters"),
    [(CENTRED, BOLD), (CENTRED, LARGE), ("", BOLD + LARGE), ("", BOLD)],
)
def test_lines_that_look_like_headings(tmp_path: Path, properties: str, letters: str) -> None:
    xml = "".join(paragraph(title, properties, letters) + paragraph(PROSE) * 4 for title in TITLES)
    found = book(tmp_path, xml)
    assert names(found) == list(TITLES)
    assert "*" not in found.volumes[0].chapters[0].text


def test_the_largest_is_the_title_of_the_book(tmp_path: Path) -> None:
    title = paragraph("雨巷", CENTRED, BOLD + '<w:sz w:val="44"/>')
    xml = "".join(paragraph(each, CENTRED, BOLD + LARGE) + paragraph(PROSE) * 4 for each in TITLES)
    found = book(tmp_path, title + xml)
    assert (found.title, names(found)) == ("雨巷", list(TITLES))


def test_words_in_bold_within_a_text_are_no_headings(tmp_path: Path) -> None:
    said = paragraph("“快走！”", "", BOLD)
    xml = (paragraph(PROSE) + said) * 6 + (paragraph("第一章 甲") + paragraph(PROSE)) * 2
    assert names(book(tmp_path, xml)) != ["“快走！”"] * 6
    short = "".join(paragraph(title, "", BOLD) + paragraph("他来了。") * 3 for title in TITLES)
    assert names(book(tmp_path, short)) == [""]


@pytest.mark.parametrize("ending", ["md", "html", "rtf"])
def test_bold_lines_of_other_formats(tmp_path: Path, ending: str) -> None:
    blocks = [text for title in TITLES for text in (f"**{title}**", *[PROSE] * 4)]
    if ending == "md":
        text = "\n\n".join(blocks)
    elif ending == "html":
        inner = "".join(f"<p>{b.replace('**', '<b>', 1).replace('**', '</b>')}</p>" for b in blocks)
        text = f"<html><head><meta charset=utf-8></head><body>{inner}</body></html>"
    else:
        letters = "".join(f"{_rtf(block)}\\par " for block in blocks)
        text = "{\\rtf1\\ansi " + letters + "}"
    path = tmp_path / f"book.{ending}"
    path.write_text(text, encoding="utf-8")
    assert names(read_book(path)) == list(TITLES)


def _rtf(block: str) -> str:
    plain = block.strip("*")
    letters = "".join(f"\\u{ord(letter)}?" for letter in plain)
    return f"\\b {letters}\\b0 " if block != plain else letters


_NUMBERING = (
    '<w:abstractNum w:abstractNumId="9"><w:lvl w:ilvl="0"><w:start w:val="1"/>'
    '<w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="7"><w:abstractNumId w:val="9"/></w:num>'
)
_IN_LIST = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr>'


@pytest.mark.parametrize(
    ("form", "text", "labels"),
    [
        ("chineseCountingThousand", "第%1章", ["第一章", "第二章", "第三章"]),
        ("decimal", "第%1回", ["第1回", "第2回", "第3回"]),
        ("decimal", "%1.", ["1", "2", "3"]),
    ],
)
def test_numbers_of_lists_without_a_style(
    tmp_path: Path, form: str, text: str, labels: list[str]
) -> None:
    xml = "".join(paragraph(title, _IN_LIST) + paragraph(PROSE) * 3 for title in TITLES)
    found = book(tmp_path, xml, numbering=_NUMBERING.format(form=form, text=text))
    assert names(found) == [f"{a} {b}" for a, b in zip(labels, TITLES, strict=True)]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next(tmp_path: Path) -> None:
    mark = '<w:rPr><w:del w:id="1" w:author="x"/></w:rPr>'
    gone = '<w:del w:id="2" w:author="x"><w:r><w:delText>删去。</w:delText></w:r></w:del>'
    xml = (
        paragraph("前半句，", mark)
        + paragraph("后半句。")
        + paragraph("", mark, inside=gone)
        + paragraph("下一段。")
        + paragraph("末段", mark)
    )
    text = book(tmp_path, xml).volumes[0].chapters[0].text
    assert text == "前半句，后半句。\n\n下一段。\n\n末段"


def test_headings_and_texts_parted_by_breaks_of_lines(tmp_path: Path) -> None:
    inside = "<w:r>" + "".join(f"<w:br/><w:t>　　{PROSE}</w:t>" for _ in range(2)) + "</w:r>"
    xml = "".join(
        paragraph(f"第{n}章 {title}", inside=inside)
        for n, title in zip("一二三", TITLES, strict=True)
    )
    found = book(tmp_path, xml)
    assert names(found) == ["第一章 起风", "第二章 夜雨", "第三章 归人"]
    assert found.volumes[0].chapters[0].text == f"{PROSE}\n\n{PROSE}"


def test_verse_stays_together() -> None:
    assert parted("床前明月光，\n疑是地上霜。") == ["床前明月光，\n疑是地上霜。"]
    assert parted("甲\n\n乙\n丙") == ["甲", "乙\n丙"]
    assert len(parted("\n".join("一行字" for _ in range(30)))) == 30


def test_a_frame_around_a_text_is_no_table(tmp_path: Path) -> None:
    cell = "".join(
        paragraph(f"第{n}章 {title}") + paragraph(PROSE) * 2
        for n, title in zip("一二三", TITLES, strict=True)
    )
    xml = f"<w:tbl><w:tr><w:tc>{cell}</w:tc></w:tr></w:tbl>"
    assert names(book(tmp_path, xml)) == ["第一章 起风", "第二章 夜雨", "第三章 归人"]


def test_a_number_and_its_title_in_two_headings(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    parts = (f"# Chapter {n}\n\n## {t}\n\n{PROSE}\n\n" for n, t in enumerate(TITLES, 1))
    path.write_text("".join(parts), encoding="utf-8")
    assert names(read_book(path)) == ["Chapter 1 起风", "Chapter 2 夜雨", "Chapter 3 归人"]


def test_the_place_of_a_table_of_contents_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "book.md"
    path.write_text(f"# 雨巷\n\n[TOC]\n\n## 第一章 起风\n\n{PROSE}\n\n## 第二章 夜雨\n\n{PROSE}\n")
    found = read_book(path)
    assert (found.title, names(found)) == ("雨巷", ["第一章 起风", "第二章 夜雨"])


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_SPACES = " ".join(
    f'xmlns:{name}="{_ODF}:{place}:1.0"'
    for name, place in (
        *(("office", "office"), ("text", "text"), ("style", "style")),
        ("fo", "xsl-fo-compatible"),
    )
)


def flat_odt(tmp_path: Path, styles: str, body: str) -> Path:
    path = tmp_path / "book.fodt"
    path.write_text(
        f'<?xml version="1.0"?><office:document {_SPACES} '
        'office:mimetype="application/vnd.oasis.opendocument.text">'
        f"<office:styles>{styles}</office:styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document>",
        encoding="utf-8",
    )
    return path


def test_automatic_numbers_of_an_odt(tmp_path: Path) -> None:
    shape = 'text:level="1" style:num-prefix="第" style:num-suffix="章" style:num-format'
    text = f"<text:p>{PROSE}</text:p>" * 2
    styles = (
        f'<text:outline-style><text:outline-level-style {shape}="一, 二, 三, ..."/>'
        "</text:outline-style>"
    )
    body = "".join(f'<text:h text:outline-level="1">{one}</text:h>{text}' for one in TITLES)
    assert names(read_book(flat_odt(tmp_path, styles, body))) == [
        *("第一章 起风", "第二章 夜雨", "第三章 归人"),
    ]
    styles = (
        f'<text:list-style style:name="L"><text:list-level-style-number {shape}="1"/>'
        "</text:list-style>"
    )
    body = "".join(
        f'<text:list text:style-name="L" text:continue-numbering="true"><text:list-item>'
        f"<text:p>{one}</text:p></text:list-item></text:list>{text}"
        for one in TITLES
    )
    assert names(read_book(flat_odt(tmp_path, styles, body))) == [
        *("第1章 起风", "第2章 夜雨", "第3章 归人"),
    ]


def test_lines_of_an_odt_that_look_like_headings(tmp_path: Path) -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph">'
        '<style:paragraph-properties fo:text-align="center"/>'
        '<style:text-properties fo:font-size="18pt"/></style:style>'
    )
    text = f"<text:p>{PROSE}</text:p>" * 4
    body = "".join(f'<text:p text:style-name="P1">{one}</text:p>{text}' for one in TITLES)
    assert names(read_book(flat_odt(tmp_path, styles, body))) == list(TITLES)


def test_numbers_of_lists_in_rtf_and_no_bullets(tmp_path: Path) -> None:
    path = tmp_path / "book.rtf"
    parts = (
        f"\\pard{{\\listtext {_rtf(f'第{n}章')}\\tab}}{_rtf(title)}\\par"
        f"\\pard{{\\pntext\\f1 \\'B7\\tab}}{_rtf(PROSE)}\\par "
        for n, title in zip("一二三", TITLES, strict=True)
    )
    path.write_text("{\\rtf1\\ansi " + "".join(parts) + "}", encoding="ascii")
    found = read_book(path)
    assert names(found) == ["第一章 起风", "第二章 夜雨", "第三章 归人"]
    assert found.volumes[0].chapters[0].text == PROSE


def test_links_of_a_site_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    path.write_text(
        "<html><head><meta charset=utf-8></head><body><nav><a href='/'>首页</a></nav>"
        f"<h1>第一章 起风</h1><p>{PROSE}</p></body></html>",
        encoding="utf-8",
    )
    found = read_book(path)
    assert names(found) == ["第一章 起风"]
    assert found.volumes[0].chapters[0].text == PROSE
