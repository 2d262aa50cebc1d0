"""Positions in a text: Python counts characters, Qt counts UTF-16 units."""

from __future__ import annotations


def to_utf16(text: str, index: int) -> int:
    """The UTF-16 position of the character at ``index``; indexes outside the text are clamped."""
    return len(text[: max(0, index)].encode("utf-16-le", "surrogatepass")) // 2


def from_utf16(text: str, position: int) -> int:
    """The character index of a UTF-16 position; one inside a character counts as its start."""
    units = text.encode("utf-16-le", "surrogatepass")[: 2 * max(0, position)]
    return len(units.decode("utf-16-le", "ignore"))
