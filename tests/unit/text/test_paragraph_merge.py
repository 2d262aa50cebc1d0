"""A text put together from paragraphs: what is inserted and removed, and what is never touched."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.text.paragraph_merge import (
    paragraphs,
    side_by_side,
    with_paragraph,
    without_paragraph,
)

FIRST, SECOND, THIRD = "The rain came.", "The lamp was dark.", "Nobody spoke."
words = st.lists(st.text("abc ", min_size=1).filter(str.strip), max_size=8)


def inserted(text: str, paragraph: str, before: list[str]) -> str:
    place, more = with_paragraph(text, paragraph, before)
    return text[:place] + more + text[place:]


def removed(text: str, paragraph: str) -> str:
    span = without_paragraph(text, paragraph)
    assert span is not None
    return text[: span[0]] + text[span[1] :]


def test_a_paragraph_comes_after_those_before_it() -> None:
    text = f"{FIRST}\n\n{THIRD}"

    assert inserted(text, SECOND, [FIRST]) == f"{FIRST}\n\n{SECOND}\n\n{THIRD}"
    assert inserted(text, SECOND, []) == f"{SECOND}\n\n{FIRST}\n\n{THIRD}"
    assert inserted("", SECOND, [FIRST]) == SECOND


def test_one_before_it_that_was_edited_away_does_not_count() -> None:
    assert inserted(THIRD, SECOND, [THIRD, "gone"]) == f"{THIRD}\n\n{SECOND}"


def test_what_was_inserted_can_be_removed_again() -> None:
    text = f"{FIRST}\n\n{THIRD}"

    assert removed(inserted(text, SECOND, [FIRST]), SECOND) == text
    assert removed(inserted(text, SECOND, []), SECOND) == text
    assert removed(f"{FIRST}\n\n{SECOND}", SECOND) == FIRST


def test_an_edited_paragraph_is_not_found() -> None:
    assert without_paragraph("The lamp was not dark.", SECOND) is None


@given(st.lists(words, min_size=1, max_size=5))
def test_every_paragraph_has_a_cell_and_keeps_its_order(columns: list[list[str]]) -> None:
    table = side_by_side(columns)

    assert len(table) == max(map(len, columns))
    for place, column in enumerate(columns):
        assert [row[place] for row in table if row[place] is not None] == column


def test_paragraphs_are_what_stands_between_line_ends() -> None:
    assert paragraphs(f"\n{FIRST}\n\n  {SECOND}\n \n{THIRD}") == [FIRST, SECOND, THIRD]
