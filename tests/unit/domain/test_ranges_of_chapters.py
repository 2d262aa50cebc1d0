"""Numbers of chapters are written as they are read."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.chapter_numbers import as_ranges, parse_chapter_numbers


def test_neighbours_are_a_range() -> None:
    assert as_ranges([3, 1, 2, 7, 9, 10]) == "1-3, 7, 9-10"


@given(st.sets(st.integers(1, 60), min_size=1))
def test_what_is_written_is_read_again(numbers: set[int]) -> None:
    assert parse_chapter_numbers(as_ranges(numbers)) == numbers
