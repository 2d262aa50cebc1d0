"""Passages followed through changes of the text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.passage_tracking import find_words, follow
from arboris_desktop.text.quotations import Span

TEXT = "The bell rang twice.\n\nMara counted the steps, and the bell rang again.\n\n钟声停了。"
PIECES = st.text("ab 钟。\n😀", max_size=12)


def passage(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def words_at(text: str, span: Span | None) -> str | None:
    return None if span is None else text[span.start : span.end]


@pytest.mark.parametrize(
    ("words", "new", "found"),
    [
        ("Mara", "Once more. " + TEXT, "Mara"),
        ("钟声", TEXT.replace("twice", "three times"), "钟声"),
        ("counted the steps", TEXT.replace("the steps", "the wet steps"), "counted the wet steps"),
        ("the steps", TEXT.replace("the steps, and", "them and"), None),
        ("Mara counted", TEXT.replace("Mara counted", ""), None),
        ("the bell", TEXT.replace("the bell", "it"), "it"),
        # A paragraph that changed its place takes its comments along.
        ("Mara", "\n\n".join(reversed(TEXT.split("\n\n"))), "Mara"),
        # Several changes at once, as by a replacement in the whole book.
        (
            "Mara counted the steps",
            TEXT.replace("bell", "gong").replace("Mara", "Ida"),
            "Ida counted the steps",
        ),
        ("停了", "Nothing of it is left.", None),
    ],
)
def test_a_passage_is_followed(words: str, new: str, found: str | None) -> None:
    assert words_at(new, follow(passage(TEXT, words), TEXT, new)) == found


def test_of_the_same_words_the_one_is_followed_that_was_meant() -> None:
    second = Span(TEXT.rindex("bell"), TEXT.rindex("bell") + 4)
    moved = "A line before all.\n\n" + TEXT
    there = follow(second, TEXT, moved)
    assert there is not None
    assert there.start == moved.rindex("bell")


def test_words_are_found_however_few_they_are() -> None:
    assert words_at(TEXT, find_words("钟", TEXT, 0)) == "钟"
    assert find_words("gong", TEXT, 0) is None
    assert find_words(" ", "", 0) is None


@given(before=PIECES, words=PIECES, after=PIECES, cut=st.data())
def test_a_change_beside_a_passage_leaves_it(
    before: str, words: str, after: str, cut: st.DataObject
) -> None:
    words = f"<{words}>"
    old, span = before + words + after, Span(len(before), len(before) + len(words))
    other_before, other_after = cut.draw(PIECES), cut.draw(PIECES)
    for new in (other_before + words + after, before + words + other_after):
        assert words_at(new, follow(span, old, new)) == words
    new = other_before + words + other_after
    assert words_at(new, follow(span, old, new)) == words
    assert follow(span, old, old) == span


@given(old=PIECES, new=PIECES, data=st.data())
def test_whatever_is_followed_lies_in_the_text(old: str, new: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(old)))
    end = data.draw(st.integers(start, len(old)))
    there = follow(Span(start, end), old, new)
    assert there is None or 0 <= there.start <= there.end <= len(new)
