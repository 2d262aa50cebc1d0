"""Looking a quotation up in a chapter: a fact counts only if its source can be shown."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

MIN_QUOTATION = 4
"""A quotation of fewer letters than this proves nothing."""

_SAME = {
    **dict.fromkeys("“”„‟«»「」『』＂〝〞", '"'),
    **dict.fromkeys("‘’‚‛′＇`", "'"),
    **dict.fromkeys("—–―‐‑−", "-"),
    "…": "...",
}


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character positions in a text."""

    start: int
    end: int


def locate(quotation: str, text: str) -> Span | None:
    """Where the quotation stands in the text, or ``None``.

    First to the letter; then with quotation marks, dashes, width (NFKC), letter case and white
    space made alike, since models change these when they copy.
    """
    quotation = quotation.strip()
    if len(_normalise(quotation)[0]) < MIN_QUOTATION:
        return None
    start = text.find(quotation)
    if start >= 0:
        return Span(start, start + len(quotation))
    return _locate_normalised(quotation, text)


def _locate_normalised(quotation: str, text: str) -> Span | None:
    haystack, positions = _normalise(text)
    for candidate in (quotation, quotation.strip("\"'“”‘’「」『』 …")):
        needle, _ = _normalise(candidate)
        start = haystack.find(needle)
        if start >= 0 and len(needle) >= MIN_QUOTATION:
            return Span(positions[start], positions[start + len(needle) - 1] + 1)
    return None


def _normalise(text: str) -> tuple[str, list[int]]:
    """The text with variants made alike, and for each of its characters the original position."""
    characters: list[str] = []
    positions: list[int] = []
    for position, character in enumerate(text):
        plain = _SAME.get(character)
        if plain is None:
            plain = unicodedata.normalize("NFKC", character).casefold()
        for piece in plain:
            if not piece.isspace():
                characters.append(piece)
                positions.append(position)
    return "".join(characters), positions
