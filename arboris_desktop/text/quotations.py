"""Looking a quotation up in a chapter: a fact counts only if its source can be shown."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

MIN_QUOTATION = 4
"""A quotation of fewer letters than this proves nothing."""

_SAME = {
    **dict.fromkeys('"“”„‟«»「」『』＂〝〞‘’‚‛′＇`', "'"),
    **dict.fromkeys("—–―‐‑−", "-"),
    **dict.fromkeys("\u00ad\u200b\u2060\ufeff", ""),
    "…": ".",
}
"""Variants made alike. Single and double quotation marks too: models write the one for the other,
so as not to end the JSON string that they stand in."""

_RUNS = "-."
"""Signs of which the number of repetitions does not count: —— and --, …… and ... are the same."""


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of character positions in a text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Normalised:
    """A text with variants made alike, and for each character the span that it stands for."""

    text: str
    starts: list[int]
    ends: list[int]


def locate(quotation: str, text: str, near: int = 0) -> Span | None:
    """The place of the quotation in the text, or ``None``; the nearest to ``near`` if repeated.

    First to the letter; then with quotation marks, dashes, dots, width and accents (NFKD), letter
    case and white space made alike, since models change these when they copy.
    """
    quotation = quotation.strip()
    if not _proves_something(_normalise(quotation).text):
        return None
    start = _find_near(quotation, text, near)
    if start is not None:
        return Span(start, start + len(quotation))
    return _locate_normalised(quotation, text, near)


def _proves_something(normalised: str) -> bool:
    return len(normalised) >= MIN_QUOTATION and any(map(str.isalnum, normalised))


def _find_near(needle: str, haystack: str, near: int) -> int | None:
    places = (haystack.rfind(needle, 0, near + len(needle)), haystack.find(needle, near))
    return min(
        (place for place in places if place >= 0), key=lambda place: abs(place - near), default=None
    )


def _locate_normalised(quotation: str, text: str, near: int) -> Span | None:
    haystack = _normalise(text)
    near = bisect_left(haystack.starts, near)
    for candidate in (quotation, quotation.strip("\"'“”‘’「」『』 ….")):
        needle = _normalise(candidate).text
        start = _find_near(needle, haystack.text, near) if _proves_something(needle) else None
        if start is not None:
            return Span(haystack.starts[start], haystack.ends[start + len(needle) - 1])
    return None


@lru_cache(maxsize=16)  # a chapter is searched for one quotation after the other
def _normalise(text: str) -> _Normalised:
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for position, character in enumerate(text):
        for piece in _plain(character):
            if piece in _RUNS and characters and characters[-1] == piece:
                ends[-1] = position + 1
            elif not piece.isspace():
                characters.append(piece)
                starts.append(position)
                ends.append(position + 1)
    return _Normalised("".join(characters), starts, ends)


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    same = _SAME.get(character)
    return unicodedata.normalize("NFKD", character).casefold() if same is None else same
