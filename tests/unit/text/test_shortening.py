"""Cutting texts for a model: within the budget, and never without saying so."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.shortening import fitting, shares, shortened

STORY = "\n\n".join(f"Day {day}. The tide went out. Nobody spoke of it." for day in range(60))


def test_a_text_that_fits_is_whole() -> None:
    shown = shortened(STORY, Language.ENGLISH, len(STORY), len)

    assert (shown.text, shown.left_out) == (STORY, 0)


def test_a_long_text_keeps_its_beginning_and_end_and_says_what_is_missing() -> None:
    shown = shortened(STORY, Language.ENGLISH, 600, len)

    assert len(shown.text) <= 600
    assert shown.text.startswith("Day 0. The tide went out.")
    assert shown.text.endswith("Nobody spoke of it.")
    assert f"[Here {shown.left_out} words are left out" in shown.text
    assert shown.left_out > 400


def test_a_chinese_text_says_so_in_chinese() -> None:
    shown = shortened("雾从沉钟桥那边漫过来，一层压着一层。" * 100, Language.CHINESE, 300, len)

    assert f"此处略去 {shown.left_out} 字" in shown.text
    assert len(shown.text) <= 300


@given(st.text(min_size=1, max_size=900), st.integers(80, 400))
def test_it_never_takes_more_than_its_budget(text: str, budget: int) -> None:
    assert len(shortened(text, Language.ENGLISH, budget, len).text) <= max(budget, 0)


@given(st.lists(st.integers(0, 1000), min_size=1, max_size=6), st.integers(0, 3000))
def test_shares_give_no_more_than_is_needed_nor_than_there_is(needs: list[int], there: int) -> None:
    given_out = shares(needs, there)

    assert sum(given_out) <= max(there, 0)
    assert all(got <= need for got, need in zip(given_out, needs, strict=True))
    if sum(needs) <= there:
        assert given_out == needs


def test_lines_come_as_long_as_there_is_room() -> None:
    assert fitting(["one", "three", "x" * 50, "two"], 12, len) == ["one", "three"]
