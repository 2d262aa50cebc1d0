"""Dividing plain texts into volumes and chapters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from tests.support.parsing import parse_text, shape, texts

ENGLISH = "It was raining, and nobody came to the house that day."
CHINESE = "那一天下着雨，没有人到他家里来。"
LONG = " ".join([ENGLISH] * 6)


def test_chapters_with_titles() -> None:
    book = parse_text(f"Chapter 1: Rain\n\n{ENGLISH}\n\nChapter 2\n\n{LONG}\n")
    assert shape(book) == [("", ["Rain", ""])]
    assert texts(book) == [ENGLISH, LONG]
    assert (book.title, book.language) == ("", Language.ENGLISH)


def test_title_and_author_are_not_a_chapter() -> None:
    book = parse_text(f"《雨》张三\n\n第一回 风\n{CHINESE}\n第二回 云\n{CHINESE}")
    assert (book.title, book.language) == ("雨", Language.CHINESE)
    assert shape(book) == [("", ["风", "云"])]
    book = parse_text(f"THE RAIN\n\nby Jane Doe\n\nCHAPTER I\n\n{ENGLISH}")
    assert book.title == "THE RAIN"
    assert shape(book) == [("", [""])]
    assert parse_text(f"书名：雨\n作者：张三\n\n第一章 风\n{CHINESE}").title == "雨"
    assert parse_text(f"雨\n作者：张三\n\n第一章 风\n{CHINESE}").title == "雨"


@pytest.mark.parametrize(
    ("heading", "title", "text"),
    [("第一章 风", "前言", CHINESE), ("Chapter 1: Rain", "Front matter", ENGLISH)],
)
def test_text_before_the_first_heading_becomes_a_chapter(
    heading: str, title: str, text: str
) -> None:
    book = parse_text(f"{text}\n\n{text}\n\n{heading}\n\n{text}")
    assert shape(book)[0][1][0] == title
    assert texts(book) == [f"{text}\n\n{text}", text]


def test_front_matter_is_named_in_the_language_that_is_given() -> None:
    volumes = parse_text(f"{LONG}\n\n{LONG}\n\nChapter 1\n\n{LONG}", Language.CHINESE).volumes
    assert volumes[0].chapters[0].title == "前言"


def test_volumes() -> None:
    book = parse_text(
        f"楔子\n{CHINESE}\n第一卷 风起\n第一章 少年\n{CHINESE}\n第二章 老人\n{CHINESE}\n"
        f"第二卷\n第一章 归来\n{CHINESE}\n尾声\n{CHINESE}"
    )
    assert shape(book) == [
        ("", ["楔子"]),
        ("风起", ["少年", "老人"]),
        ("第二卷", ["归来", "尾声"]),
    ]


def test_a_volume_named_before_each_chapter_is_one_volume() -> None:
    book = parse_text(
        f"第一卷 风 第一章 甲\n{CHINESE}\n第一卷 风 第二章 乙\n{CHINESE}\n"
        f"第二卷 云 第三章 丙\n{CHINESE}"
    )
    assert shape(book) == [("风", ["甲", "乙"]), ("云", ["丙"])]
    book = parse_text(f"第一卷 风\n第一章 甲\n{CHINESE}\n第一卷 风\n第二章 乙\n{CHINESE}")
    assert shape(book) == [("风", ["甲", "乙"])]
    assert texts(book) == [CHINESE, CHINESE]


def test_text_between_a_volume_and_its_first_chapter_is_kept() -> None:
    book = parse_text(
        f"Part One: Sea\n\n{LONG}\n\nChapter 1\n\n{ENGLISH}\n\nChapter 2\n\n{ENGLISH}"
    )
    assert shape(book) == [("Sea", ["Sea", "", ""])]
    assert texts(book)[0] == LONG


def test_parts_without_chapters_are_the_chapters() -> None:
    book = parse_text(f"Part One\n\n{LONG}\n\nPart Two: Sea\n\n{LONG}")
    assert shape(book) == [("", ["Part One", "Sea"])]


def test_sections_are_chapters_only_where_there_are_no_others() -> None:
    assert shape(parse_text(f"第1节 甲\n{CHINESE}\n第2节 乙\n{CHINESE}")) == [("", ["甲", "乙"])]
    book = parse_text(f"第一章 甲\n第一节 子\n{CHINESE}\n第二章 乙\n{CHINESE}")
    assert shape(book) == [("", ["甲", "乙"])]
    assert texts(book)[0] == f"第一节 子\n\n{CHINESE}"


def test_a_heading_inside_prose_does_not_split() -> None:
    text = f"第一章 战\n{CHINESE}\n第三回合他终于倒下了。\n{CHINESE}\n第二章 和\n{CHINESE}"
    assert shape(parse_text(text)) == [("", ["战", "和"])]
    wrapped = (
        "Chapter 1: War\n\n"
        + "All that has been told so far about the siege of the town was written in\n"
        + "Chapter V.\nNobody read it, and it was forgotten by everybody.\n\n"
        + f"Chapter 2: Peace\n\n{ENGLISH}"
    )
    assert shape(parse_text(wrapped)) == [("", ["War", "Peace"])]


def contents(count: int) -> str:
    return "\n".join(f"第{n}章 标题{n}" for n in range(1, count + 1))


def chapters(count: int) -> str:
    return "\n\n".join(f"第{n}章 标题{n}\n\n{CHINESE}" for n in range(1, count + 1))


def test_a_table_of_contents_is_left_out() -> None:
    book = parse_text(f"《雨》\n\n目录\n\n{contents(120)}\n\n\n{chapters(120)}")
    assert book.title == "雨"
    assert shape(book) == [("", [f"标题{n}" for n in range(1, 121)])]
    assert set(texts(book)) == {CHINESE}


def test_a_table_of_contents_with_page_numbers_and_volumes() -> None:
    entries = "PART ONE\nChapter 1: Rain ........ 5\nChapter 2: Sun ........ 17"
    book = parse_text(
        f"THE RAIN\n\nContents\n\n{entries}\n\n"
        f"PART ONE\n\nChapter 1: Rain\n\n{LONG}\n\nChapter 2: Sun\n\n{LONG}"
    )
    assert shape(book) == [("PART ONE", ["Rain", "Sun"])]
    assert book.title == "THE RAIN"


def test_a_foreword_after_the_table_of_contents_is_kept() -> None:
    book = parse_text(f"{contents(3)}\n\n{CHINESE}\n{CHINESE}\n{CHINESE}\n\n{chapters(3)}")
    assert shape(book) == [("", ["前言", "标题1", "标题2", "标题3"])]
    book = parse_text(f"{contents(3)}\n\n序\n\n{CHINESE}\n\n{CHINESE}\n{CHINESE}\n\n{chapters(3)}")
    assert shape(book) == [("", ["序", "标题1", "标题2", "标题3"])]


def test_numbers_that_begin_again_in_each_part_are_no_table_of_contents() -> None:
    part = f"Chapter 1\n\n{LONG}\n\nChapter 2\n\n{LONG}"
    book = parse_text(f"{part}\n\nPart Two\n\n{part}")
    assert shape(book) == [("", ["", ""]), ("Part Two", ["", ""])]


def test_empty_chapters_stay_as_planned_chapters() -> None:
    book = parse_text(f"Chapter 1: Rain\n\nChapter 2: Sun\n\n{ENGLISH}\n\nChapter 3: Snow\n")
    assert shape(book) == [("", ["Rain", "Sun", "Snow"])]
    assert texts(book) == ["", ENGLISH, ""]


def test_a_heading_written_twice_counts_once() -> None:
    book = parse_text(f"Chapter 1: Rain\n\nChapter 1\n\n{ENGLISH}\n\nChapter 2: Sun\n\n{ENGLISH}")
    assert shape(book) == [("", ["Rain", "Sun"])]
    assert texts(book) == [ENGLISH, ENGLISH]


def test_titles_in_the_line_below() -> None:
    below = f"CHAPTER I.\nDown the Hole\n\n{LONG}\n\nCHAPTER II.\nWho am I?\n\n{LONG}"
    assert shape(parse_text(below)) == [("", ["Down the Hole", "Who am I?"])]
    capitals = f"Chapter 1\n\nTHE RIVER\n\n{LONG}\n\nChapter 2\n\nTHE ROAD.\n\n{LONG}"
    assert shape(parse_text(capitals)) == [("", ["THE RIVER", "THE ROAD"])]
    indented = f"第一章\n风起\n　　{CHINESE}\n第二章\n云涌\n　　{CHINESE}"
    assert shape(parse_text(indented)) == [("", ["风起", "云涌"])]


def test_the_first_line_of_the_text_is_not_the_title() -> None:
    book = parse_text(f"Chapter 1\nYes.\n\n{LONG}\n\nChapter 2\n{ENGLISH}\n\n{LONG}")
    assert shape(book) == [("", ["", ""])]
    assert texts(book)[0].startswith("Yes.")


@pytest.mark.parametrize(
    "numbers", [["1", "2", "3", "4"], ["I", "II", "III", "IV"], ["一", "二", "三", "四"]]
)
def test_bare_numbers_head_chapters_where_nothing_else_does(numbers: list[str]) -> None:
    book = parse_text("\n\n".join(f"{number}\n\n{LONG}" for number in numbers))
    assert shape(book) == [("", ["", "", "", ""])]
    assert set(texts(book)) == {LONG}


def test_bare_numbers_begin_again_in_each_part() -> None:
    part = "\n\n".join(f"{number}.\n\n{LONG}" for number in (1, 2, 3))
    book = parse_text(f"PART ONE\n\n{part}\n\nPART TWO\n\n{part}")
    assert shape(book) == [("PART ONE", ["", "", ""]), ("PART TWO", ["", "", ""])]


def test_page_numbers_are_not_chapters() -> None:
    pages = "\n\n".join(f"{ENGLISH} Nobody had\n\n{n}\n\nseen it." for n in range(1, 9))
    assert shape(parse_text(pages)) == [("", [""])]


def test_a_text_without_headings_is_one_chapter() -> None:
    book = parse_text(f"{ENGLISH}\n\n{LONG}\n")
    assert shape(book) == [("", [""])]
    assert texts(book) == [f"{ENGLISH}\n\n{LONG}"]


def test_markdown_headings_in_a_text_file() -> None:
    book = parse_text(f"# Rain\n\n{ENGLISH}\n\n# Sun\n\n{ENGLISH}")
    assert shape(book) == [("", ["Rain", "Sun"])]


HEADINGS = "第一章 | 第二章 风 | 第一卷 云 | 序 | Chapter 1 | Chapter 2: A | Part One | 1 | 2 | 3"
OTHERS = "目录 | # A | ## B |  |  | BOOM |   x   | by A"


@given(
    st.lists(
        st.sampled_from([*HEADINGS.split(" | "), *OTHERS.split(" | "), ENGLISH, CHINESE, LONG]),
        max_size=30,
    )
)
def test_prose_is_never_lost_nor_doubled(lines: list[str]) -> None:
    book = parse_text("\n".join(lines))
    read = "\n".join([book.title, *texts(book)])
    for prose in (LONG, CHINESE):
        assert read.count(prose) == lines.count(prose)
