"""Chapter numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.chapter_numbers import parse_chapter_numbers
from arboris_desktop.domain.errors import RuleError


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("3", {3}),
        ("1-3", {1, 2, 3}),
        ("1-2, 5，7–8", {1, 2, 5, 7, 8}),
        ("4-4、2", {2, 4}),
    ],
)
def test_numbers_and_ranges(text: str, numbers: set[int]) -> None:
    assert parse_chapter_numbers(text) == numbers


@pytest.mark.parametrize(
    "text", ["", "one", "3-1", "0", "-2", "1--3", "1,,2", "1-9999999", "999999"]
)
def test_what_names_no_chapters_is_refused(text: str) -> None:
    with pytest.raises(RuleError):
        parse_chapter_numbers(text)


@given(st.sets(st.integers(1, 3000), min_size=1))
def test_every_list_of_numbers_is_read_back(numbers: set[int]) -> None:
    assert parse_chapter_numbers(",".join(map(str, numbers))) == numbers
