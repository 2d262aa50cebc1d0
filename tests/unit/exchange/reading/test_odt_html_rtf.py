"""OpenDocument, HTML and Rich Text."""

from __future__ import annotations

from pathlib import Path

import pytest

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.parsed_book import ParsedBook
from arboris_desktop.exchange.reading.html import read_html
from arboris_desktop.exchange.reading.odt import read_odt
from arboris_desktop.exchange.reading.rtf import read_rtf
from tests.support.documents import odt_of
from tests.support.parsing import shape, texts

PROSE = "It was raining, and nobody came to the house that day."
ITALIC = (
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties fo:font-style="italic"/></style:style>'
    '<style:style style:name="T2" style:family="text">'
    '<style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
)


def book(data: bytes, tmp_path: Path, name: str) -> ParsedBook:
    path = tmp_path / name
    path.write_bytes(data)
    return read_book(path)


def heading(level: int, text: str) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def test_odt(tmp_path: Path) -> None:
    body = (
        '<text:p text:style-name="P1">The Storm</text:p>'
        + heading(1, "Rain")
        + f"<text:p>{PROSE}</text:p>"
        + '<text:p>She <text:span text:style-name="T1">ran </text:span>'
        + '<text:span text:style-name="T2">away</text:span>.<text:line-break/>'
        + 'A<text:s text:c="2"/>B</text:p>'
        + heading(1, "Sun")
        + "<text:list><text:list-item><text:p>Milk</text:p></text:list-item></text:list>"
    )
    meta = "<dc:title>Other</dc:title><meta:initial-creator>Jane Doe</meta:initial-creator>"
    found = book(odt_of(body, ITALIC, meta), tmp_path, "file.odt")
    assert (found.title, found.author) == ("The Storm", "Jane Doe")
    assert shape(found) == [("", ["Rain", "Sun"])]
    assert texts(found) == [f"{PROSE}\n\nShe *ran* **away**.\nA  B", "Milk"]


def test_odt_notes_changes_and_tables() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>gone</text:p>"
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Said<text:note text:note-class="footnote"><text:note-citation>1'
        "</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body>"
        "</text:note>.<office:annotation><dc:creator>Ann</dc:creator><text:p>Why?</text:p>"
        "</office:annotation></text:p>"
        "<table:table><table:table-row><table:table-cell><text:p>A</text:p></table:table-cell>"
        "<table:table-cell><text:p>B</text:p></table:table-cell></table:table-row></table:table>"
    )
    assert read_odt(odt_of(body)).lines == ["Said[^1].", "[^1]: A note.", "[Ann: Why?]", "A | B"]


def test_html(tmp_path: Path) -> None:
    page = (
        "<!DOCTYPE html><html><head><title>The Storm</title><meta name='author' content='Jane'>"
        "<style>p { color: red }</style><script>alert('x')</script></head><body>"
        f"<h1>Rain</h1><p>{PROSE}</p><p>She <em>ran</em>\n <strong>away</strong>.<br>Home."
        f"<div>A <span style='font-style: italic'>div</span></div><hr>"
        f"<h1>Sun</h1>bare text<blockquote><p>A letter.</p></blockquote>"
    )
    found = book(page.encode(), tmp_path, "file.html")
    assert (found.title, found.author) == ("The Storm", "Jane")
    assert shape(found) == [("", ["Rain", "Sun"])]
    assert texts(found)[0].split("\n\n") == [
        PROSE,
        "She *ran* **away**.\nHome.",
        "A *div*",
        "* * *",
    ]
    assert texts(found)[1] == "bare text\n\nA letter."


def test_a_page_whose_paragraphs_are_breaks() -> None:
    page = "<html><body>" + "<br>".join(f"&nbsp;&nbsp;&nbsp;&nbsp;第{n}段。" for n in range(9))
    assert read_html(page).lines == [f"第{n}段。" for n in range(9)]
    page = "<html><body>一。<br><br>二。<br><br>三。"
    assert read_html(page).lines == ["一。", "二。", "三。"]


def test_lines_of_a_chinese_page_are_joined_without_spaces() -> None:
    assert read_html("<p>天色已经\n暗了。</p><p>one\ntwo</p>").lines == [
        "天色已经暗了。",
        "one two",
    ]


def test_the_encoding_that_a_page_states(tmp_path: Path) -> None:
    page = (
        '<html><head><meta charset="gb2312"></head><body><h1>雨</h1><p>天黑了。</p></body></html>'
    )
    found = book(page.encode("gb18030"), tmp_path, "file.htm")
    assert texts(found) == ["天黑了。"]


def test_rtf(tmp_path: Path) -> None:
    text = (
        r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\froman Times;}{\f1\fcharset134 SimSun;}}"
        r"{\stylesheet{\s1 heading 1;}}{\info{\title The Storm}{\author Jane Doe}}"
        r"\pard\outlinelevel0 Rain\par\pard It was {\i raining} and {\b dark}\'85\par"
        r"\ldblquote Yes,\rdblquote  she said.\line Home \u8212?\par{\*\generator X;}"
        r"{\f1 \'cc\'ec\'ba\'da\'c1\'cb}\u12290?\par\pard\outlinelevel0 Sun\par\pard x\{y\}\par}"
    )
    found = book(text.encode("ascii"), tmp_path, "file.rtf")
    assert (found.title, found.author) == ("The Storm", "Jane Doe")
    assert shape(found) == [("", ["Rain", "Sun"])]
    assert texts(found) == [
        "It was *raining* and **dark**…\n\n“Yes,” she said.\nHome —\n\n天黑了。",
        "x{y}",
    ]


def test_rtf_of_many_braces_and_half_a_file() -> None:
    assert read_rtf(rb"{\rtf1 One\par Two").lines == ["One", "Two"]
    assert (
        read_rtf(rb"{\rtf1 {\pict 89504e47}{\unknown}One\u-10179?\u-8704?\par}").lines[0] == "One😀"
    )


def test_classes_and_links_of_a_page_that_say_what_its_tags_do_not() -> None:
    """As Google Docs, Calibre and AO3 write pages."""
    sheet = "<style>/* .c9{x} */ .c1{font-style:italic} p.c2,.c3{font-weight:700}</style>"
    said = "<p class='chapter-title c3'>Rain {n}</p>"
    said += "<div class='chapter'><p>She <span class='c1'>ran</span>.</p></div>"
    body = "".join(said.format(n=n) for n in (1, 2))
    page = f"<head>{sheet}</head><body><p>by <a rel='author' href='x'>Jane Roe</a></p>{body}</body>"
    found = read_html(page)
    assert found.author == "Jane Roe"
    assert list(found.lines) == [
        "by Jane Roe",
        *("Rain 1", "She *ran*."),
        *("Rain 2", "She *ran*."),
    ]
    assert found.levels == {1: 2, 3: 2}
    # Classes count for nothing where there are headings.
    assert read_html(page.replace("<body>", "<body><h1>The Sea</h1>")).levels == {0: 1}


@pytest.mark.parametrize("style", ["white-space: pre-wrap", "color: red; white-space:pre", ""])
def test_spaces_of_a_page_are_kept_where_it_says_so(style: str) -> None:
    page = f'<p style="{style}">It  rained.<br>And   she <em>ran  </em>home.</p><p>One  two.</p>'
    kept = ["It  rained.\nAnd   she *ran*  home.", "One two."]
    shown = ["It rained.\nAnd she *ran* home.", "One two."]
    assert read_html(page).lines == (kept if style else shown)
