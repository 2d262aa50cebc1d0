"""Chapters in parts named 上, 中 and 下, and files that begin with a late chapter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.parsing import parse_text, texts
from tests.unit.exchange.test_heading_forms import CHINESE, ENGLISH
from tests.unit.exchange.test_reported_forms import rows

ZH, EN = "\n".join(CHINESE), "\n".join(ENGLISH)


@pytest.mark.parametrize("apart", ["\n", "\n\n"])
@pytest.mark.parametrize("form", ["{}", "（{}）", "【{}】", "　　{}"])
def test_parts_of_a_chapter_are_text_and_not_its_title(form: str, apart: str) -> None:
    def chapter(heading: str, parts: str) -> str:
        return apart.join([heading, *(form.format(one) + apart + ZH for one in parts)])

    found = parse_text(chapter("第一章", "上中下") + "\n\n" + chapter("第二章", "上下"))
    (volume,) = found.volumes
    assert [(one.label, one.title) for one in volume.chapters] == [("第一章", ""), ("第二章", "")]
    for text, parts in zip(texts(found), ["上中下", "上下"], strict=True):
        lines = [line.strip(" 　（）【】") for line in text.splitlines()]
        assert [line for line in lines if line in ("上", "中", "下")] == list(parts)


@pytest.mark.parametrize("form", ["第{}章{} 起风", "第{}章{}：起风", "第{}回{}（起风）"])
def test_a_part_behind_the_unit(form: str) -> None:
    headings = [form.format(*one) for one in ("一上", "一中", "一下", "二上", "二下")]
    ((_volume, chapters),) = rows(" / ".join(headings))
    assert [label[1] for label, _title in chapters] == list("一一一二二")
    assert [title[0] for _label, title in chapters] == list("上中下上下")


def test_a_sentence_that_says_a_chapter_is_none() -> None:
    prose = f"第一章\n\n{ZH}\n第一章中，他死了。\n第一章下面还有一行小字。\n{ZH}\n\n第二章\n\n{ZH}"
    assert [one.label for one in parse_text(prose).volumes[0].chapters] == ["第一章", "第二章"]


LATE = ["{}", "{}.", "{}. The Rain", "{}、起风", "{} 起风", "（{}）", "#{}"]


@given(st.sampled_from(LATE), st.integers(2, 900), st.integers(3, 6))
def test_a_file_of_later_chapters(form: str, first: int, count: int) -> None:
    prose = EN if form.isascii() else ZH
    text = "\n\n".join(f"{form.format(n)}\n\n{prose}" for n in range(first, first + count))
    chapters = parse_text(text).volumes[0].chapters
    assert [one.label.strip("（）#.、") for one in chapters] == [
        str(n) for n in range(first, first + count)
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{ZH}\n\n{ZH}\n\n41. 米\n\n42. 油\n\n43. 盐和酱油，还有别的东西都要记得买回来。\n\n{ZH}",
        f"41\n{EN}\n42\n{EN}\n43\n{EN}",
        f"{EN}\n\n{EN}\n\n1941\n\n{EN}\n\n1944\n\n{EN}\n\n1945\n\n{EN}",
    ],
)
def test_numbers_that_are_no_later_chapters(text: str) -> None:
    assert [one.label for volume in parse_text(text).volumes for one in volume.chapters] == [""]


def test_a_number_above_the_first_volume_is_the_title() -> None:
    found = parse_text("0\n\n\nVolume 1: 0000000000\n\n\nChapter 1\n\n" + EN)
    assert (found.title, [volume.label for volume in found.volumes]) == ("0", ["Volume 1"])
