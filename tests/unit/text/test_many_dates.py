"""Texts full of lines that look like dates or numbers take no longer than their length."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.headings.candidates import Surroundings
from arboris_desktop.text.headings.finder import find_headings
from arboris_desktop.text.headings.levels import sound_series
from arboris_desktop.text.headings.readings import _readings
from arboris_desktop.text.headings.worded import _is_whole, _may_be_whole, worded_candidates


def test_each_line_is_read_once_however_many_there_are() -> None:
    lines = [f"{2000 + n // 336}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}" for n in range(8000)]
    _readings.cache_clear()
    find_headings(lines)
    assert _readings.cache_info().misses == len(lines)


@given(st.lists(st.integers(1, 12), max_size=30), st.booleans())
def test_no_series_is_passed_over_for_speed(numbers: list[int], counts_on: bool) -> None:
    """A form that is passed over would have been no series of words and numbers."""
    if counts_on:
        numbers = [*range(1, len(numbers) + 1), *numbers[:2]]
    lines = [
        one
        for n in numbers
        for one in (f"分节阅读_{n}", "天色已经暗了下来，老周把店门装上去，回家了。")
    ]
    around = Surroundings(lines)
    for form, members in worded_candidates(around).items():
        made = sound_series(form, members, around)
        if made and _is_whole(made, len(members)):
            assert _may_be_whole(members)
