"""Headings in other languages than English and Chinese, and how Chinese ones are misspelt."""

from __future__ import annotations

import pytest

from arboris_desktop.text.number_words import value_in_words
from tests.support.parsing import parse_text, shape
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH

ZH, EN = "\n".join(CHINESE), "\n\n" + "\n".join(ENGLISH) + "\n\n"


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("erstes", 1),
        ("Dritter", 3),
        ("einundzwanzigstes", 21),
        ("fünfunddreißig", 35),
        ("premier", 1),
        ("deuxième", 2),
        ("vingt et un", 21),
        ("dix-sept", 17),
        ("quatre-vingt", 80),
        ("DIX", 10),
        ("segunda", 2),
        ("veintidós", 22),
        ("treinta y uno", 31),
        ("vigésimo primero", 21),
        ("terzo", 3),
        ("três", 3),
        ("вторая", 2),
        ("третий", 3),
        ("двадцать первая", 21),
        ("mười một", 11),
        ("hai mươi mốt", 21),
        ("první", 1),
        ("Regen", None),
        ("drei Regen", None),
        ("zwei drei", None),
        ("", None),
    ],
)
def test_numbers_in_words(words: str, value: int | None) -> None:
    assert value_in_words(words) == value


@pytest.mark.parametrize(
    "headings",
    [
        "Erstes Kapitel / Zweites Kapitel / Drittes Kapitel",
        "1. Kapitel / 2. Kapitel / 3. Kapitel",
        "Kapitel Eins / Kapitel Zwei / Kapitel Drei",
        "Eins / Zwei / Drei",
        "Chapitre premier / Chapitre deux / Chapitre trois",
        "Premier chapitre / Deuxième chapitre / Troisième chapitre",
        "Capítulo primero / Capítulo segundo / Capítulo tercero",
        "CAPITULO I / CAPITULO II / CAPITULO III",
        "Capitolo primo / Capitolo secondo / Capitolo terzo",
        "Глава первая / Глава вторая / Глава третья",
        "Глава двадцатая / Глава двадцать первая / Глава двадцать вторая",
        "Chapitre vingt / Chapitre vingt et un / Chapitre vingt-deux",
        "Chương một / Chương hai / Chương ba",
        "Kapitola první / Kapitola druhá / Kapitola třetí",
        "1. fejezet / 2. fejezet / 3. fejezet",
        "บทที่ 1 / บทที่ 2 / บทที่ 3",
    ],
)
def test_chapters_in_other_languages(headings: str) -> None:
    book = parse_text("\n".join(f"{one}\n{EN}" for one in headings.split(" / ")))
    ((_volume, _titles),) = shape(book)
    assert [c.label for c in book.volumes[0].chapters] == headings.split(" / ")


@pytest.mark.parametrize(
    ("volumes", "chapter"),
    [
        ("Erster Teil / Zweiter Teil", "{}. Kapitel"),
        ("PREMIÈRE PARTIE / DEUXIÈME PARTIE", "Chapitre {}"),
        ("PRIMERA PARTE / SEGUNDA PARTE", "Capítulo {}"),
        ("Часть первая / Часть вторая", "Глава {}"),
        ("Tome I / Tome II", "Chapitre {}"),
        ("제1권 / 제2권", "{}장 비"),
        ("Quyển 1 / Quyển 2", "Chương {}"),
    ],
)
def test_volumes_in_other_languages(volumes: str, chapter: str) -> None:
    one, other = volumes.split(" / ")
    lines = [one, chapter.format(1), EN, chapter.format(2), EN, other, chapter.format(3), EN]
    found = shape(parse_text("\n\n".join(lines)))
    assert [(title, len(chapters)) for title, chapters in found] == [(one, 2), (other, 1)]


@pytest.mark.parametrize(
    ("name", "chapter"),
    [
        ("Prolog", "Kapitel {}"),
        ("Épilogue", "Chapitre {}"),
        ("Prólogo", "Capítulo {}"),
        ("Эпилог", "Глава {}"),
        ("プロローグ", "第{}章"),
        ("あとがき", "第{}章"),
        ("에필로그", "{}화"),
        ("외전", "{}화"),
        ("尾声：", "第{}章"),
        ("缘起", "第{}章"),
        ("出版后记", "第{}章"),
        ("番外特别篇", "第{}章"),
        ("最终话", "第{}话"),
    ],
)
def test_chapters_with_a_name(name: str, chapter: str) -> None:
    lines = [chapter.format(1), EN, chapter.format(2), EN, chapter.format(3), EN, name, EN]
    ((_volume, found),) = shape(parse_text("\n\n".join(lines)))
    assert found == ["", "", "", name.rstrip("：")]


@pytest.mark.parametrize(
    "headings",
    [
        "第 十 一 章 甲 / 第 十 二 章 乙 / 第 十 三 章 丙",
        "第 一百 二十三 章 甲 / 第 一百 二十四 章 乙 / 第 一百 二十五 章 丙",
        "第一O一章 甲 / 第一O二章 乙 / 第一O三章 丙",
        "第1百零1章 甲 / 第1百零2章 乙 / 第1百零3章 丙",
        "第一章 甲 / 地二章 乙 / 第三章 丙",
        "第第1章 甲 / 第第2章 乙 / 第第3章 丙",
        "一章 甲 / 第二章 乙 / 第三章 丙",
        "第1章 第一章 甲 / 第2章 第二章 乙 / 第3章 第三章 丙",
        "第一章 Chapter 1 甲 / 第二章 Chapter 2 乙 / 第三章 Chapter 3 丙",
        "{第一章} 甲 / {第二章} 乙 / {第三章} 丙",
        "◤第一章 甲◢ / ◤第二章 乙◢ / ◤第三章 丙◢",
    ],
)
def test_misspelt_and_adorned_chinese_headings(headings: str) -> None:
    book = parse_text("\n".join(f"{one}\n{ZH}" for one in headings.split(" / ")))
    assert shape(book) == [("", ["甲", "乙", "丙"])]


@pytest.mark.parametrize(
    "rubbish",
    [
        " 求月票",
        "，求推荐票！",
        " ★求打赏★",
        "（修）",
        "[已修改]",
        "（捉虫）",
        "（入v公告）",
        "（补昨天的）",
        " 2023-05-01 12:30:00",
        " 2345字",
        " 作者：某人",
        " http://www.example.com/1.html",
        " (第1/2页)",
        " {求票}",
        " [本章字数：2011 最新更新时间：2013-04-05 12:00:00.0]",
    ],
)
def test_more_rubbish_of_sites(rubbish: str) -> None:
    book = parse_text(f"第一章 甲屋{rubbish}\n{ZH}\n第二章 乙\n{ZH}")
    assert shape(book) == [("", ["甲屋", "乙"])]


@pytest.mark.parametrize("title", ["月票", "求票的人", "三更", "加更", "修", "一万字", "补天"])
def test_titles_that_only_sound_like_rubbish(title: str) -> None:
    assert shape(parse_text(f"第一章 {title}\n{ZH}\n第二章 乙\n{ZH}")) == [("", [title, "乙"])]


@pytest.mark.parametrize("word", ["parted", "Tomes", "booked", "bandi", "Partex", "actom"])
def test_a_word_that_begins_like_a_unit_is_none(word: str) -> None:
    book = parse_text(f"{word}\n\nChapter 1\n{EN}\n{word}\n\nChapter 2\n{EN}")
    assert shape(book)[-1] == ("", ["", ""])
