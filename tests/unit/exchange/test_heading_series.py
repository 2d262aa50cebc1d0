"""Lines become chapters by their series: numbers that go on, jumps, repeats, lists of contents."""

from __future__ import annotations

import pytest

from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.division import divide
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.number_notes import NumberNote, number_notes
from tests.support.parsing import parse_text, shape, texts
from tests.unit.exchange.heading_samples import EN, ZH, chapters, titles
from tests.unit.exchange.test_heading_forms import CHINESE

AD = "请记住本站域名 www.example.com 手机版阅读网址 m.example.com 更新最快无弹窗"


def notes(text: str) -> list[NumberNote]:
    return number_notes(divide(Manuscript("txt", text.split("\n")), Correction()).marks)


def test_a_doubtful_line_counts_if_its_number_goes_on() -> None:
    headings = (
        "第一章起风",
        "第二章的代价",
        "第三章中秋",
        "第四章程序员",
        "第五章里斯本",
        "第六章归人",
    )
    assert titles(chapters(*headings)) == ["起风", "的代价", "中秋", "程序员", "里斯本", "归人"]
    mixed = chapters("第一章 甲", "第二章程序员", "第三章 丙")
    assert titles(mixed) == ["甲", "程序员", "丙"]


def test_lines_of_other_forms_fill_the_gaps() -> None:
    assert titles(chapters("第一章 甲", "2、乙", "第三章 丙", "第四回 丁")) == [
        "甲",
        "乙",
        "丙",
        "丁",
    ]
    text = chapters("Chapter 1: A", "2. B", "Chapter 3: C", prose=f"\n{EN}\n")
    assert titles(text) == ["A", "B", "C"]


def test_an_advertisement_above_a_heading_hides_nothing() -> None:
    text = f"第一章起风\n{ZH}\n{AD}\n第二章落雨\n{ZH}\n{AD}\n第三章归人\n{ZH}"
    assert titles(text) == ["起风", "落雨", "归人"]
    assert AD in texts(parse_text(text))[0]


def test_jumps_and_repeats_are_taken_and_told() -> None:
    jump, repeat, back = NumberNote.JUMP, NumberNote.REPEAT, NumberNote.BACK
    fine = NumberNote.FINE
    assert notes(chapters("第一章 甲", "第二章 乙", "第四章 丙")) == [fine, fine, jump]
    assert notes(chapters("第一章甲屋", "第二章乙巷", "第四章丙桥")) == [fine, fine, jump]
    assert notes(chapters("第一章 甲", "第二章 乙", "第二章 丙")) == [fine, fine, repeat]
    assert notes(chapters("第一章 甲", "第三章 乙", "第二章 丙")) == [fine, jump, back]
    restart = chapters("第一卷 春 第一章 甲", "第二卷 秋 第一章 乙")
    assert notes(restart) == [fine] * 4


def test_numbers_need_not_begin_at_one() -> None:
    assert titles(chapters("第五百章 甲", "第五百零一章 乙")) == ["甲", "乙"]


def test_doubled_headings_count_once() -> None:
    text = f"第1章 起风\n\n　　第一章 起风\n{ZH}\n第2章 落雨\n\n　　第二章 落雨\n{ZH}"
    assert titles(text) == ["起风", "落雨"]
    assert texts(parse_text(text)) == ["\n\n".join(line.strip() for line in CHINESE)] * 2
    assert titles(chapters("第一章 甲\nChapter 1 甲", "第二章 乙\nChapter 2 乙")) == ["甲", "乙"]
    bare = chapters("第一章\n第一章 甲屋", "第二章\n第二章 乙巷")
    assert titles(bare) == ["甲屋", "乙巷"]


def test_titles_repeated_below_their_headings_belong_to_them() -> None:
    text = chapters("第一章 甲屋\n　　甲屋", "第二章 乙巷\n　　乙巷", "第三章 丙桥\n　　丙桥")
    assert titles(text) == ["甲屋", "乙巷", "丙桥"]
    assert not any(found.startswith(("甲屋", "乙巷", "丙桥")) for found in texts(parse_text(text)))


ENTRIES = ("第一章 甲屋", "第二章 乙巷", "第三章 丙桥")


@pytest.mark.parametrize(
    "contents",
    [
        "目录\n" + "\n".join(ENTRIES),
        "目　录\n\n" + "\n\n".join(ENTRIES),
        "【目录】\n第一章 甲屋……1\n第二章 乙巷……12\n第三章 丙桥……33",
        "目录\n第1章 甲屋\n第2章 乙巷\n第3章 丙桥",
        "目录\n1. 甲屋\n2. 乙巷\n3. 丙桥",
        "目录\n甲屋\n乙巷\n丙桥",
        "\n".join(ENTRIES),
        "目录\n第一章甲屋\n第二章乙巷\n第三章丙桥",
    ],
)
def test_a_table_of_contents_in_whatever_form(contents: str) -> None:
    text = f"《雨巷》\n\n{contents}\n\n{chapters(*ENTRIES)}"
    assert titles(text) == ["甲屋", "乙巷", "丙桥"]
    assert len(set(texts(parse_text(text)))) == 1
    assert parse_text(text).title == "雨巷"


def test_a_table_of_contents_with_volumes() -> None:
    table = "目录\n第一卷 春\n第一章 甲\n第二章 乙\n第二卷 秋\n第一章 丙\n第二章 丁"
    spring = f"第一卷 春\n{chapters('第1章 甲', '第2章 乙')}"
    autumn = f"第二卷 秋\n{chapters('第1章 丙', '第2章 丁')}"
    book = parse_text(f"{table}\n\n{spring}\n{autumn}")
    assert shape(book) == [("春", ["甲", "乙"]), ("秋", ["丙", "丁"])]


def test_an_english_table_of_contents_in_another_form() -> None:
    entries = "I. Rain\nII. Road\nIII. Home"
    text = "\n\n".join(
        f"CHAPTER {number}\n\n{title}\n\n{EN}"
        for number, title in (("I", "RAIN"), ("II", "ROAD"), ("III", "HOME"))
    )
    book = parse_text(f"THE SHIP\n\nBy Jane Doe\n\nCONTENTS\n\n{entries}\n\n\n{text}")
    assert shape(book) == [("", ["RAIN", "ROAD", "HOME"])]
    assert (book.title, book.author) == ("THE SHIP", "Jane Doe")


def test_volumes_and_chapters_in_one_line_are_no_table_of_contents() -> None:
    text = chapters("第一卷 第一章", "第一卷 第二章", "第二卷 第一章", prose="　　“快跑！”\n" + ZH)
    assert shape(parse_text(text)) == [("第一卷", ["", ""]), ("第二卷", [""])]


def test_headings_of_the_authors_book_keep_their_numbers() -> None:
    text = f"序章\n{ZH}\n{chapters('第一章 甲', '第二章 乙')}\n番外 老周\n{ZH}\n第三章 丙\n{ZH}"
    (volume,) = parse_text(text).volumes
    assert [chapter.label for chapter in volume.chapters] == ["", "第一章", "第二章", "", "第三章"]
    (volume,) = parse_text(chapters("第1回 甲", "第2回 乙")).volumes
    assert [chapter.label for chapter in volume.chapters] == ["第1回", "第2回"]


@pytest.mark.parametrize(
    "form", ["第{n}章雨", "{n}、雨", "{n:04} 雨", "{n}", "【{n}】雨", "Chapter {n}"]
)
@pytest.mark.parametrize("first", [37, 1095])
def test_a_file_of_later_chapters_begins_with_their_number(form: str, first: int) -> None:
    headings = [form.format(n=number) for number in range(first, first + 6)]
    assert len(titles(chapters(*headings))) == 6


def test_numbers_in_another_form_go_on_after_the_last_chapter() -> None:
    headings = ("第一章 甲", "第二章 乙", "3、丙", "4、丁", "5、戊")
    assert titles(chapters(*headings)) == ["甲", "乙", "丙", "丁", "戊"]


def test_a_number_that_is_repeated_is_told() -> None:
    text = chapters("第一章甲屋", "第二章乙巷", "第二章丙桥", "第三章丁店")
    assert titles(text) == ["甲屋", "乙巷", "丙桥", "丁店"]
    assert notes(text) == [NumberNote.FINE, NumberNote.FINE, NumberNote.REPEAT, NumberNote.FINE]


def test_a_table_of_contents_at_the_end_takes_no_chapter_away() -> None:
    text = (
        chapters("第一章 甲", "第二章 乙", "第三章 丙")
        + "\n目录\n第一章 甲\n第二章 乙\n第三章 丙\n"
    )
    assert titles(text) == ["甲", "乙", "丙"]
    assert all(ZH.split("\n")[0].strip() in one for one in texts(parse_text(text)))


@pytest.mark.parametrize(
    ("form", "first", "title"),
    [
        ("分节阅读_{n}", "分节阅读_1", ""),
        ("霸道师兄_分段阅读_{n}", "霸道师兄_分段阅读_1", ""),
        ("[web] 40{n} 起风{n}", "[web] 401", "起风1"),
        ("vol.00{n}", "vol.001", ""),
        ("Lv.{n} 起风{n}", "Lv.1", "起风1"),
        ("章节 {n}：起风{n}", "章节 1", "起风1"),
        ("The Haunted House - Chapter {n}: Rain {n}", "Chapter 1", "Rain 1"),
        ("The Haunted House {n}", "The Haunted House 1", ""),
        ("Journal Entry #{n}", "Journal Entry #1", ""),
        ("V1C{n}", "V1C1", ""),
    ],
)
def test_any_words_around_a_number_that_counts_on(form: str, first: str, title: str) -> None:
    prose = ZH if any(letter > "\u3000" for letter in form) else EN
    book = parse_text("\n\n".join(f"{form.format(n=n)}\n\n{prose}" for n in range(1, 7)))
    ((chapters_),) = (volume.chapters for volume in book.volumes)
    assert len(chapters_) == 6
    assert (chapters_[0].label, chapters_[0].title) == (first, title)


@pytest.mark.parametrize(
    "line", ["Figure {n}", "Player {n} said no.", "page {n}", "He had {n} horses"]
)
def test_words_around_numbers_in_a_text_without_chapters(line: str) -> None:
    text = "\n\n".join(f"{line.format(n=n)}\n\n{EN}" for n in (1, 2, 5, 4, 3))
    assert titles(text) == [""]
