"""Lines become chapters by their series, not each by itself; what is prose stays prose."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from arboris_desktop.exchange.correction import Correction
from arboris_desktop.exchange.division import divide
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.number_notes import NumberNote, number_notes
from arboris_desktop.text.book_names import name_of_file
from tests.support.parsing import parse_text, shape, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH

ZH, EN = "\n".join(CHINESE), "\n".join(ENGLISH)
AD = "请记住本站域名 www.example.com 手机版阅读网址 m.example.com 更新最快无弹窗"


def chapters(*headings: str, prose: str = ZH) -> str:
    return "\n".join(f"{heading}\n{prose}" for heading in headings)


def titles(text: str) -> list[str]:
    ((volume, found),) = shape(parse_text(text))
    assert volume == ""
    return found


def notes(text: str) -> list[NumberNote]:
    return number_notes(divide(Manuscript("txt", text.split("\n")), Correction()).marks)


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


# --- series ---


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


# --- twice ---


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


def test_headings_of_the_authors_book_keep_their_numbers() -> None:
    text = f"序章\n{ZH}\n{chapters('第一章 甲', '第二章 乙')}\n番外 老周\n{ZH}\n第三章 丙\n{ZH}"
    (volume,) = parse_text(text).volumes
    assert [chapter.label for chapter in volume.chapters] == ["", "第一章", "第二章", "", "第三章"]
    (volume,) = parse_text(chapters("第1回 甲", "第2回 乙")).volumes
    assert [chapter.label for chapter in volume.chapters] == ["第1回", "第2回"]


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


def test_a_table_of_contents_at_the_end_takes_no_chapter_away() -> None:
    text = (
        chapters("第一章 甲", "第二章 乙", "第三章 丙")
        + "\n目录\n第一章 甲\n第二章 乙\n第三章 丙\n"
    )
    assert titles(text) == ["甲", "乙", "丙"]
    assert all(ZH.split("\n")[0].strip() in one for one in texts(parse_text(text)))


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


# --- the same words around a number ---


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
