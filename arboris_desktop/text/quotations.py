"""Looking a quotation up in a chapter: a fact counts only if its source can be shown."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from functools import lru_cache

from arboris_desktop.domain.record import record
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern

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

_LEAST_LETTERS = 6
"""A quotation, or a passage of one, that is looked for by its letters alone has as many."""

_JOINT = lazy_pattern(r"\s*[\[(（【]?(?:…+|\.{3,}|。{3,}|⋯+)[\])）】]?\s*")
_MOST_PASSAGES = 4
_LONGEST_GAP = 2000
"""Characters between two passages that a quotation joins: further apart they prove other things."""

_RUNS = "-."
"""Signs of which the number of repetitions does not count: —— and --, …… and ... are the same."""


@record
class Span:
    """A half-open range of character positions in a text."""

    start: int
    end: int


@record
class _Normalised:
    """A text with variants made alike, and for each character the span that it stands for."""

    text: str
    starts: list[int]
    ends: list[int]


def locate(quotation: str, text: str, near: int = 0) -> Span | None:
    """The place of the quotation in the text, or ``None``; the nearest to ``near`` if repeated.

    First to the letter; then with quotation marks, dashes, dots, width and accents (NFKD), letter
    case, white space, and simplified and traditional characters made alike, since models change
    these when they copy; then by letters and digits alone, for a comma that was dropped and marks
    of emphasis; last as passages that the quotation joins by an ellipsis, in their order.
    """
    quotation = quotation.strip()
    if not _proves_something(_normalise(quotation).text):
        return None
    start = _find_near(quotation, text, near)
    if start is not None:
        return Span(start, start + len(quotation))
    return (
        _locate_normalised(quotation, text, near)
        or _locate_letters(quotation, text, near)
        or _locate_joined(quotation, text, near)
    )


def _locate_letters(quotation: str, text: str, near: int = 0) -> Span | None:
    needle, haystack = _letters(quotation), _letters(text)
    if len(needle.text) < _LEAST_LETTERS:
        return None
    start = _find_near(needle.text, haystack.text, bisect_left(haystack.starts, near))
    if start is None:
        return None
    return Span(haystack.starts[start], haystack.ends[start + len(needle.text) - 1])


def _locate_joined(quotation: str, text: str, near: int) -> Span | None:
    """The stretch from the first passage to the last, none longer than ``_LONGEST_GAP`` apart."""
    passages = [passage for passage in _JOINT.split(quotation) if passage.strip()]
    if not 2 <= len(passages) <= _MOST_PASSAGES:
        return None
    whole: Span | None = None
    for passage in passages:
        begin = near if whole is None else whole.end
        there = _locate_letters(passage, text if whole is None else text[begin:], near)
        if there is None or (whole is not None and there.start > _LONGEST_GAP):
            return None
        if whole is None:
            whole, near = there, 0
        else:
            whole = Span(whole.start, begin + there.end)
    return whole


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


@lru_cache(maxsize=16)
def _letters(text: str) -> _Normalised:
    """The text with nothing but letters, their accents, and digits."""
    whole = _normalise(text)
    kept = [
        place
        for place, character in enumerate(whole.text)
        if character.isalnum() or unicodedata.combining(character)
    ]
    return _Normalised(
        "".join(whole.text[place] for place in kept),
        [whole.starts[place] for place in kept],
        [whole.ends[place] for place in kept],
    )


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    same = _SAME.get(character)
    if same is not None:
        return same
    return simplified(unicodedata.normalize("NFKD", character)).casefold()
