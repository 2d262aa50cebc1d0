"""Chapters that are long enough, and those that are not."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.length import is_short, is_worth_going_on, words_left
from arboris_desktop.text.prose import ends_a_sentence

TEN = "One two three four five six seven eight nine ten."


@pytest.mark.parametrize(
    ("target", "short"),
    [(10, False), (11, False), (13, True)],  # 100 %, 91 %, 77 %
)
def test_a_chapter_is_short_when_much_of_it_is_missing(target: int, short: bool) -> None:
    assert is_short(TEN, Language.ENGLISH, target) is short


@pytest.mark.parametrize(
    ("text", "ends"),
    [
        ("He left.", True),
        ("“He left.”\n", True),
        ("他走了。", True),
        ("“他走了！”", True),
        ("他走了……", True),
        ("He le", False),
        ("他走", False),
        ("He said, “", False),
        ("", False),
    ],
)
def test_where_a_sentence_ends(text: str, ends: bool) -> None:
    assert ends_a_sentence(text) is ends


def test_what_is_left_is_never_nothing() -> None:
    assert words_left(TEN, Language.ENGLISH, 100) == 90
    assert words_left(TEN, Language.ENGLISH, 10) == 1
    assert words_left("雾" * 1300, Language.CHINESE, 1200) == 120


def test_a_few_words_more_are_no_progress() -> None:
    assert not is_worth_going_on(TEN, TEN + " Eleven.", Language.ENGLISH, 300)
    assert is_worth_going_on(TEN, TEN + f" {TEN}", Language.ENGLISH, 300)
