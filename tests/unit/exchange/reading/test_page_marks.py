"""Marks of pages in plain texts: rubbish of sites goes, what a text is about stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.exchange.importing import read_book
from arboris_desktop.exchange.reading.page_marks import without_page_marks
from tests.support.parsing import texts

ABOUT_PAGES = [
    "He had forgotten the </p> at the end of the line.",
    "他说：“少了一个</p>。”老周把它补上。",
    "A paragraph begins with <p> and ends with </p> or with nothing.",
    "她在纸上写下 <br> 三个字。",
    "You type &nbsp; where no line may break.",
    "Between `<hr>` and `<br/>` there is a world.",
    "他把<p>改成了别的，又把</p>删掉了。",
]
OF_SITES = [
    ("雨落下来。<br>他走了。<br>", ["雨落下来。", "他走了。"]),
    ("雨落下来。<br /><br />他走了。", ["雨落下来。", "他走了。"]),
    ("<p>雨落下来</p><p>他走了</p>", ["雨落下来", "他走了"]),
    ("<p>雨落下来</p>\n<p>他走了</p>", ["雨落下来", "他走了"]),
    ("&nbsp;&nbsp;雨落下来。\n&nbsp;&nbsp;他走了。", ["雨落下来。", "他走了。"]),
    ("雨落下来<br>　　他走了<br>", ["雨落下来", "他走了"]),
    ("床前明月光<br>疑是地上霜<br>举头望明月<br>", ["床前明月光", "疑是地上霜", "举头望明月"]),
    ("It rained.</P> <P>He left.", ["It rained.", "He left."]),
]


@pytest.mark.parametrize("text", ABOUT_PAGES)
def test_a_text_about_pages_keeps_its_words(tmp_path: Path, text: str) -> None:
    assert without_page_marks(text) == text
    path = tmp_path / "book.txt"
    path.write_text(f"第一章 甲\n　　{text}\n第二章 乙\n　　{text}\n", encoding="utf-8")
    assert texts(read_book(path)) == [text, text]


@pytest.mark.parametrize(("text", "lines"), OF_SITES)
def test_marks_of_sites_are_line_ends_and_indents(text: str, lines: list[str]) -> None:
    cleaned = without_page_marks(text).split("\n")
    assert [line.strip() for line in cleaned if line.strip()] == lines


def test_a_site_may_have_one_sentence_about_pages() -> None:
    text = "雨落下来。<br>\n他说：“<br>是什么？”<br>\n她不知道。<br>\n"
    assert "<br>\n" not in without_page_marks(text)
    assert "雨落下来。" in without_page_marks(text)


def test_a_rule_of_a_page_is_a_break_between_scenes() -> None:
    assert without_page_marks("雨。<hr />风。") == "雨。\n\n* * *\n\n风。"


@given(
    st.lists(st.sampled_from(["雨", "。", "<p>", "</p>", "<br>", "&nbsp;", " ", "\n", "“", "”"]))
)
def test_nothing_but_marks_is_taken(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert without_page_marks(text).count("雨") == text.count("雨")
    assert without_page_marks(text).count("“") == text.count("“")


@pytest.mark.timeout(60)
def test_a_million_marks_take_no_longer_than_their_number() -> None:
    assert "<" not in without_page_marks("雨。<br>" * 1_000_000)
