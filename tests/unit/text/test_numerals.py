"""Numbers as books count their chapters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.numerals import Value, follows, value_of


@pytest.mark.parametrize(
    ("number", "value"),
    [
        ("1", 1),
        ("012", 12),
        ("１２", 12),
        ("I", 1),
        ("xiv", 14),
        ("XLIX", 49),
        ("CCCXCIX", 399),
        ("IIII", 4),
        ("Ⅻ", 12),
        ("①", 1),
        ("⑴", 1),
        ("⒈", 1),
        ("㈠", 1),
        ("一", 1),
        ("〇", 0),
        ("十", 10),
        ("十四", 14),
        ("二十", 20),
        ("廿三", 23),
        ("一百零三", 103),
        ("一百一十", 110),
        ("一千零一", 1001),
        ("一万二千", 12000),
        ("一〇三", 103),
        ("壹佰贰拾叁", 123),
        ("两百", 200),
        ("1千2百", 1200),
        ("Twelve", 12),
        ("twenty-one", 21),
        ("Ninety-Nine", 99),
        ("One Hundred", 100),
        ("one hundred and three", 103),
        ("a hundred twenty three", 123),
        ("the Twenty-First", 21),
        ("two thousand and five", 2005),
    ],
)
def test_the_value_of_a_number(number: str, value: int) -> None:
    assert value_of(number) == (value,)


@pytest.mark.parametrize(
    "word", ["", "x1", "hello", "IC", "MiX", "six three", "twenty ten", "一二天", "12345678"]
)
def test_what_is_no_number(word: str) -> None:
    assert value_of(word) is None


def test_numbers_of_two_parts() -> None:
    assert value_of("1.10") == value_of("1-10") == (1, 10)


@pytest.mark.parametrize(
    ("before", "value"),
    [((1,), (2,)), ((1, 1), (1, 2)), ((1, 9), (2, 1)), ((1, 9), (2,)), ((12,), (12, 5))],
)
def test_what_follows(before: Value, value: Value) -> None:
    assert follows(value, before)
    assert not follows(before, value)


@pytest.mark.parametrize(("before", "value"), [((1,), (1,)), ((1,), (3,)), ((1, 1), (1, 3))])
def test_what_does_not_follow(before: Value, value: Value) -> None:
    assert not follows(value, before)


def chinese(number: int) -> str:
    """A number from 1 to 9999 as it is written."""
    text = ""
    for power, sign in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            text += "零一二三四五六七八九"[digit] + sign
        elif text and not text.endswith("零") and number % power:
            text += "零"
    return text.removeprefix("一") if 10 <= number < 20 else text


def roman(number: int) -> str:
    values = (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1)
    text = ""
    for value, sign in zip(
        values, ["M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"], strict=True
    ):
        text += sign * (number // value)
        number %= value
    return text


@given(st.integers(1, 3999))
def test_every_number_is_read_in_every_script(number: int) -> None:
    assert value_of(chinese(number)) == value_of(roman(number)) == value_of(str(number))
