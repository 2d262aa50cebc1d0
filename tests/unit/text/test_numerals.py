"""Numbers as books count their chapters."""

from __future__ import annotations

import pytest

from arboris_desktop.text.numerals import chinese, numbered_lines, roman


@pytest.mark.parametrize(
    ("number", "in_roman", "in_chinese"),
    [
        (1, "I", "一"),
        (4, "IV", "四"),
        (9, "IX", "九"),
        (10, "X", "十"),
        (14, "XIV", "十四"),
        (20, "XX", "二十"),
        (49, "XLIX", "四十九"),
        (61, "LXI", "六十一"),
        (90, "XC", "九十"),
        (100, "C", "一百"),
        (105, "CV", "一百零五"),
        (110, "CX", "一百一十"),
        (120, "CXX", "一百二十"),
        (399, "CCCXCIX", "三百九十九"),
    ],
)
def test_spellings(number: int, in_roman: str, in_chinese: str) -> None:
    assert (roman(number), chinese(number)) == (in_roman, in_chinese)


def test_only_lines_that_count_on_are_taken() -> None:
    lines = ["1.", "7", "A.", "(2)", "B.", "2", "C.", "III", "D.", "I"]
    assert numbered_lines(lines, set()) == [0, 3, 7]
    assert numbered_lines(lines[:7], set()) == []
