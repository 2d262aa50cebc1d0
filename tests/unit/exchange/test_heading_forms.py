"""Every form that authors head their chapters in, found in whole files of our own words."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from arboris_desktop.exchange.chapters import book_of
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.parsed_book import ParsedBook

CHINESE = [
    "　　傍晚的风把晒在竹竿上的衣裳吹得猎猎作响，巷口卖馄饨的老人刚刚支起炉子。",
    "　　“今天怎么回来得这样早？”她放下手里的针线问。",
    "　　他没有答话，只是把湿透的斗笠挂在门后，在炉边坐了很久。",
]
ENGLISH = [
    "The ferry was late again, and the two of them sat on the wet bench without a word.",
    "",
    "“You could have written,” he said at last. She folded the ticket twice and put it away.",
    "",
    "Somewhere behind the harbour a dog began to bark, and did not stop until it was dark.",
]


@dataclass(frozen=True)
class Form:
    """A file: its headings, and the volumes with the titles that should come of them."""

    name: str
    headings: list[str]
    volumes: list[tuple[str, list[str]]]


def zh(name: str, headings: str, titles: str, volume: str = "") -> Form:
    return Form(name, headings.split(" / "), [(volume, _titles(titles))])


def parts(name: str, headings: str, *volumes: tuple[str, str]) -> Form:
    return Form(name, headings.split(" / "), [(title, _titles(found)) for title, found in volumes])


def _titles(found: str) -> list[str]:
    return ["" if title == "-" else title for title in found.split(" / ")]


CHINESE_FORMS = [
    zh("zhang", "第一章 甲屋 / 第二章 乙巷 / 第三章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-arabic", "第1章 甲屋 / 第2章 乙巷 / 第3章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-padded", "第001章 甲屋 / 第002章 乙巷 / 第003章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-full-width", "第１章　甲屋 / 第２章　乙巷 / 第３章　丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-formal", "第壹章 甲屋 / 第贰章 乙巷 / 第叁章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-zero", "第〇章 甲屋 / 第一章 乙巷 / 第二章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-hundreds", "第一百零三回 甲 / 第一百零四回 乙 / 第一百零五回 丙", "甲 / 乙 / 丙"),
    zh("zhang-positional", "第一〇三章 甲 / 第一〇四章 乙 / 第一〇五章 丙", "甲 / 乙 / 丙"),
    zh("zhang-spaced", "第 一 章　甲屋 / 第 二 章　乙巷 / 第 三 章　丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-colon", "第一章：甲屋 / 第二章：乙巷 / 第三章：丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-dun", "第一章、甲屋 / 第二章、乙巷 / 第三章、丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-dot", "第一章·甲屋 / 第二章·乙巷 / 第三章·丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-bar", "第一章｜甲屋 / 第二章｜乙巷 / 第三章｜丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-underscore", "第1章_甲屋 / 第2章_乙巷 / 第3章_丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-bare", "第一章 / 第二章 / 第三章", "- / - / -"),
    zh("zhang-glued", "第一章甲屋 / 第二章乙巷 / 第三章丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-glued-unlucky", "第一章中庭 / 第二章里弄 / 第三章的士", "中庭 / 里弄 / 的士"),
    zh("zhang-question", "第一章 谁？ / 第二章 快跑！ / 第三章 算了…", "谁？ / 快跑！ / 算了…"),
    zh(
        "zhang-full-stop",
        "第一章 天黑了。 / 第二章 雨停了。 / 第三章 完了。",
        "天黑了。 / 雨停了。 / 完了。",
    ),
    zh(
        "zhang-two-parts",
        "第一章 甲屋（上） / 第二章 甲屋（下） / 第三章 丙",
        "甲屋（上） / 甲屋（下） / 丙",
    ),
    zh("zhang-jie", "第1章节 甲屋 / 第2章节 乙巷 / 第3章节 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("zhang-without-di", "1章 甲屋 / 2章 乙巷 / 3章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("chinese-without-di", "一章 甲屋 / 二章 乙巷 / 三章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("hui", "第一回 甲屋藏书 / 第二回 乙巷寻人 / 第三回 丙桥", "甲屋藏书 / 乙巷寻人 / 丙桥"),
    zh(
        "hui-couplet",
        "第一回　甲屋藏书　乙巷寻人 / 第二回　丙　丁 / 第三回　戊　己",
        "甲屋藏书 乙巷寻人 / 丙 丁 / 戊 己",
    ),
    zh("hua", "第1话 甲屋 / 第2话 乙巷 / 第3话 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("hua-traditional", "第一話 甲屋 / 第二話 乙巷 / 第三話 丙橋", "甲屋 / 乙巷 / 丙橋"),
    zh("jie", "第一节 甲屋 / 第二节 乙巷 / 第三节 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("ji", "第一集 甲屋 / 第二集 乙巷 / 第三集 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("mu", "第一幕 / 第二幕 / 第三幕", "第一幕 / 第二幕 / 第三幕"),
    zh("mu-titled", "第一幕 甲屋 / 第二幕 乙巷 / 第三幕 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("pian", "第一篇 甲屋 / 第二篇 乙巷 / 第三篇 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("juan", "卷一 甲屋 / 卷二 乙巷 / 卷三 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("ye", "第一夜 / 第二夜 / 第三夜", "- / - / -"),
    zh("letters", "第一封信 / 第二封信 / 第三封信", "- / - / -"),
    zh("days", "第一天 甲屋 / 第二天 乙巷 / 第三天 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("guillemets", "《第一章》 / 《第二章》 / 《第三章》", "- / - / -"),
    zh("lenticular", "【第一章】甲屋 / 【第二章】乙巷 / 【第三章】丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh(
        "lenticular-whole",
        "【第一章 甲屋】 / 【第二章 乙巷】 / 【第三章 丙桥】",
        "甲屋 / 乙巷 / 丙桥",
    ),
    zh("square", "[第1章] 甲屋 / [第2章] 乙巷 / [第3章] 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("star", "☆、第一章 甲屋 / ☆、第二章 乙巷 / ☆、第三章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("equals", "===第一章 甲屋=== / ===第二章 乙巷=== / ===第三章 丙桥===", "甲屋 / 乙巷 / 丙桥"),
    zh("hash", "# 第一章 甲屋 / # 第二章 乙巷 / # 第三章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("main-text", "正文 第一章 甲屋 / 正文 第二章 乙巷 / 正文 第三章 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh(
        "book-before",
        "雨巷 第一章 甲屋 / 雨巷 第二章 乙巷 / 雨巷 第三章 丙桥",
        "甲屋 / 乙巷 / 丙桥",
    ),
    zh("vip", "VIP章节 第1章 甲屋 / VIP章节 第2章 乙巷 / VIP章节 第3章 丙", "甲屋 / 乙巷 / 丙"),
    zh("dun", "1、甲屋 / 2、乙巷 / 3、丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("dot", "1.甲屋 / 2.乙巷 / 3.丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("wide-dot", "１．甲屋 / ２．乙巷 / ３．丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("padded", "001 甲屋 / 002 乙巷 / 003 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("padded-glued", "001甲屋 / 002乙巷 / 003丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("glued", "1甲屋 / 2乙巷 / 3丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("hyphen", "01-甲屋 / 02-乙巷 / 03-丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("colon", "1：甲屋 / 2：乙巷 / 3：丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("parenthesis", "1）甲屋 / 2）乙巷 / 3）丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("parentheses", "（1）甲屋 / （2）乙巷 / （3）丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("parentheses-half", "(1) 甲屋 / (2) 乙巷 / (3) 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("parentheses-bare", "（一） / （二） / （三）", "- / - / -"),
    zh("lenticular-number", "【1】甲屋 / 【2】乙巷 / 【3】丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("chinese-dun", "一、甲屋 / 二、乙巷 / 三、丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("chinese-dot", "一．甲屋 / 二．乙巷 / 三．丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("chinese-space", "一　甲屋 / 二　乙巷 / 三　丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("chinese-bare", "一 / 二 / 三", "- / - / -"),
    zh("formal-bare", "壹 / 贰 / 叁", "- / - / -"),
    zh("arabic-bare", "01 / 02 / 03", "- / - / -"),
    zh("circled", "①甲屋 / ②乙巷 / ③丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("roman-sign", "Ⅰ / Ⅱ / Ⅲ", "- / - / -"),
    zh("dashes-bare", "- 1 - / - 2 - / - 3 -", "- / - / -"),
    zh("number-sign", "#1 甲屋 / #2 乙巷 / #3 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("english-word", "Chapter 1 甲屋 / Chapter 2 乙巷 / Chapter 3 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh("english-file", "chapter.001 / chapter.002 / chapter.003", "- / - / -"),
    zh("one-based-pairs", "1-1 甲屋 / 1-2 乙巷 / 2-1 丙桥", "甲屋 / 乙巷 / 丙桥"),
    zh(
        "specials",
        "楔子 / 第一章 甲屋 / 番外 老周 / 第二章 乙巷 / 尾声 / 后记",
        "楔子 / 甲屋 / 番外 老周 / 乙巷 / 尾声 / 后记",
    ),
    zh(
        "specials-more",
        "序幕 / 引子：雨 / 第一章 甲 / 间章 / 终章 / 大结局（上） / 番外一",
        "序幕 / 引子：雨 / 甲 / 间章 / 终章 / 大结局（上） / 番外一",
    ),
    parts(
        "juan-zhang",
        "第一卷 春 / 第一章 甲 / 第二章 乙 / 第二卷 秋 / 第三章 丙",
        ("春", "甲 / 乙"),
        ("秋", "丙"),
    ),
    parts(
        "restart",
        "第一卷 春 / 第一章 甲 / 第二章 乙 / 第二卷 秋 / 第一章 丙 / 第二章 丁",
        ("春", "甲 / 乙"),
        ("秋", "丙 / 丁"),
    ),
    parts(
        "one-line",
        "第一卷 第一章 / 第一卷 第二章 / 第二卷 第一章",
        ("第一卷", "- / -"),
        ("第二卷", "-"),
    ),
    parts(
        "one-line-titled",
        "第一卷 春 第一章 甲 / 第一卷 春 第二章 乙 / 第二卷 秋 第一章 丙",
        ("春", "甲 / 乙"),
        ("秋", "丙"),
    ),
    parts(
        "one-line-glued",
        "第一卷第一章 甲 / 第一卷第二章 乙 / 第二卷第一章 丙",
        ("第一卷", "甲 / 乙"),
        ("第二卷", "丙"),
    ),
    parts(
        "one-line-dot",
        "第一卷·第一章 甲 / 第一卷·第二章 乙 / 第二卷·第三章 丙",
        ("第一卷", "甲 / 乙"),
        ("第二卷", "丙"),
    ),
    parts("juan-first", "卷一 春 / 第一章 甲 / 卷二 秋 / 第二章 乙", ("春", "甲"), ("秋", "乙")),
    parts("bu", "第一部 春 / 第一章 甲 / 第二部 秋 / 第二章 乙", ("春", "甲"), ("秋", "乙")),
    parts(
        "thirds",
        "上卷 / 第一章 甲 / 第二章 乙 / 下卷 / 第三章 丙",
        ("上卷", "甲 / 乙"),
        ("下卷", "丙"),
    ),
    parts("ji-zhang", "第一集 春 / 第一章 甲 / 第二集 秋 / 第一章 乙", ("春", "甲"), ("秋", "乙")),
    parts(
        "mu-chang",
        "第一幕 / 第一场 / 第二场 / 第二幕 / 第一场",
        ("第一幕", "- / -"),
        ("第二幕", "-"),
    ),
    parts(
        "juan-jie",
        "第一卷 春 / 第一节 甲 / 第二节 乙 / 第二卷 秋 / 第一节 丙",
        ("春", "甲 / 乙"),
        ("秋", "丙"),
    ),
    parts(
        "bu-numbers",
        "第一部 / 1 / 2 / 3 / 第二部 / 1 / 2",
        ("第一部", "- / - / -"),
        ("第二部", "- / -"),
    ),
    parts(
        "bu-dun",
        "第一部 春 / 一、甲 / 二、乙 / 第二部 秋 / 一、丙 / 二、丁",
        ("春", "甲 / 乙"),
        ("秋", "丙 / 丁"),
    ),
    parts("main-text-line", "正文 / 第一章 甲 / 第二章 乙 / 第三章 丙", ("正文", "甲 / 乙 / 丙")),
    parts(
        "prologue-before-volume",
        "序章 / 第一卷 春 / 第一章 甲 / 第二卷 秋 / 第二章 乙",
        ("", "序章"),
        ("春", "甲"),
        ("秋", "乙"),
    ),
]

ENGLISH_FORMS = [
    zh("chapter", "Chapter 1 / Chapter 2 / Chapter 3", "- / - / -"),
    zh(
        "chapter-title", "Chapter 1: Rain / Chapter 2: Road / Chapter 3: Home", "Rain / Road / Home"
    ),
    zh(
        "chapter-comma", "Chapter 1, Rain / Chapter 2, Road / Chapter 3, Home", "Rain / Road / Home"
    ),
    zh(
        "chapter-space",
        "Chapter 1 Rain / Chapter 2 The Road / Chapter 3 Home",
        "Rain / The Road / Home",
    ),
    zh(
        "chapter-dash",
        "Chapter 1 - Rain / Chapter 2 – Road / Chapter 3 — Home",
        "Rain / Road / Home",
    ),
    zh("chapter-dot", "Chapter 1. Rain / Chapter 2. Road / Chapter 3. Home", "Rain / Road / Home"),
    zh(
        "chapter-bar",
        "Chapter 1 | Rain / Chapter 2 | Road / Chapter 3 | Home",
        "Rain / Road / Home",
    ),
    zh("chapter-roman", "CHAPTER I. / CHAPTER II. / CHAPTER III.", "- / - / -"),
    zh(
        "chapter-roman-title",
        "CHAPTER I.—RAIN / CHAPTER II.—ROAD / CHAPTER III.—HOME",
        "RAIN / ROAD / HOME",
    ),
    zh("chapter-word", "Chapter One / Chapter Two / Chapter Three", "- / - / -"),
    zh(
        "chapter-word-title",
        "Chapter One: Rain / Chapter Two: Road / Chapter Three: Home",
        "Rain / Road / Home",
    ),
    zh(
        "chapter-hundred",
        "Chapter Ninety-Nine / Chapter One Hundred / Chapter One Hundred and One",
        "- / - / -",
    ),
    zh("chapter-decimal", "Chapter 1.1 / Chapter 1.2 / Chapter 2.1", "- / - / -"),
    zh(
        "chapter-ordinal", "Chapter the First / Chapter the Second / Chapter the Third", "- / - / -"
    ),
    zh("ordinal-chapter", "First Chapter / Second Chapter / Third Chapter", "- / - / -"),
    zh("chapter-small", "chapter one / chapter two / chapter three", "- / - / -"),
    zh("chapter-file", "chapter.001 / chapter.002 / chapter.003", "- / - / -"),
    zh("chapter-underscore", "Chapter_01 / Chapter_02 / Chapter_03", "- / - / -"),
    zh("chapter-number-sign", "Chapter #1 / Chapter #2 / Chapter #3", "- / - / -"),
    zh("chapter-glued", "Chapter1 / Chapter2 / Chapter3", "- / - / -"),
    zh("chapter-brackets", "[Chapter 1] / [Chapter 2] / [Chapter 3]", "- / - / -"),
    zh("chapter-stars", "*** Chapter 1 *** / *** Chapter 2 *** / *** Chapter 3 ***", "- / - / -"),
    zh("chapter-zero", "Chapter 0 / Chapter 1 / Chapter 2", "- / - / -"),
    zh("chap", "Chap. 1 / Chap. 2 / Chap. 3", "- / - / -"),
    zh("ch", "Ch. 1 Rain / Ch. 2 Road / Ch. 3 Home", "Rain / Road / Home"),
    zh("letter", "Letter 1 / Letter 2 / Letter 3", "- / - / -"),
    zh("letter-roman", "LETTER I. / LETTER II. / LETTER III.", "- / - / -"),
    zh("day", "Day 1 / Day 2 / Day 3", "- / - / -"),
    zh("day-word", "Day One / Day Two / Day Three", "- / - / -"),
    zh("ordinal-day", "The First Day / The Second Day / The Third Day", "- / - / -"),
    zh("night", "Night 1: Rain / Night 2: Road / Night 3: Home", "Rain / Road / Home"),
    zh("episode", "Episode 1: Rain / Episode 2: Road / Episode 3: Home", "Rain / Road / Home"),
    zh("canto", "Canto I / Canto II / Canto III", "- / - / -"),
    zh("stave", "STAVE ONE. / STAVE TWO. / STAVE THREE.", "- / - / -"),
    zh("unheard-word", "Witness 1: Ann / Witness 2: Bob / Witness 3: Cat", "Ann / Bob / Cat"),
    zh("scene", "Scene 1 / Scene 2 / Scene 3", "- / - / -"),
    zh("part", "Part One / Part Two / Part Three", "Part One / Part Two / Part Three"),
    zh("part-titled", "Part 1: Rain / Part 2: Road / Part 3: Home", "Rain / Road / Home"),
    zh("dot", "1. Rain / 2. Road / 3. Home", "Rain / Road / Home"),
    zh("space", "1 Rain / 2 Road / 3 Home", "Rain / Road / Home"),
    zh("padded", "001 Rain / 002 Road / 003 Home", "Rain / Road / Home"),
    zh("parenthesis", "1) Rain / 2) Road / 3) Home", "Rain / Road / Home"),
    zh("parentheses", "(1) / (2) / (3)", "- / - / -"),
    zh("colon", "1: Rain / 2: Road / 3: Home", "Rain / Road / Home"),
    zh("dash", "1 - Rain / 2 - Road / 3 - Home", "Rain / Road / Home"),
    zh("bare", "1 / 2 / 3", "- / - / -"),
    zh("bare-dot", "1. / 2. / 3.", "- / - / -"),
    zh("roman", "I / II / III", "- / - / -"),
    zh("roman-dot", "I. / II. / III.", "- / - / -"),
    zh("roman-title", "I. Rain / II. Road / III. Home", "Rain / Road / Home"),
    zh("roman-dash", "I — Rain / II — Road / III — Home", "Rain / Road / Home"),
    zh("word", "One / Two / Three", "- / - / -"),
    zh("word-capitals", "ONE / TWO / THREE", "- / - / -"),
    zh("word-title", "One: Rain / Two: Road / Three: Home", "Rain / Road / Home"),
    zh("number-sign", "#1 / #2 / #3", "- / - / -"),
    zh("no", "No. 1 / No. 2 / No. 3", "- / - / -"),
    zh(
        "specials",
        "Prologue / Chapter 1: Rain / Interlude / Chapter 2: Road / Epilogue / Afterword",
        "Prologue / Rain / Interlude / Road / Epilogue / Afterword",
    ),
    zh(
        "specials-titled",
        "PROLOGUE: THE SEA / Chapter 1 / Interlude I: Ann / Chapter 2 / EPILOGUE",
        "PROLOGUE: THE SEA / - / Interlude I: Ann / - / EPILOGUE",
    ),
    parts(
        "part-chapter",
        "Part One: Sea / Chapter 1 / Chapter 2 / Part Two: Land / Chapter 3",
        ("Sea", "- / -"),
        ("Land", "-"),
    ),
    parts(
        "restart",
        "PART ONE / Chapter 1 / Chapter 2 / PART TWO / Chapter 1 / Chapter 2",
        ("PART ONE", "- / -"),
        ("PART TWO", "- / -"),
    ),
    parts(
        "book-chapter",
        "BOOK I: SEA / Chapter 1 / BOOK II: LAND / Chapter 2",
        ("SEA", "-"),
        ("LAND", "-"),
    ),
    parts(
        "volume-chapter",
        "Volume 1 / Chapter 1 / Volume 2 / Chapter 2",
        ("Volume 1", "-"),
        ("Volume 2", "-"),
    ),
    parts(
        "one-line",
        "Book I, Chapter 1 / Book I, Chapter 2 / Book II, Chapter 1",
        ("Book I", "- / -"),
        ("Book II", "-"),
    ),
    parts(
        "one-line-vol",
        "Vol.1 Chapter 1 Rain / Vol.1 Chapter 2 Road / Vol.2 Chapter 3 Home",
        ("Vol.1", "Rain / Road"),
        ("Vol.2", "Home"),
    ),
    parts(
        "act-scene",
        "ACT I / Scene 1 / Scene 2 / ACT II / Scene 1",
        ("ACT I", "- / -"),
        ("ACT II", "-"),
    ),
    parts(
        "act-scene-line",
        "ACT I, SCENE 1 / ACT I, SCENE 2 / ACT II, SCENE 1",
        ("ACT I", "- / -"),
        ("ACT II", "-"),
    ),
    parts(
        "part-numbers",
        "PART ONE / 1 / 2 / 3 / PART TWO / 1 / 2",
        ("PART ONE", "- / - / -"),
        ("PART TWO", "- / -"),
    ),
    parts(
        "part-dot",
        "Part One / 1. Rain / 2. Road / Part Two / 3. Home / 4. Away",
        ("Part One", "Rain / Road"),
        ("Part Two", "Home / Away"),
    ),
    parts(
        "day-chapter",
        "Day 1 / Chapter 1 / Chapter 2 / Day 2 / Chapter 3",
        ("Day 1", "- / -"),
        ("Day 2", "-"),
    ),
    zh(
        "letters-then-chapters",
        "Letter 1 / Letter 2 / Chapter 1 / Chapter 2 / Chapter 3",
        "- / - / - / - / -",
    ),
]


def file_of(headings: list[str], prose: list[str], *, blank: bool) -> str:
    """A file with the prose below each heading, unless the next heading is a level further down."""
    lines: list[str] = []
    for heading, following in zip(headings, [*headings[1:], ""], strict=True):
        lines += [heading, ""] if blank else [heading]
        if not _is_above(heading, following):
            lines += [*prose, ""] if blank else prose
    return "\n".join(lines)


def _is_above(heading: str, following: str) -> bool:
    """True if a volume's heading stands right above its first chapter."""
    above: tuple[str, ...] = (
        "第一卷 ",
        "第二卷 ",
        "卷",
        "第一部",
        "第二部",
        "上卷",
        "下卷",
        "第一集 ",
        "第二集 ",
        "第一幕",
    )
    above += ("第二幕", "正文", "Part ", "PART ", "BOOK ", "Volume ", "ACT ", "Day ")
    inner = ("第一章", "第二章", "第三章", "第一场", "第一节", "1", "一", "3.", "Chapter", "Scene")
    is_single = "章" not in heading and "SCENE" not in heading
    return heading.startswith(above) and is_single and following.startswith(inner)


def shape(book: ParsedBook) -> list[tuple[str, list[str]]]:
    return [(volume.title, [c.title for c in volume.chapters]) for volume in book.volumes]


def read(text: str, stem: str = "") -> ParsedBook:
    return book_of(Manuscript("txt", text.split("\n")), stem=stem)


@pytest.mark.parametrize("blank", [False, True], ids=["lines", "blank-lines"])
@pytest.mark.parametrize("form", CHINESE_FORMS, ids=lambda form: form.name)
def test_chinese_forms(form: Form, blank: bool) -> None:
    assert shape(read(file_of(form.headings, CHINESE, blank=blank))) == form.volumes


@pytest.mark.parametrize("form", ENGLISH_FORMS, ids=lambda form: form.name)
def test_english_forms(form: Form) -> None:
    assert shape(read(file_of(form.headings, ENGLISH, blank=True))) == form.volumes
