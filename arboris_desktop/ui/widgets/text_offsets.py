"""Positions in a text: Python counts code points, Qt counts UTF-16 units."""

from __future__ import annotations

from collections.abc import Sequence

from arboris_desktop.text.quotations import Span


def to_utf16(text: str, index: int) -> int:
    """Returns the UTF-16 position of the character at ``index``, which is clamped to the text."""
    return units(text[: max(0, index)])


def units(text: str) -> int:
    """Returns the length of a text as Qt counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, position: int) -> int:
    """Returns the character index of a UTF-16 position; one inside a character counts as its
    start."""
    before = text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, position)]
    return len(before.decode("utf-16-le", "ignore"))


def spans_to_utf16(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Returns the UTF-16 positions of sorted spans in one pass over the text."""
    if text.isascii() or max(text) <= "\uffff":
        return [(span.start, span.end) for span in spans]
    places, done, position = [], 0, 0
    for span in spans:
        start = position + to_utf16(text[done : span.start], span.start - done)
        position = start + to_utf16(text[span.start : span.end], span.end - span.start)
        done = span.end
        places.append((start, position))
    return places
