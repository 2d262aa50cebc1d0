"""Values made comparable; what is not surely understood is left out of the comparison."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.codex.values import age, colours, is_alive

DIGITS = "零一二三四五六七八九"


@pytest.mark.parametrize(
    ("one", "other"),
    [("grey", "Gray"), ("dark blue", "蓝色"), ("黑", "乌黑"), ("银白", "grey"), ("blonde", "金色")],
)
def test_the_same_colour_in_other_words(one: str, other: str) -> None:
    assert colours(one) & colours(other)


@pytest.mark.parametrize(("one", "other"), [("grey", "brown"), ("碧绿", "褐色"), ("red", "black")])
def test_different_colours(one: str, other: str) -> None:
    assert colours(one)
    assert colours(other)
    assert not colours(one) & colours(other)


@pytest.mark.parametrize("value", ["dark", "bright", "", "明亮", "long"])
def test_what_names_no_colour(value: str) -> None:
    assert colours(value) == frozenset()


@pytest.mark.parametrize(
    ("value", "alive"),
    [("dead", False), ("Alive", True), ("死", False), ("已死", False), ("生", True), ("ill", None)],
)
def test_life(value: str, alive: bool | None) -> None:
    assert is_alive(value) is alive


@given(st.integers(1, 99), st.sampled_from(["", "岁"]))
def test_ages_in_chinese_numerals(years: int, unit: str) -> None:
    tens, ones = divmod(years, 10)
    ten = f"{DIGITS[tens] if tens > 1 else ''}十" if tens else ""
    assert age(ten + (DIGITS[ones] if ones else "") + unit) == years


@pytest.mark.parametrize(
    ("value", "years"),
    [
        ("34", 34),
        ("34 years old", 34),
        ("thirty-four", 34),
        ("Thirty four years", 34),
        ("nineteen", 19),
        ("aged 7", 7),
        ("三十四岁", 34),
        ("一百零五岁", 105),
        ("about forty", None),
        ("四十多岁", None),
        ("in her thirties", None),
        ("three months", None),
        ("thirty-forty", None),
        ("十百", None),
        ("", None),
    ],
)
def test_ages(value: str, years: int | None) -> None:
    assert age(value) == years


@given(st.text(max_size=20))
def test_no_value_is_too_strange(value: str) -> None:
    assert age(value) is None or age(value) >= 0  # type: ignore[operator]
    assert isinstance(colours(value), frozenset)
