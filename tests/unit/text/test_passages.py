"""Chapters are cut into passages without losing a word."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.passages import LONGEST, SHORTEST, split_into_passages
from arboris_desktop.text.quotations import Span

_TEXTS = st.lists(
    st.sampled_from(
        ["雨停了。", "她说：“走吧！”", "The rain stopped. ", "\n", "\n\n", "x" * 90, " "]
    ),
    max_size=300,
).map("".join)


@given(st.one_of(_TEXTS, st.text()))
def test_nothing_is_lost_and_nothing_twice(text: str) -> None:
    passages = split_into_passages(text)

    assert passages
    ends = [0, *(span.end for span in passages)]
    for before, span in zip(ends, passages, strict=False):
        assert before <= span.start <= span.end <= len(text)
        assert not text[before : span.start].strip()
    assert not text[ends[-1] :].strip()


def test_passages_are_neither_short_nor_long() -> None:
    paragraph = "雨停的时候，她回到了灯塔下。" * 8
    lengths = [span.end - span.start for span in split_into_passages(f"{paragraph}\n\n" * 60)]

    assert all(SHORTEST <= length <= LONGEST for length in lengths[:-1])


def test_a_very_long_paragraph_is_cut_at_sentences() -> None:
    text = "雨停的时候，她说：“走吧！”" * 200

    for span in split_into_passages(text):
        assert span.end - span.start <= LONGEST
        assert text[span.start : span.end].endswith("！”")


def test_a_blank_text_is_one_empty_passage() -> None:
    assert split_into_passages(" \n ") == [Span(0, 0)]
