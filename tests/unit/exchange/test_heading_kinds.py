"""Lines that look like headings: what is prose stays prose, and rarer forms are found."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.division import divide
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.text.book_names import name_of_file
from tests.support.parsing import parse_text, shape, texts
from tests.unit.exchange.heading_samples import EN, ZH, chapters, titles
from tests.unit.exchange.test_heading_forms import CHINESE

# --- prose ---


@pytest.mark.parametrize(
    "line",
    [
        "　　第一部 手机是他父亲送的。",
        "　　第二章我还没想好怎么写。",
        "　　第二章 我还没想好怎么写，他说。",
        "　　第三回合他终于倒下了。",
        "　　他翻到第一章，看了很久。",
        "　　他翻到第二章",
        "　　第二天，他走了。",
        "　　第一卷书是他父亲留下的。",
        "　　1、买米\n　　2、买油\n　　3、买盐",
        "　　（一）米\n　　（二）油\n　　（三）盐",
        "　　12个人走了过来。",
        "　　一，他没有来。",
        "（第一章 完）",
        "第一章完",
    ],
)
def test_chinese_prose_stays_in_its_chapter(line: str) -> None:
    text = f"第一章 甲\n{ZH}\n{line}\n{ZH}\n第二章 乙\n{ZH}\n第三章 丙\n{ZH}"
    assert titles(text) == ["甲", "乙", "丙"]
    kept = "\n\n".join(one.strip() for one in line.split("\n"))
    assert kept in texts(parse_text(text))[0]


@pytest.mark.parametrize(
    "line",
    [
        "Chapter 2 of the book lay open on the table.",
        "Part of him knew. Part two was worse.",
        "Book two, she thought, was the better one.",
        "I went home.",
        "12 people came.",
        "1. Milk\n\n2. Bread\n\n3. Salt",
        "One day he would know.",
        "Letter by letter he spelled it out.",
        "Day after day it rained.",
    ],
)
def test_english_prose_stays_in_its_chapter(line: str) -> None:
    text = f"Chapter 1\n\n{EN}\n\n{line}\n\n{EN}\n\nChapter 2\n\n{EN}\n\nChapter 3\n\n{EN}"
    assert titles(text) == ["", "", ""]
    assert line in texts(parse_text(text))[0]


def test_a_list_heads_no_chapters() -> None:
    assert titles(f"{ZH}\n1、米\n2、油\n3、盐\n{ZH}") == [""]
    assert titles(f"{EN}\n\n1. Milk\n2. Bread\n3. Salt\n\n{EN}") == [""]


def test_numbers_within_chapters_are_text() -> None:
    sections = "\n".join(f"{number}\n{ZH}" for number in (1, 2, 3))
    assert titles(chapters("第一章 甲", "第二章 乙", "第三章 丙", prose=sections)) == [
        "甲",
        "乙",
        "丙",
    ]
    inner = "\n".join(f"{number}、子\n{ZH}" for number in (1, 2))
    text = chapters("一、甲", "二、乙", "三、丙", prose=f"{ZH}\n{inner}")
    assert titles(text) == ["甲", "乙", "丙"]


# --- titles ---


@pytest.mark.parametrize(
    ("line", "title"),
    [
        ("第一章 甲屋（求月票！）", "甲屋"),
        ("第一章 甲屋(第二更，求推荐票)", "甲屋"),
        ("第一章 甲屋【为盟主某某加更】", "甲屋"),
        ("第一章 甲屋 [VIP]", "甲屋"),
        ("第一章 甲屋 更新时间：2013-4-5 12:00:00 本章字数：3024", "甲屋"),
        ("第一章 甲屋 www.example.com", "甲屋"),
        ("第一章 甲屋（www.example.com）", "甲屋"),
        ("第一章 甲屋-起点中文网", "甲屋"),
        ("第一章 甲屋 最新章节", "甲屋"),
        ("第一章 甲屋（上）", "甲屋（上）"),
        ("第一章 甲屋（收藏家）", "甲屋（收藏家）"),
        ("第一章 求雨", "求雨"),
        ("第一章 更新世", "更新世"),
    ],
)
def test_rubbish_of_sites_is_no_part_of_a_title(line: str, title: str) -> None:
    assert titles(chapters(line, "第二章 乙巷"))[0] == title


# --- forms that are rarer ---


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("第I章 甲屋 / 第II章 乙巷 / 第III章 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("第Ⅰ章 甲屋 / 第Ⅱ章 乙巷 / 第Ⅲ章 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("第1章-甲屋 / 第2章-乙巷 / 第3章-丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("第一章——甲屋 / 第二章——乙巷 / 第三章——丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("故事一：甲屋 / 故事二：乙巷 / 故事三：丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("案件1 甲屋 / 案件2 乙巷 / 案件3 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("雨夜之一 / 雨夜之二 / 雨夜之三", " /  / "),
        ("第一章 甲 / 笫二章 乙 / 第三章 丙", "甲 / 乙 / 丙"),
        ("第一章（上） / 第一章（下） / 第二章（上）", "（上） / （下） / （上）"),
        ("楔　子 / 第一章 甲 / 第二章 乙 / 尾 声", "楔子 / 甲 / 乙 / 尾声"),
        ("第1章 甲_书_某阁 / 第2章 乙_书_某阁 / 第3章 丙_书_某阁", "甲 / 乙 / 丙"),
        (
            "第1章 甲-雨夜-起点中文网 / 第2章 乙-雨夜-起点中文网 / 第3章 丙-雨夜-起点中文网",
            "甲 / 乙 / 丙",
        ),
    ],
)
def test_rarer_chinese_forms(headings: str, expected: str) -> None:
    assert titles(chapters(*headings.split(" / "))) == expected.split(" / ")


def test_a_volume_and_its_chapter_in_one_line_and_the_chapter_once_more() -> None:
    heads = ("第一卷 海 第一章 甲\n\n第一章 甲", "第一卷 海 第二章 乙\n\n第二章 乙")
    assert shape(parse_text(chapters(*heads))) == [("海", ["甲", "乙"])]


def test_a_volume_and_its_chapter_in_one_line_numbered_through() -> None:
    english = chapters(
        "Part One, Chapter One", "Part One, Chapter Two", "Part Two, Chapter Three", prose=EN
    )
    assert shape(parse_text(english)) == [("Part One", ["", ""]), ("Part Two", [""])]
    chinese = chapters("第二部第二十章 甲", "第二部第二十一章 乙", "第三部第二十二章 丙")
    assert shape(parse_text(chinese)) == [("第二部", ["甲", "乙"]), ("第三部", ["丙"])]


def test_the_title_of_a_volume_may_stand_below_it() -> None:
    text = f"PART ONE\n\nTHE SEA\n\n{chapters('Chapter 1', 'Chapter 2', prose=EN)}"
    assert shape(parse_text(text)) == [("THE SEA", ["", ""])]
    text = f"第一卷\n沧海\n{chapters('第一章 甲', '第二章 乙')}"
    assert shape(parse_text(text)) == [("沧海", ["甲", "乙"])]
    text = f"第一卷\n献给母亲，她从没有见过海。\n{chapters('第一章 甲', '第二章 乙')}"
    assert "献给母亲，她从没有见过海。" in "".join(texts(parse_text(text)))


def test_what_an_author_says_below_a_chapter_belongs_to_it() -> None:
    text = chapters("第一章 甲", "第二章 乙", prose=f"{ZH}\n　　作者有话说：\n　　明天请假。")
    assert titles(text) == ["甲", "乙"]


def test_tags_and_pages_of_a_chapter_are_no_headings() -> None:
    tags = f"{ZH}\n#雨夜\n{ZH}\n#长街\n{ZH}\n#归人\n{ZH}"
    assert titles(f"第一章 甲\n{tags}\n第二章 乙\n{ZH}") == ["甲", "乙"]
    assert titles(f"{ZH}\n#雨夜 #长街\n{ZH}\n#长街 #归人\n{ZH}\n#归人 #雨夜\n{ZH}") == [""]
    half = "　　天色已经暗了下来，老周把店门的木板一块一块"
    pages = "".join(f"{half}\nP{number}\n" for number in range(1, 9))
    assert titles(f"{pages}{ZH}") == [""]
    assert titles(f"第一章 甲\n{ZH}\nP1\n{ZH}\nP2\n{ZH}\n第二章 乙\n{ZH}") == ["甲", "乙"]


def test_the_address_of_a_site_is_no_title() -> None:
    lines = "更多小说请访问 www.example.com\n《雨夜》\n作者：老周\n\n"
    book = parse_text(lines + chapters("第一章 甲", "第二章 乙"))
    assert (book.title, book.author) == ("雨夜", "老周")
    assert "www.example.com" in "".join(texts(book))


def test_a_last_sentence_that_names_a_chapter_is_no_volume() -> None:
    heads = ("第一章 甲", "第二章 乙", "第三章 丙")
    text = "\n\n".join(f"{head}\n{ZH}\n　　这里是{head}。" for head in heads)
    assert titles(text) == ["甲", "乙", "丙"]
    assert texts(parse_text(text))[1].endswith("这里是第二章 乙。")


# --- forms that real files have, by kind ---


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("☆、甲屋藏书 / ☆、乙巷寻人 / ☆、丙桥落雨", "甲屋藏书 / 乙巷寻人 / 丙桥落雨"),
        ("#甲屋 / #乙巷 / #丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("P1 甲屋 / P2 乙巷 / P3 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("P1 / P2 / P3", " /  / "),
        ("【甲屋藏书】 / 【乙巷寻人】 / 【丙桥落雨】", "甲屋藏书 / 乙巷寻人 / 丙桥落雨"),
        ("章节-甲屋 / 章节-乙巷 / 章节-丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("正文 甲屋 / 正文 乙巷 / 正文 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("甲屋（一） / 甲屋（二） / 乙巷（一）", "甲屋（一） / 甲屋（二） / 乙巷（一）"),
        ("雨巷（一） / 雨巷（二） / 雨巷（三）", " /  / "),
        ("雨巷 001 / 雨巷 002 / 雨巷 003", " /  / "),
        ("「第一章」甲屋 / 「第二章」乙巷 / 「第三章」丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("［第一章］甲屋 / ［第二章］乙巷 / ［第三章］丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("Ｃｈａｐｔｅｒ １ 甲 / Ｃｈａｐｔｅｒ ２ 乙 / Ｃｈａｐｔｅｒ ３ 丙", "甲 / 乙 / 丙"),
        ("一百二十章 甲 / 一百二十一章 乙 / 一百二十二章 丙", "甲 / 乙 / 丙"),
        ("第一 甲屋 / 第二 乙巷 / 第三 丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("1。甲屋 / 2。乙巷 / 3。丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("1,甲屋 / 2,乙巷 / 3,丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("1【甲屋】 / 2【乙巷】 / 3【丙桥】", "甲屋 / 乙巷 / 丙桥"),
        ("第一、二章 甲 / 第三章 乙 / 第四章 丙", "甲 / 乙 / 丙"),
        ("第一章 甲 / 弟二章 乙 / 第三章 丙", "甲 / 乙 / 丙"),
        ("제1장 비 / 제2장 길 / 제3장 집", "비 / 길 / 집"),
        (
            "卷首 / 第一章 甲 / 后记（一） / IF线 若是没有雨",
            "卷首 / 甲 / 后记（一） / IF线 若是没有雨",
        ),
        ("第一章\n\n甲屋 / 第二章\n\n乙巷 / 第三章\n\n丙桥", "甲屋 / 乙巷 / 丙桥"),
        ("第一章 甲\n-------- / 第二章 乙\n-------- / 第三章 丙\n--------", "甲 / 乙 / 丙"),
    ],
)
def test_chinese_forms_of_sites_and_readers(headings: str, expected: str) -> None:
    text = chapters(*headings.split(" / "))
    assert titles(text) == [title.strip() for title in expected.split(" / ")]


def test_volumes_with_a_name_alone_stand_right_above_a_chapter() -> None:
    text = f"春之卷\n{chapters('第一章 甲', '第二章 乙')}\n番外卷\n{chapters('第一章 丙')}"
    assert shape(parse_text(text)) == [("春之卷", ["甲", "乙"]), ("番外卷", ["丙"])]


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("i. / ii. / iii.", " /  / "),
        ("Chapter 1A / Chapter 1B / Chapter 2A", " /  / "),
        ("C H A P T E R   1 / C H A P T E R   2 / C H A P T E R   3", " /  / "),
        ("CHAPTER I\n\nRain Over the Bay / CHAPTER II\n\nThe Road", "Rain Over the Bay / The Road"),
        ("+-----------+\n| Chapter 1 |\n+-----------+ / Chapter 2\n=========", " / "),
        ("Глава 1 / Глава 2 / Глава 3", " /  / "),
        ("Capítulo 1: Mar / Capítulo 2: Sol", "Mar / Sol"),
        (
            "FOREWORD BY ANN LEE / Chapter 1 / Chapter the Last / CONCLUSION / Also by Ann Lee",
            "FOREWORD BY ANN LEE /  / Chapter the Last / CONCLUSION / Also by Ann Lee",
        ),
    ],
)
def test_english_forms_of_old_books_and_other_languages(headings: str, expected: str) -> None:
    text = chapters(*headings.split(" / "), prose=f"\n{EN}\n")
    assert titles(text) == [title.strip() for title in expected.split(" / ")]


def test_lines_in_capitals_head_chapters_only_where_the_author_says_so() -> None:
    text = "\n".join(f"{name}\n\n{EN}\n" for name in ("ANN", "BOB", "ANN"))
    assert titles(text) == [""]
    chosen = divide(Manuscript("txt", text.split("\n")), Correction(rule="CAPITALS"))
    assert [mark.heading.title for mark in chosen.marks] == ["ANN", "BOB", "ANN"]
    shouts = f"{EN}\n\nNO\n\n{EN}\n\n【叮】\n\n{EN}\n\n【叮】\n\n{EN}\n\n【叮】\n\n{EN}"
    assert titles(shouts) == [""]


def test_text_in_the_line_of_its_heading_is_parted_by_its_indentation() -> None:
    lines = [
        f"第{n}章 {title}" + ZH.replace("\n", "")
        for n, title in zip("一二三", "甲乙丙", strict=True)
    ]
    for text in ("\n".join(lines), "　　".join(lines)):
        assert titles(text) == ["甲", "乙", "丙"]
        assert texts(parse_text(text)) == ["\n\n".join(line.strip() for line in CHINESE)] * 3


def test_marks_of_forums_are_no_title() -> None:
    assert titles(f"[b]第一章 甲[/b]\n{ZH}\n[size=4]第二章 乙[/size]\n{ZH}") == ["甲", "乙"]


@pytest.mark.parametrize(
    "front",
    ["作者：某人\n书名：雨巷\n\n", "书名:雨巷\n作者:某人\n\n", "《雨巷》BY某人\n\n"],
)
def test_title_and_author_in_whatever_order(front: str) -> None:
    book = parse_text(front + chapters("第一章 甲", "第二章 乙"))
    assert (book.title, book.author) == ("雨巷", "某人")
    assert shape(book) == [("", ["甲", "乙"])]


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("《雨巷》BY某人", ("雨巷", "某人")),
        ("雨巷(1)", ("雨巷", "")),
        ("【完结】雨巷 by 某人", ("雨巷", "某人")),
        ("雨巷 (某人) (z-lib.org)", ("雨巷", "某人")),
        ("The Ship (Jane Doe) (Z-Library)", ("The Ship", "Jane Doe")),
    ],
)
def test_names_of_files_as_browsers_and_sites_give_them(stem: str, name: tuple[str, str]) -> None:
    found = name_of_file(stem)
    assert (found.title, found.author) == name


def test_a_kind_of_book_between_title_and_author() -> None:
    text = f"The Ship\nA Novel\nby Jane Doe\n\nChapter One\n\n{EN}\n\nChapter Two\n\n{EN}"
    book = parse_text(text)
    assert (book.title, book.author) == ("The Ship", "Jane Doe")
    assert "A Novel" in texts(book)[0]


@pytest.mark.parametrize(
    "headings",
    [
        ("Chapter 1a", "Chapter 1b", "Chapter 2a"),
        ("Chapter 1,001", "Chapter 1,002", "Chapter 1,003"),
        ("ONE - Old Men", "TWO - The Sea", "THREE - One Day", "FOUR - Two"),
        ("Rain (Chapter 1)", "Sun (Chapter 2)", "Snow (Chapter 3)"),
    ],
)
def test_small_letters_thousands_and_words_in_titles(headings: Sequence[str]) -> None:
    assert len(titles("\n\n".join(f"{one}\n\n{EN}" for one in headings))) == len(headings)


def test_an_extra_about_somebody_is_a_chapter() -> None:
    text = chapters("第一章 甲", "第二章 乙", "第三章 丙", "陶七番外：旧事")
    assert titles(text) == ["甲", "乙", "丙", "陶七番外：旧事"]
