"""The words that are judged, and those that never are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.spelled_words import bare, spelled_words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("“Don’t,” said Mara’s ghost.", ["Don't", "said", "Mara's", "ghost"]),
        ("the well-lit naïve café", ["the", "well", "lit", "naïve", "café"]),
        ("他说 hello，再见iPhone15和日本語かな한국어", ["hello"]),
        ("a b2 2nd x_y I", []),
        ("mail me@example.org or https://example.org/Teh now", ["mail", "or", "now"]),
        ("Привет, мир", ["Привет", "мир"]),
        ("“’Tis!” ’twas ’em, ’tisn’t ’tiss", ["tiss"]),
        ("tis ’tis", ["tis"]),
        ("‘Quoted’ rock 'n' roll", ["Quoted", "rock", "roll"]),
    ],
)
def test_words_are_found(text: str, words: list[str]) -> None:
    assert [word for _span, word in spelled_words(text)] == words


@given(st.text("aB'’ 中一あ한1_-.@", max_size=40))
def test_each_word_stands_where_it_is_told(text: str) -> None:
    for span, word in spelled_words(text):
        assert text[span.start : span.end].replace("’", "'") == word
        assert not any("\u2e80" <= character <= "\u9fff" for character in word)


def test_a_possessive_is_the_same_word() -> None:
    assert {bare(each) for each in ("Mara", "MARA", "Mara’s", "mara's")} == {"mara"}
    assert bare("James’") == "james"
