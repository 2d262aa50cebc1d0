"""Headings as authors of posted stories write them, and as sites leave them behind."""

from __future__ import annotations

import pytest

from tests.support.parsing import parse_markdown, parse_text, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH
from tests.unit.exchange.test_reported_forms import rows

ZH, EN = "\n".join(CHINESE), "\n".join(ENGLISH)
SMALL = ["the beginning", "rain, and more rain", "what she said"]


@pytest.mark.parametrize(
    "form", ["{n} | {t}", "{n}. {t}", "{n} - {t}", "{n}: {t}", "{w}. {t}", "{r}. {t}", "({n}) {t}"]
)
def test_titles_in_small_letters(form: str) -> None:
    numbers = zip((1, 2, 3), ("one", "two", "three"), ("i", "ii", "iii"), SMALL, strict=True)
    headings = [form.format(n=n, w=w, r=r, t=t) for n, w, r, t in numbers]
    ((_volume, chapters),) = rows(" / ".join(headings))
    assert [title for _label, title in chapters] == SMALL


@pytest.mark.parametrize(
    "items",
    [
        ["1. milk", "2. eggs and some bread", "3. a rope"],
        ["1. go home before it is dark.", "2. say nothing to anybody.", "3. burn this letter."],
    ],
)
def test_items_of_a_list_are_no_chapters(items: list[str]) -> None:
    listed = "\n".join(items)
    assert len(texts(parse_text(f"{EN}\n\n{listed}\n\n{EN}"))) == 1
    listed = "\n\n".join(items)
    assert len(texts(parse_text(f"{EN}\n\n{listed}\n\n{EN}"))) == 1


@pytest.mark.parametrize(
    ("form", "label"),
    [
        ("❁ {} ❁", "❁ {} ❁"),
        ("⎯⎯ chapter {}", "chapter {}"),
        ("༺ Chapter {} ༻", "Chapter {}"),
        ("✩₊˚ Chapter {}", "Chapter {}"),
        ("⋆ {} ⋆", "{}"),
        ("<b>Chapter {}</b>", "Chapter {}"),
        ('<h2 class="x">Chapter {}</h2>', "Chapter {}"),
        ("<center><strong>Chapter {}</strong></center>", "Chapter {}"),
    ],
)
def test_ornaments_and_marks_of_pages_around_a_number(form: str, label: str) -> None:
    ((_volume, chapters),) = rows(" / ".join(form.format(n) for n in (1, 2, 3)))
    assert len(chapters) == 3
    assert all(str(n) in own for n, (own, _title) in enumerate(chapters, start=1))
    assert all(not title for _own, title in chapters)


@pytest.mark.parametrize(
    "rubbish",
    [
        " 更新时间2012-3-4 12:00:00 字数：3021",
        " 更新时间：2012-3-4 12:00:00",
        "　　更新于2012/03/04 字数:3021",
        " 发布时间 2012年3月4日",
        "（为盟主加更）",
        " 求推荐",
    ],
)
def test_what_a_site_wrote_behind_a_title(rubbish: str) -> None:
    headings = [f"{heading}{rubbish}" for heading in ("第一章 起风", "第二章 夜雨", "第三章 雪")]
    ((_volume, chapters),) = rows(" / ".join(headings))
    assert chapters == [("第一章", "起风"), ("第二章", "夜雨"), ("第三章", "雪")]


@pytest.mark.parametrize("title", ["更新时间", "字数", "他说更新", "最后更新的人"])
def test_a_title_that_only_names_such_things(title: str) -> None:
    ((_volume, chapters),) = rows(f"第一章 {title} / 第二章 夜雨")
    assert chapters[0] == ("第一章", title)


def test_emphasis_around_numbered_titles_of_markdown_is_no_part_of_them() -> None:
    titles = ["Rain", "More Rain", "Snow"]
    found = parse_markdown("\n\n".join(f"{n}. **{t}**\n\n{EN}" for n, t in enumerate(titles, 1)))
    assert [one.title for one in found.volumes[0].chapters] == titles


def test_a_comment_of_a_page_is_no_title() -> None:
    found = parse_markdown(f"<!-- draft -->\n\n# Rain\n\n{EN}\n\n# Snow\n\n{EN}")
    assert found.title == ""
    assert "<!-- draft -->" in "".join(texts(found))


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        ("第一章丨起风 / 第二章丨夜雨", [("第一章", "起风"), ("第二章", "夜雨")]),
        ("第一章｜起风 / 第二章｜夜雨", [("第一章", "起风"), ("第二章", "夜雨")]),
        ("📖 Chapter 1 / 📖 Chapter 2", [("Chapter 1", ""), ("Chapter 2", "")]),
        (
            "👨‍👩‍👧 Chapter 1: Rain / 🌧️ Chapter 2: Snow",
            [("Chapter 1", "Rain"), ("Chapter 2", "Snow")],
        ),
        ("1️⃣ Rain / 2️⃣ Snow / 3️⃣ Fog", [("1", "Rain"), ("2", "Snow"), ("3", "Fog")]),
    ],
)
def test_bars_and_emoji_beside_numbers(headings: str, expected: list[tuple[str, str]]) -> None:
    assert rows(headings) == [("", expected)]


def test_titles_with_a_line_of_equals_signs_below() -> None:
    titles = ["The Rain", "The Snow", "The Fog"]
    text = "\n\n".join(f"{title}\n{'=' * len(title)}\n\n{EN}" for title in titles)
    assert [one.title for one in parse_text(text).volumes[0].chapters] == titles


def test_two_rules_of_equals_signs_head_nothing() -> None:
    text = f"{EN}\n\n=====\n\n{EN}\n\n=====\n\n{EN}"
    assert len(texts(parse_text(text))) == 1


@pytest.mark.parametrize(
    "front",
    [
        *(
            "作品名称：雨巷\n作家：老周",
            "小说名：雨巷\n小说作者：老周",
            "【书名】雨巷\n【作者】老周",
        ),
        *("[书名]：雨巷\n[作者]：老周", "书 名 ： 雨巷\n作 者 ： 老周", "书名：雨巷\n笔名：老周"),
        *("【书名】：《雨巷》\n【作者】：老周", "作品名：雨巷\n原作者：老周"),
    ],
)
def test_labels_of_title_and_author(front: str) -> None:
    found = parse_text(f"{front}\n\n第一章 起风\n\n{ZH}\n\n第二章 夜雨\n\n{ZH}")
    assert (found.title.strip("《》"), found.author) == ("雨巷", "老周")
    assert len(texts(found)) == 2


@pytest.mark.parametrize(
    "line", ["【作者】", "【书名】", "作家们都来了", "小说名声很大", "[作者的话] 谢谢"]
)
def test_lines_that_only_begin_so(line: str) -> None:
    found = parse_text(f"{line}\n\n{ZH}\n\n第一章 起风\n\n{ZH}\n\n第二章 夜雨\n\n{ZH}")
    assert found.author == ""
    assert line in f"{found.title}\n{texts(found)[0]}"


def test_a_name_right_below_the_title() -> None:
    chapters = f"Chapter 1\n\n{EN}\n\nChapter 2\n\n{EN}"
    found = parse_text(f"The Ship\nJane Doe\n\n\n{chapters}")
    assert (found.title, found.author, len(texts(found))) == ("The Ship", "Jane Doe", 2)
    found = parse_text(f"The rain had stopped.\nJane Doe\n\n\n{chapters}")
    assert len(texts(found)) == 3


def test_stars_around_a_number_before_its_title() -> None:
    assert rows("*Chapter 1*: Rain / *Chapter 2*: Snow") == [
        ("", [("Chapter 1", "Rain"), ("Chapter 2", "Snow")])
    ]
