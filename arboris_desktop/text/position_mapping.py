"""Places in a text that was brought into form: they keep the words that they stood for."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from itertools import accumulate

from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.scenes import is_scene_break

_LETTERS = lazy_pattern(r"[^\s*\\]+")
"""Characters that form never changes; stars may be marks, and a backslash may precede one."""
_ENDS = r"\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029"
_SIGNS_ALONE = lazy_pattern(rf"(?:(?<=[{_ENDS}])|\A)[^\w{_ENDS}]+(?=[{_ENDS}]|\Z)")
"""A line without a letter."""


class PositionMap:
    """The way from an old text to a new one that has the same letters in other white space."""

    def __init__(self, old: str, new: str) -> None:
        self._text = old
        self._old, self._new = _Letters(old), _Letters(new)
        self.is_whole = self._old.text == self._new.text
        """True if no letter was lost, and none has come."""

    def span(self, span: Span) -> Span:
        """The place in the new text of what stands at a place of the old one."""
        before, after = self._old.before(span.start), self._old.before(span.end)
        start = self._new.start_of(before)
        if after == before:
            return Span(start, start)
        return Span(start, max(start, self._new.end_of(after)))

    def place(self, place: int) -> int:
        """The place in the new text of a cursor in the old one, at the same letter."""
        before = self._old.before(place)
        return (
            self._new.end_of(before) if self._is_letter(place - 1) else self._new.start_of(before)
        )

    def _is_letter(self, place: int) -> bool:
        return place >= 0 and not self._text[place].isspace()


def mapped(span: Span, old: str, new: str) -> Span:
    """The place in ``new`` of what stands at ``span`` in ``old``, which was brought into form."""
    return span if old == new else PositionMap(old, new).span(span)


def letters_of(text: str) -> str:
    """The letters that are left when a text is brought into form, whatever its layout is."""
    return _Letters(text).text


class _Letters:
    """The letters of a text, but for marks between scenes, which are written in many ways."""

    def __init__(self, text: str) -> None:
        pieces = list(_LETTERS.finditer(_SIGNS_ALONE.sub(_without_marks, text)))
        self.text = "".join(piece[0] for piece in pieces)
        self._starts = [piece.start() for piece in pieces]
        self._counts = list(accumulate((len(piece[0]) for piece in pieces), initial=0))
        self._length = len(text)

    def before(self, place: int) -> int:
        """The number of letters before a place."""
        piece = bisect_right(self._starts, place) - 1
        if piece < 0:
            return 0
        within = min(place - self._starts[piece], self._counts[piece + 1] - self._counts[piece])
        return self._counts[piece] + within

    def start_of(self, number: int) -> int:
        """The place of the letter of that number, counted from 0; the end if there is none."""
        piece = bisect_right(self._counts, number) - 1
        if piece >= len(self._starts):
            return self._length
        return self._starts[piece] + number - self._counts[piece]

    def end_of(self, number: int) -> int:
        """The place behind as many letters."""
        piece = bisect_left(self._counts, min(number, self._counts[-1])) - 1
        if piece < 0:
            return 0
        return self._starts[piece] + min(number, self._counts[-1]) - self._counts[piece]


def _without_marks(found: re.Match[str]) -> str:
    return " " * len(found[0]) if is_scene_break(found[0]) else found[0]
