"""Terms by which a text is found, in two scripts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.quotations import Span
from arboris_desktop.text.search_terms import TermText, find_phrase, phrases_of, search_terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("青龙刀", ["青", "龙", "刀"]),
        ("Mara’s Café-au-lait, No. 12", ["mara", "s", "cafe", "au", "lait", "no", "12"]),
        ("第12回：Tom见孔明", ["第", "12", "回", "tom", "见", "孔", "明"]),
        ("ＡＢＣ１２", ["abc12"]),
        ("re\u0301sume\u0301", ["resume"]),
        ("STRASSE Straße", ["strasse", "strasse"]),
        ("“……” — \n\t !?", []),
        ("⑴a⑵b", ["1a2b"]),
        ("か\u3099ヿ", ["が", "ヿ"]),
    ],
)
def test_the_terms_of_a_text(text: str, terms: list[str]) -> None:
    assert search_terms(text) == terms


@given(st.text())
def test_no_term_holds_what_could_end_it(text: str) -> None:
    for term in search_terms(text):
        assert term
        assert not any(c.isspace() or (c.isascii() and not c.isalnum()) for c in term)


@given(st.text(max_size=40), st.text(max_size=40), st.text(alphabet="青龙刀 ab1é", max_size=6))
def test_a_phrase_is_found_where_it_stands(before: str, after: str, phrase: str) -> None:
    text = f"{before} {phrase} {after}"
    span = find_phrase(phrase, text)

    if search_terms(phrase):
        assert span is not None
        assert search_terms(text[span.start : span.end]) == search_terms(phrase)
    else:
        assert span is None
    assert TermText(text).holds(phrase) == (span is not None)


@pytest.mark.parametrize("sign", ["¼", "⑴⑵", "℀", "ヿ", "か\u3099"])
def test_a_part_of_a_sign_is_no_term(sign: str) -> None:
    parts = search_terms(sign)
    assert len(parts) <= 1
    assert find_phrase("1", f"{sign} 1") == Span(len(sign) + 1, len(sign) + 2)


def test_a_name_is_not_found_within_another_word() -> None:
    assert not TermText("Also, the Alps.").holds("Al")
    assert TermText("Al said so.").holds("AL")
    assert find_phrase("孔明", "孔子明白") is None


def test_a_name_is_told_from_a_word_by_its_capital() -> None:
    text = TermText("She will go to Mara’s house with Will.")
    assert text.names("Will")
    assert text.names("Mara")
    assert not text.names("To")
    assert text.names("house")
    assert TermText("They left the Guild.").names("The Guild")
    assert TermText("关公来了").names("关公")


def test_what_somebody_looks_for() -> None:
    assert phrases_of(' 青龙刀 "dark lighthouse" Mara “孔 明” -- ') == [
        "青龙刀",
        "dark lighthouse",
        "Mara",
        "孔 明",
    ]
    assert phrases_of('"" " ') == []
