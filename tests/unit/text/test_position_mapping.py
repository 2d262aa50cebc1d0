"""Places in texts that are brought into form."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.normal_form import normalised_input, normalised_text
from arboris_desktop.text.position_mapping import PositionMap, mapped
from arboris_desktop.text.quotations import Span
from tests.unit.text.test_normal_form import LANGUAGES, TEXTS


@given(TEXTS, LANGUAGES, st.data())
def test_every_place_keeps_its_words(text: str, language: Language, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    for bring in (normalised_text, normalised_input):
        formed = bring(text, language)
        positions = PositionMap(text, formed)
        span = positions.span(Span(start, end))

        assert positions.is_whole
        assert words(formed[span.start : span.end]) == words(text[start:end])
        assert words(formed[: positions.place(start)]) == words(text[:start])
        assert words(formed[: span.start]) == words(text[:start])


@pytest.mark.parametrize("quotation", ["—He", "“Go!”", "*went*", "x ###", "！他"])
def test_signs_at_the_edge_stay_with_their_words(quotation: str) -> None:
    text = f"\u3000\u3000One.\r\n###\r\n\u3000\u3000She said: {quotation} and left."
    formed = normalised_input(text, Language.CHINESE)
    start = text.index(quotation)

    span = mapped(Span(start, start + len(quotation)), text, formed)

    assert formed.startswith("One.\n\n* * *\n\nShe said")
    assert formed[span.start : span.end] == quotation.strip("*")


def test_a_lost_or_a_new_word_is_seen() -> None:
    assert PositionMap("One. Two.", "One.\n\nTwo.").is_whole
    assert not PositionMap("One. Two.", "One.").is_whole
    assert not PositionMap("One.", "One. Two.").is_whole


def words(text: str) -> str:
    return "".join(sign for sign in text if sign.isalnum())
