"""Chapters that are counted by names: stems, thirds, letters, the days of a diary."""

from __future__ import annotations

import pytest

from tests.support.parsing import parse_text, shape, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH

ZH, EN = "\n".join(CHINESE), "\n\n" + "\n".join(ENGLISH) + "\n\n"


def titles(headings: str, prose: str = ZH) -> list[tuple[str, str]]:
    """Labels and titles of the chapters below the headings."""
    book = parse_text("\n".join(f"{one}\n{prose}" for one in headings.split(" / ")))
    return [(c.label, c.title) for volume in book.volumes for c in volume.chapters]


def joined(found: list[tuple[str, str]]) -> str:
    return " / ".join(f"{label} {title}".strip() for label, title in found)


@pytest.mark.parametrize(
    "headings",
    [
        "甲 / 乙 / 丙 / 丁",
        "子 / 丑 / 寅 / 卯",
        "子时 / 丑时 / 寅时",
        "甲子 / 乙丑 / 丙寅",
        "上 / 中 / 下",
        "上 / 下",
        "（上） / （中） / （下）",
        "雨巷（上） / 雨巷（中） / 雨巷（下）",
        "春 / 夏 / 秋 / 冬",
        "一月 / 二月 / 三月",
        "星期一 / 星期二 / 星期三",
    ],
)
def test_names_that_count_on(headings: str) -> None:
    assert joined(titles(headings)) == headings


@pytest.mark.parametrize(
    "form", ["{}、起风", "{}　起风", "{}：起风", "第{}章 起风", "{}章 起风", "（{}）起风"]
)
def test_a_title_behind_a_stem(form: str) -> None:
    found = titles(" / ".join(form.format(stem) for stem in "甲乙丙"))
    assert [title for _label, title in found] == ["起风"] * 3
    assert not any(label.endswith(("、", "：")) for label, _title in found)


@pytest.mark.parametrize(
    "headings",
    [
        "A / B / C",
        "The First / The Second / The Third",
        "THE FIRST. / THE SECOND. / THE THIRD.",
        "The First Interview / The Second Interview / The Third Interview",
        "Monday / Tuesday / Wednesday",
        "January / February / March",
        "Spring / Summer / Autumn / Winter",
    ],
)
def test_english_names_that_count_on(headings: str) -> None:
    assert joined(titles(headings, EN)) == headings.replace(".", "")


def test_letters_and_movements_may_have_titles() -> None:
    found = titles("A. Rain / B. Road / C. Home", EN)
    assert [title for _label, title in found] == ["Rain", "Road", "Home"]
    found = titles("First Movement: Allegro / Second Movement: Largo / Third Movement: Rondo", EN)
    assert [title for _label, title in found] == ["Allegro", "Largo", "Rondo"]


@pytest.mark.parametrize(
    "volumes", ["甲部 / 乙部", "卷甲 / 卷乙", "子卷 / 丑卷", "上卷 / 下卷", "卷之一 / 卷之二"]
)
def test_volumes_that_are_counted_by_names(volumes: str) -> None:
    one, other = volumes.split(" / ")
    text = f"{one} 风\n第一章 甲\n{ZH}\n{other} 雨\n第二章 乙\n{ZH}"
    assert shape(parse_text(text)) == [("风", ["甲"]), ("雨", ["乙"])]


@pytest.mark.parametrize("volume", ["卷{}", "卷{}·", "上下卷", "Vol.{} ", "第{}部 "])
def test_a_volume_glued_to_its_chapter(volume: str) -> None:
    first, second = (
        ("上卷 ", "下卷 ") if volume == "上下卷" else (volume.format(1), volume.format(2))
    )
    heads = (f"{first}第1章 甲", f"{first}第2章 乙", f"{second}第3章 丙")
    book = parse_text("\n".join(f"{head}\n{ZH}" for head in heads))
    assert [found for _title, found in shape(book)] == [["甲", "乙"], ["丙"]]


def test_book_the_first_chapter_the_second() -> None:
    heads = [
        f"Book the {book}, Chapter the {chapter}"
        for book, chapter in (("First", "First"), ("First", "Second"), ("Second", "First"))
    ]
    book = parse_text("\n".join(f"{head}\n{EN}" for head in heads))
    assert shape(book) == [("Book the First", ["", ""]), ("Book the Second", [""])]


# --- diaries ---


@pytest.mark.parametrize(
    "headings",
    [
        "3月1日 晴 / 3月2日 雨 / 3月5日 阴",
        "三月一日 / 三月二日 / 四月十五日",
        "1937年7月8日 / 1937年7月9日 / 1937年8月13日",
        "1998年3月1日 星期日 晴 / 1998年3月2日 星期一 雨 / 1998年3月4日 星期三 多云",
        "12月30日 雪 / 12月31日 雪 / 1月1日 晴",
        "正月初一 / 正月初二 / 二月十五",
        "民国二十六年七月八日 / 民国二十六年七月九日 / 民国二十六年八月十三日",
        "1998年 / 1999年 / 2003年",
        "2021-03-01 / 2021-03-02 / 2021-03-05",
        "3月1日 / 3月1日 夜 / 3月2日",
    ],
)
def test_dates_head_the_entries_of_a_diary(headings: str) -> None:
    assert [title for _label, title in titles(headings)] == headings.split(" / ")


@pytest.mark.parametrize(
    "headings",
    [
        "1 March / 2 March / 9 March",
        "March 1 / March 2 / March 9",
        "March 1, 1890 / March 2, 1890 / March 3, 1890",
        "1st of March / 3rd of March / 9th of April",
        "Monday, 3 May 1897 / Tuesday, 4 May 1897 / Friday, 7 May 1897",
        "Monday, May 3, 1897 / Tuesday, May 4, 1897 / Friday, June 7, 1897",
        "London, 3 May 1897 / London, 4 May 1897 / Paris, 7 May 1897",
        "Tues. 3 May / Wed. 4 May / Fri. 6 May",
        "JANUARY 1ST / JANUARY 2ND / FEBRUARY 9TH",
        "Montag, den 3. Mai / Dienstag, den 4. Mai / Freitag, den 7. Mai",
        "lundi 3 mai / mardi 4 mai / vendredi 7 juin",
        "3 мая / 4 мая / 7 июня",
        "1914 / 1915 / 1918",
        "May 3: The Arrival / May 4: The Count / May 7: The Door",
        "Dear Diary / Dear Diary / Dear Diary",
    ],
)
def test_dates_in_other_languages(headings: str) -> None:
    assert [title for _label, title in titles(headings, EN)] == headings.split(" / ")


@pytest.mark.parametrize(
    "lines",
    [
        "　　3月1日，他离开了家。 / 　　3月2日，下起了雨。 / 　　3月3日，母亲来信。",
        "　　三月一日那天他走了。 / 　　三月二日那天她也走了。 / 　　三月三日谁也没有来。",
        "3月1日 晴",
        "甲：不是我。 / 乙：不是我。 / 丙：不是我。",
        "　　A：你好。 / 　　B：你好。 / 　　C：再见。",
        "　　第一章他写得很慢。 / 　　第二章他写得很快。 / 　　第三章他没有写。",
        "第1页 / 第2页 / 第3页",
        "第 1 页 共 3 页 / 第 2 页 共 3 页 / 第 3 页 共 3 页",
        "2021-03-01 12:30 / 2021-03-01 12:31 / 2021-03-01 12:35",
    ],
)
def test_prose_with_dates_and_names_heads_nothing(lines: str) -> None:
    text = ZH + "\n" + "\n".join(f"{line}\n{ZH}" for line in lines.split(" / "))
    assert shape(parse_text(text)) == [("", [""])]


@pytest.mark.parametrize(
    "lines",
    [
        "Page 1 / Page 2 / Page 3",
        "Seite 1 / Seite 2 / Seite 3",
        "A / B",
        "1914 was a hard year. / 1915 was worse. / 1916 was the worst.",
        "Monday he worked. / Tuesday he slept. / Wednesday he drank.",
        "First, she closed the door. / Second, she put out the lamp. / Third, she sat down.",
    ],
)
def test_english_prose_with_dates_and_names_heads_nothing(lines: str) -> None:
    text = EN + "\n".join(f"{line}\n{EN}" for line in lines.split(" / "))
    assert shape(parse_text(text)) == [("", [""])]


@pytest.mark.parametrize(
    "line",
    ["3月1日 晴", "甲", "1998年，北京", "　　第二章是他最喜欢的", "　　卷二第一章写的是雨夜"],
)
def test_they_are_text_where_chapters_are_named(line: str) -> None:
    text = "\n".join(f"{head}\n{ZH}\n{line}\n{ZH}" for head in ("第一章 风", "第二章 雨"))
    assert shape(parse_text(text)) == [("", ["风", "雨"])]
    assert all(line.strip() in one for one in texts(parse_text(text)))


def test_a_table_of_dates_is_a_table_of_contents() -> None:
    days = ("3月1日", "3月2日", "3月5日")
    text = "目录\n" + "\n".join(days) + "\n\n" + "\n".join(f"{day}\n{ZH}" for day in days)
    assert shape(parse_text(text)) == [("", list(days))]


def test_a_synopsis_above_the_table_of_contents_stays() -> None:
    heads = ("第一章 甲屋", "第二章 乙巷")
    text = "内容简介\n这是一个关于雨的故事。\n目录\n" + "\n".join(heads) + "\n\n"
    book = parse_text(text + "\n".join(f"{head}\n{ZH}" for head in heads))
    assert shape(book) == [("", ["内容简介", "甲屋", "乙巷"])]
    assert texts(book)[0] == "这是一个关于雨的故事。"


@pytest.mark.parametrize("sign", [" . . . . . {}", "（{}）", " /{}", "\t{}", "……{}"])
def test_pages_in_a_table_of_contents(sign: str) -> None:
    heads = ("第一章 甲屋", "第二章 乙巷")
    table = "\n".join(head + sign.format(8 * n + 1) for n, head in enumerate(heads))
    text = f"目 录\n{table}\n\n" + "\n".join(f"{head}\n{ZH}" for head in heads)
    assert shape(parse_text(text)) == [("", ["甲屋", "乙巷"])]
