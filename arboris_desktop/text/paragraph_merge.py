"""A text put together from paragraphs of others, without undoing what was typed into it."""

from __future__ import annotations

from collections.abc import Sequence

_BETWEEN = "\n\n"


def paragraphs(text: str) -> list[str]:
    """The paragraphs of a text, without the lines between them."""
    return [line.strip() for line in text.split("\n") if line.strip()]


def side_by_side(columns: Sequence[Sequence[str]]) -> list[list[str | None]]:
    """Rows in which each column has at most one paragraph, at the same share of its text.

    Order is kept within each column; the longest column has one in every row.
    """
    rows = max((len(column) for column in columns), default=0)
    table: list[list[str | None]] = [[None] * len(columns) for _ in range(rows)]
    for place, column in enumerate(columns):
        for number, paragraph in enumerate(column):
            table[number * rows // len(column)][place] = paragraph
    return table


def place_for(text: str, before: Sequence[str]) -> int:
    """The place of a paragraph that follows those of ``before``: after the last of them that stands
    in the text, else at its beginning."""
    for paragraph in reversed(before):
        if (start := text.find(paragraph)) >= 0:
            return start + len(paragraph)
    return 0


def with_paragraph(text: str, paragraph: str, before: Sequence[str]) -> tuple[int, str]:
    """The place to insert at, and what to insert: the paragraph with the empty lines that it needs
    there."""
    if not text.strip():
        return 0, paragraph
    place = place_for(text, before)
    return (place, _BETWEEN + paragraph) if place else (0, paragraph + _BETWEEN)


def without_paragraph(text: str, paragraph: str) -> tuple[int, int] | None:
    """From where to where to delete; ``None`` when the paragraph was changed or is not there."""
    start = text.find(paragraph)
    if start < 0:
        return None
    end = start + len(paragraph)
    while end < len(text) and text[end] == "\n":
        end += 1
    if end == len(text):
        start = len(text[:start].rstrip("\n"))
    return start, end
