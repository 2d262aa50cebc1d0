"""Pace as it can be counted."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.pacing import Pacing, measure_pacing


def test_an_empty_text_has_no_pace() -> None:
    assert measure_pacing("", Language.ENGLISH) == Pacing(0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("text", "language", "share"),
    [
        ("“Go,” she said.", Language.ENGLISH, 5 / 13),
        ("他说：“走。”", Language.CHINESE, 4 / 7),
        ("「走」", Language.CHINESE, 1.0),
        ("Nothing is said.", Language.ENGLISH, 0.0),
    ],
)
def test_the_share_of_speech(text: str, language: Language, share: float) -> None:
    assert measure_pacing(text, language).dialogue_share == pytest.approx(share)


def test_sentences_are_counted_by_their_ends() -> None:
    english = measure_pacing("One two. Three four five six!\n\nSeven?", Language.ENGLISH)
    assert (english.length, english.dialogue_share) == (7, 0.0)
    assert english.sentence_length == pytest.approx(7 / 3)
    assert measure_pacing("他走了。她没有说话。", Language.CHINESE).sentence_length == 5.0


@given(st.text())
def test_a_share_is_a_share(text: str) -> None:
    for language in Language:
        assert 0.0 <= measure_pacing(text, language).dialogue_share <= 1.0
