"""Reading Markdown: levels, the title, metadata, escapes; and writing prose as Markdown."""

from __future__ import annotations

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from arboris_desktop.exchange.markdown import escape
from arboris_desktop.text.emphasis import EMPHASIS
from tests.support.parsing import parse_markdown, shape, texts

PROSE = "It was raining, and nobody came to the house that day."


def markdown(*headings: str) -> str:
    return "\n\n".join(f"{heading}\n\n{PROSE}" for heading in headings)


@pytest.mark.parametrize("hashes", ["#", "##", "###"])
def test_one_level_gives_chapters(hashes: str) -> None:
    book = parse_markdown(markdown(f"{hashes} Rain", f"{hashes} Sun {hashes}"))
    assert shape(book) == [("", ["Rain", "Sun"])]
    assert texts(book) == [PROSE, PROSE]


def test_two_levels_give_volumes_and_chapters() -> None:
    book = parse_markdown(
        "# Sea\n\n" + markdown("## Rain", "## Sun") + "\n\n# Land\n\n" + markdown("## Snow")
    )
    assert shape(book) == [("Sea", ["Rain", "Sun"]), ("Land", ["Snow"])]


def test_a_single_first_heading_above_the_others_is_the_title() -> None:
    book = parse_markdown("# The Storm\n\n" + markdown("## Rain", "## Sun"))
    assert (book.title, shape(book)) == ("The Storm", [("", ["Rain", "Sun"])])
    book = parse_markdown("# The Storm\n\n## Sea\n\n" + markdown("### Rain", "### Sun"))
    assert (book.title, shape(book)) == ("The Storm", [("Sea", ["Rain", "Sun"])])
    book = parse_markdown("# Part One\n\n" + markdown("## Rain", "## Sun"))
    assert (book.title, shape(book)) == ("Part One", [("", ["Rain", "Sun"])])


def test_text_below_the_title_is_kept() -> None:
    book = parse_markdown(f"# The Storm\n\n{PROSE}\n\n" + markdown("## Rain", "## Sun"))
    assert shape(book) == [("", ["Front matter", "Rain", "Sun"])]
    assert texts(book)[0] == PROSE


def test_scenes_inside_chapters_are_text() -> None:
    book = parse_markdown(f"# Chapter 1: Rain\n\n## At night\n\n{PROSE}\n\n# Chapter 2\n\n{PROSE}")
    assert shape(book) == [("", ["Rain", ""])]
    assert texts(book)[0] == f"At night\n\n{PROSE}"
    book = parse_markdown(markdown("# Rain", "## At night", "# Sun", "## At noon"))
    assert shape(book) == [("", ["Rain", "Sun"])]


def test_numbers_are_taken_off_titles() -> None:
    headings = ("## Chapter 1: Rain", "## 第二章 风", "## 3", "## Prologue", "## 1984 and after")
    assert shape(parse_markdown(markdown(*headings)))[0][1] == [
        "Rain",
        "风",
        "",
        "Prologue",
        "1984 and after",
    ]


def test_hashes_without_a_space_before_a_plain_heading() -> None:
    assert shape(parse_markdown(markdown("#第一章 风", "#第二章 云"))) == [("", ["风", "云"])]
    assert shape(parse_markdown(f"#rain is falling\n\n{PROSE}")) == [("", [""])]


def test_headings_of_plain_text_where_there_are_none_of_markdown() -> None:
    book = parse_markdown(markdown("Chapter 1: Rain", "**Chapter 2: Sun**"))
    assert shape(book) == [("", ["Rain", "Sun"])]


def test_metadata_gives_the_title() -> None:
    book = parse_markdown("---\ntitle: 'The Storm'\ntags:\n- a\n---\n\n" + markdown("# A", "# B"))
    assert (book.title, shape(book)) == ("The Storm", [("", ["A", "B"])])
    book = parse_markdown(f"---\n\n{PROSE}\n\n---\n\n" + markdown("# A", "# B"))
    assert shape(book)[0][1] == ["Front matter", "A", "B"]


def test_escapes_entities_and_hard_breaks_are_read() -> None:
    book = parse_markdown(
        "# A\n\n\\# not a heading, 1\\*2 \\\\ &amp; &mdash; &nosuch; \\q\n\n"
        "roses\\\nviolets  \nlilies\n\nends with a backslash \\\n\n# B\n\nx"
    )
    assert texts(book)[0].split("\n\n") == [
        "# not a heading, 1*2 \\ & — &nosuch; \\q",
        "roses\nviolets\nlilies",
        "ends with a backslash \\",
    ]


def test_emphasis_stays_as_it_was_written() -> None:
    assert texts(parse_markdown("# A\n\nHe *really* left.")) == ["He *really* left."]


MARKUP = (
    "1. a|12) b|- c|+ d|> e|# f|===|---|~~~|&amp;|***|[a](b)|<b>|`c`|![x](y)|_e_|**f**|a\\|&#35;"
    "|https://a.b/_c_|* * *|- - -"
)
LINES = st.one_of(
    st.text(alphabet="abZ01 \\`*_{}[]()<>#+-=.!&;~|:/'\"“—。，你好", min_size=1, max_size=30),
    st.sampled_from(MARKUP.split("|")),
).map(str.strip)


def has_no_marks(line: str) -> bool:
    """True if nothing in a line has a meaning in the program's texts too."""
    return bool(line) and not EMPHASIS.search(line) and "[^" not in line and r"\*" not in line


@given(LINES.filter(has_no_marks))
def test_escaped_prose_is_shown_as_it_is(line: str) -> None:
    """A Markdown renderer that is not ours gives one paragraph with exactly the line."""
    shown = MarkdownIt().render(escape(line, alone=False))
    match = re.fullmatch(r"<p>(.*)</p>\n", shown)
    assert match is not None
    assert html.unescape(match[1]) == line


@given(LINES.filter(has_no_marks), LINES.filter(has_no_marks))
def test_escaped_lines_of_one_paragraph(first: str, second: str) -> None:
    text = f"{escape(first, alone=False)}  \n{escape(second, alone=False)}"
    match = re.fullmatch(r"<p>(.*)</p>\n", MarkdownIt().render(text), re.DOTALL)
    assert match is not None
    assert html.unescape(match[1].replace("<br />\n", "\n")) == f"{first}\n{second}"


@pytest.mark.parametrize("mark", ["* * *", "***", "---", "*****"])
def test_a_scene_break_alone_stays_a_break(mark: str) -> None:
    assert escape(mark) == "* * *"
    assert MarkdownIt().render(escape(mark)) == "<hr />\n"
    assert "<hr" not in MarkdownIt().render("text  \n" + escape(mark, alone=False))


@pytest.mark.parametrize("line", ["He said: don't go!", "“你好。”他说（笑）。", "a - b, 3.14 (c)"])
def test_ordinary_prose_is_not_disturbed(line: str) -> None:
    assert escape(line) == line
