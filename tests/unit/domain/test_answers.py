"""Answers of models, as they are kept to be looked at."""

from __future__ import annotations

from arboris_desktop.domain.answers import LONGEST_KEPT, kept


def test_of_a_very_long_answer_the_beginning_and_the_end_are_kept() -> None:
    assert kept("") == ""
    assert kept("x" * LONGEST_KEPT) == "x" * LONGEST_KEPT
    short = kept("a" * LONGEST_KEPT + "b" * LONGEST_KEPT)
    assert len(short) <= LONGEST_KEPT
    assert short.startswith("aaa")
    assert "[…]" in short
    assert short.endswith("bbb")
