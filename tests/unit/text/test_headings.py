"""Lines that are headings, and those that only look so."""

from __future__ import annotations

import pytest

from arboris_desktop.text.headings import HeadingKind, readings, recognise, tidy_title

V, C, S, N = HeadingKind.VOLUME, HeadingKind.CHAPTER, HeadingKind.SECTION, HeadingKind.SPECIAL


@pytest.mark.parametrize(
    ("line", "kind", "number", "title"),
    [
        (
            "第一回　宴桃园豪杰三结义　斩黄巾英雄首立功",
            C,
            "一",
            "宴桃园豪杰三结义 斩黄巾英雄首立功",
        ),
        ("第十二章", C, "十二", ""),
        ("第１２章 风起", C, "１２", "风起"),
        ("第 3 章 雨", C, "3", "雨"),
        ("第12章：标题", C, "12", "标题"),
        ("第一章、开端", C, "一", "开端"),
        ("第一章开端", C, "一", "开端"),
        ("  第一百二十回  ", C, "一百二十", ""),
        ("正文 第一章 雨", C, "一", "雨"),
        ("【第3章】风", C, "3", "风"),
        ("☆、第一章 风", C, "一", "风"),
        ("第5话 猫", C, "5", "猫"),
        ("第1节 起", S, "1", "起"),
        ("第二部 归来", V, "二", "归来"),
        ("第一部分 春", V, "一", "春"),
        ("第三卷", V, "三", ""),
        ("卷一 风云", V, "一", "风云"),
        ("上卷", V, "上卷", ""),
        ("第一篇 序曲", V, "一", "序曲"),
        ("楔子", N, "", "楔子"),
        ("楔子 张天师祈禳瘟疫", N, "", "楔子 张天师祈禳瘟疫"),
        ("序", N, "", "序"),
        ("番外：他的故事", N, "", "番外：他的故事"),
        ("番外一", N, "", "番外一"),
        ("尾声", N, "", "尾声"),
        ("后记", N, "", "后记"),
        ("Chapter I", C, "I", ""),
        ("CHAPTER XLII.", C, "XLII", ""),
        ("CHAPTER I.--THE START", C, "I", "THE START"),
        ("Chapter 1 The Rain", C, "1", "The Rain"),
        ("Chapter 1 - The Rain", C, "1", "The Rain"),
        ("Chapter 12: It was raining.", C, "12", "It was raining."),
        ("chapter one", C, "one", ""),
        ("Chapter Twenty-One: Home", C, "Twenty-One", "Home"),
        ("Chapter the First", C, "First", ""),
        ("**Chapter 3**", C, "3", ""),
        ("Part One", V, "One", ""),
        ("BOOK II: THE SEA", V, "II", "THE SEA"),
        ("Volume 2: The Sea", V, "2", "The Sea"),
        ("PROLOGUE", N, "", "PROLOGUE"),
        ("Epilogue: Years Later", N, "", "Epilogue: Years Later"),
    ],
)
def test_headings(line: str, kind: HeadingKind, number: str, title: str) -> None:
    (heading,) = recognise(line)
    assert (heading.kind, heading.number, heading.title) == (kind, number, title)


@pytest.mark.parametrize(
    "line",
    [
        "",
        "   ",
        "第三回合他终于倒下了",
        "第三回合他终于倒下了。",
        "第三章里他写道",
        "第一章，他写得很慢。",
        "第二部队出发了",
        "第一节课上",
        "第二天，他走了。",
        "第一次见面",
        "卷入漩涡",
        "序列号错误",
        "前言不搭后语",
        "尾声音",
        "Chapter 5 was the hardest to write.",
        "Chapter It was",
        "Chapters 1",
        "Part of him knew.",
        "part I played",
        "Book of Hours",
        "Volume up",
        "prologue to all of it",
        "introduction. He bowed",
        "Introduction to everything",
        "* * *",
        "I",
        "Chapter 1: " + "a very long line " * 10,
        "第一章 " + "很长" * 80,
    ],
)
def test_prose_is_no_heading(line: str) -> None:
    assert recognise(line) == ()


def test_volume_and_chapter_in_one_line() -> None:
    volume, chapter = recognise("第一卷 风起 第一章 少年")
    assert (volume.kind, volume.title) == (V, "风起")
    assert (chapter.kind, chapter.title) == (C, "少年")
    volume, chapter = recognise("Book I: Chapter 2")
    assert (volume.kind, volume.name) == (V, "Book I")
    assert (chapter.kind, chapter.number) == (C, "2")


@pytest.mark.parametrize(
    ("line", "doubt"),
    [
        ("第一章 开端", 0),
        ("第一章开端", 1),
        ("第一章的开端", 2),
        ("第一章 他走了。", 1),
        ("第一章，他走了。", 3),
        ("Chapter 1: Rain", 0),
        ("Chapter 1, Rain", 1),
        ("Chapter 1 was short.", 2),
        ("Preface", 1),
    ],
)
def test_how_much_a_line_reads_like_prose(line: str, doubt: int) -> None:
    assert readings(line)[0][0].doubt == doubt


@pytest.mark.parametrize(
    ("title", "tidy"),
    [
        ("  The   Rain ", "The Rain"),
        ("：开端", "开端"),
        ("- The Rain", "The Rain"),
        ("甲　乙\n丙", "甲 乙 丙"),
        ("—and then", "—and then"),
        ("...", "..."),
        (" : ", ""),
    ],
)
def test_tidy_title(title: str, tidy: str) -> None:
    assert tidy_title(title) == tidy
    assert tidy_title(tidy) == tidy
