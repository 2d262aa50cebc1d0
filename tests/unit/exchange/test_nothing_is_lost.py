"""Whatever a file holds, each of its lines is in the title, the author, a heading or a text."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.exchange.chapters import assemble
from arboris_desktop.exchange.correction import Correction, Split
from arboris_desktop.exchange.division import divide, key_of
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.text.scenes import is_scene_break
from tests.unit.exchange.test_heading_forms import CHINESE_FORMS, ENGLISH_FORMS

PROSE = [
    "By dawn the ship was gone.",
    "“谁在那里？”",
    "献给母亲",
    "　　他翻到第一章，看了很久。",
    "　　第一部 手机是他父亲送的。",
    "　　第三回合他终于倒下了。",
    "The rain had stopped an hour before, and the street below the window was still shining.",
    "Chapter 5 was the hardest to write.",
    "　　天色已经暗了下来，老周把店门的木板一块一块装上去。隔壁的灯还亮着，有人在里面低声说话。",
    "请记住本站域名 www.example.com 手机版阅读网址 m.example.com 更新最快无弹窗",
    "　　1、买米",
    "He counted: one, two, three.",
    "12 people came.",
    "I went home.",
    "BOOM",
]
FURNITURE = [
    "《雨巷》",
    "《雨巷》作者：某人",
    "作者：某人",
    "THE SHIP",
    "by Jane Doe",
    "目录",
    "Contents",
    "* * *",
    "# # #",
    "---",
    "",
    "　",
    "正文",
    "（第一章 完）",
]
RARE = [
    *(
        "☆、甲屋",
        "☆、乙巷",
        "【甲屋】",
        "【乙巷】",
        "正文 甲屋",
        "章节-甲屋",
        "雨巷（一）",
        "雨巷（二）",
        "雨巷 001",
    ),
    *(
        "甲、起风",
        "（上）",
        "3月1日 晴",
        "3月2日 雨",
        "Monday, 3 May 1897",
        "Dear Diary,",
        "Zweites Kapitel",
        "卷一第一章 甲",
        "「第一章」甲屋",
        "1。甲屋",
        "1,甲屋",
        "第一、二章 甲",
        "春之卷",
        "Chapter 1A",
        "C H A P T E R   1",
        "i.",
    ),
    *(
        "--------",
        "Rain Over the Bay",
        "前言：写在开头",
        "IF线 雨",
        "卷首",
        "제1장 비",
        "Глава 1",
        "ANN",
    ),
]
HEADINGS = RARE + sorted(
    {line for form in (*CHINESE_FORMS, *ENGLISH_FORMS) for line in form.headings}
)
LINES = st.one_of(st.sampled_from(PROSE), st.sampled_from(FURNITURE), st.sampled_from(HEADINGS))


def letters(text: str) -> str:
    """The letters and digits of a text, by which it is found again however it is laid out."""
    return "".join(re.findall(r"\w", text))


def missing_lines(lines: list[str], correction: Correction) -> list[str]:
    """The lines that are in no title, heading or text of the book."""
    manuscript = Manuscript("txt", lines)
    division = divide(manuscript, correction)
    book = assemble(manuscript, division, Language.CHINESE)
    headed = {n for mark in division.marks for n in range(mark.line, mark.end)}
    before = division.marks[0].line if division.marks else len(lines)
    names = {n for n in range(before) if n not in division.front.text} - division.contents
    said = (book.title, book.author, book.title + book.author)
    rest = "".join(letters(c.text) for volume in book.volumes for c in volume.chapters)
    missing = []
    for number, line in enumerate(lines):
        plain = letters(line)
        if number in headed or number in division.contents or is_scene_break(line):
            continue
        if number in names:
            is_found = re.sub("作者|书名|by", "", plain) in map(letters, said) or not plain
        else:
            place = rest.find(plain)
            is_found = place >= 0
            rest = rest[max(place, 0) + len(plain) :]
        missing += [] if is_found else [line]
    return missing


@given(st.lists(LINES, max_size=40))
def test_no_line_of_a_file_is_lost(lines: list[str]) -> None:
    assert missing_lines(lines, Correction()) == []


@given(st.lists(LINES, max_size=30), st.data())
def test_no_line_is_lost_by_a_correction(lines: list[str], data: st.DataObject) -> None:
    marks = divide(Manuscript("txt", lines), Correction()).marks
    keys = st.sets(st.sampled_from([key_of(mark) for mark in marks]) if marks else st.nothing())
    places = st.dictionaries(
        st.integers(0, 30), st.builds(Split, st.just("X"), st.booleans()), max_size=3
    )
    correction = Correction().without(data.draw(keys))
    assert missing_lines(lines, correction) == []
    splits = data.draw(places)
    assert missing_lines(lines, Correction(splits=splits, unticked=correction.unticked)) == []


def test_a_table_of_contents_is_left_out_only_where_its_entries_come_again() -> None:
    lines = ["目录", "第一章 甲", "第二章 乙", "", "第1章 甲", PROSE[8], "第2章 乙", PROSE[8]]
    division = divide(Manuscript("txt", lines), Correction())
    assert division.contents == {0, 1, 2}
    assert divide(Manuscript("txt", lines[:3]), Correction()).contents == set()
