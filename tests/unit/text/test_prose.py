"""Guessing the language and cutting the end of a text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.prose import (
    cjk_share,
    guess_language,
    sentence_around,
    tail,
    whole_sentences,
)


@given(st.text())
def test_share_is_a_share(text: str) -> None:
    assert 0.0 <= cjk_share(text) <= 1.0


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", Language.ENGLISH),
        ("It was late, and 雨 fell.", Language.ENGLISH),
        ("话说天下大势，分久必合，合久必分。", Language.CHINESE),
        ("他打开 MacBook，写下 Chapter One。", Language.CHINESE),
        ("1234 !!!", Language.ENGLISH),
    ],
)
def test_language_is_guessed_from_the_script(text: str, expected: Language) -> None:
    assert guess_language(text) is expected


def test_language_is_guessed_from_the_beginning_of_a_long_text() -> None:
    assert guess_language("雨" * 20_000 + "x" * 1_000_000) is Language.CHINESE


@given(st.text(), st.integers(min_value=-5, max_value=300))
def test_tail_is_an_end_of_the_text_within_the_limit(text: str, characters: int) -> None:
    end = tail(text, characters)
    assert text.endswith(end)
    assert len(end) <= max(characters, 0)


@given(st.text(min_size=1), st.integers(min_value=1, max_value=300))
def test_tail_keeps_at_least_half(text: str, characters: int) -> None:
    assert len(tail(text, characters)) >= min(len(text), characters) / 2


@pytest.mark.parametrize(
    ("text", "characters", "expected"),
    [
        ("short", 100, "short"),
        ("One paragraph.\n\nThe last paragraph of all.", 36, "The last paragraph of all."),
        ("He left. She stayed at home that night.", 38, "She stayed at home that night."),
        ("“他走了。”她没有回头，只是望着远处的山。", 18, "她没有回头，只是望着远处的山。"),
        (
            "It cost 3.14 pounds and nobody would pay it",
            38,
            "st 3.14 pounds and nobody would pay it",
        ),
        ("no boundary is near in this text", 10, " this text"),
        ("anything", 0, ""),
    ],
)
def test_tail_starts_at_a_sentence_or_paragraph(text: str, characters: int, expected: str) -> None:
    assert tail(text, characters) == expected


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Mara comes home. She is late. The light", "Mara comes home. She is late."),
        ("“Is it dark?” she asks. It is 3.5 mi", "“Is it dark?” she asks."),
        ("She said: “Go!” And th", "She said: “Go!”"),
        ("玛拉回家了。灯塔灭了！“谁", "玛拉回家了。灯塔灭了！"),
        ("All of it is whole.", "All of it is whole."),
        ("Nothing ends", "Nothing ends"),
        ("", ""),
    ],
)
def test_a_cut_text_ends_with_its_last_whole_sentence(text: str, whole: str) -> None:
    assert whole_sentences(text) == whole


@pytest.mark.parametrize(
    ("place", "sentence"),
    [
        (0, "She came."),
        (9, "She came."),
        (10, "“Where to?”"),
        (15, "“Where to?”"),
        (24, "he asked"),
        (99, "he asked"),
    ],
)
def test_the_sentence_around_a_place(place: int, sentence: str) -> None:
    text = "She came. “Where to?” he asked"
    span = sentence_around(text, min(place, len(text)))
    assert text[span.start : span.end] == sentence


def test_the_sentence_around_a_place_in_chinese_and_in_nothing() -> None:
    text = "她来了。“去哪里？”他问。"
    assert [text[(s := sentence_around(text, p)).start : s.end] for p in (1, 6, 11)] == [
        "她来了。",
        "“去哪里？”",
        "他问。",
    ]
    span = sentence_around("", 0)
    assert (span.start, span.end) == (0, 0)
