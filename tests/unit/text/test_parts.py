"""Cutting a long chapter: nothing is lost, nothing is too long."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.text.overlapping_parts import split_into_parts

paragraphs = st.text(alphabet="abc 海雨。,.", min_size=0, max_size=700)
chapters = st.lists(paragraphs, max_size=12).map("\n\n".join)


@settings(max_examples=60, deadline=None)
@given(text=chapters, room=st.integers(100, 400))
def test_every_part_fits_and_holds_its_piece_of_the_text(text: str, room: int) -> None:
    parts = split_into_parts(text, room, estimate_tokens)

    pieces = [piece for piece in text.split("\n") if piece.strip()]
    joined = "\n".join(parts)
    for piece in pieces:
        # A paragraph that is too long by itself is cut, but each half is still there.
        assert piece in joined or estimate_tokens(piece) >= room - 1
    for part in parts:
        assert estimate_tokens(part) <= room


@settings(max_examples=60, deadline=None)
@given(words=st.integers(200, 3000), room=st.integers(100, 400))
def test_a_single_endless_paragraph_is_covered_to_the_letter(words: int, room: int) -> None:
    text = " ".join(f"w{number}" for number in range(words))

    parts = split_into_parts(text, room, estimate_tokens)

    position = 0
    for part in parts:
        for piece in part.split("\n\n"):
            start = text.find(piece)
            assert 0 <= start <= position, "a gap in the text"
            position = max(position, start + len(piece))
    assert position == len(text)


def test_neighbouring_parts_share_paragraphs() -> None:
    text = "\n\n".join(f"Paragraph number {number} tells a little." for number in range(60))

    parts = split_into_parts(text, 150, estimate_tokens)

    assert len(parts) > 2
    for before, after in itertools.pairwise(parts):
        assert after.split("\n\n")[0] in before


def test_a_short_text_stays_as_it_is() -> None:
    text = "One.\n\n\nTwo.\r\n"

    assert split_into_parts(text, 1000, estimate_tokens) == [text]


def test_a_model_without_room_is_refused() -> None:
    with pytest.raises(ProviderError) as caught:
        split_into_parts("text", 99, estimate_tokens)

    assert caught.value.kind is ErrorKind.CONTEXT_TOO_LONG
