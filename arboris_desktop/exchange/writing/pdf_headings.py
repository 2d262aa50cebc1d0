"""Breaking headings in a PDF into as few lines as possible, of similar length."""

from __future__ import annotations

from collections.abc import Callable
from itertools import accumulate

from arboris_desktop.text.patterns import lazy_pattern

_IDEOGRAPH = "\u2e80-\u2fff\u3005-\u3007\u3021-\ua4cf\uf900-\ufaff\U00020000-\U0003ffff"
_OPENS = "“‘《〈「『【〔（"
_CLOSES = "”’》〉」』】〕）。，、；：？！…—·～"
_PIECE = lazy_pattern(
    rf"[{_OPENS}]*(?:[{_IDEOGRAPH}]|[^\s{_IDEOGRAPH}{_OPENS}{_CLOSES}]+)?[{_CLOSES}]*\s*"
)
"""A Chinese character or a word, with the punctuation that stays with it."""


def balanced(text: str, advance: Callable[[str], float], width: float) -> str:
    """Returns the text with U+2028 at line breaks, if it needs several lines; ``advance`` measures
    it.

    Greedy filling would leave the last word alone, or half of a Chinese one. A text with a word
    wider than a line is left as it is.
    """
    if advance(text) <= width:
        return text
    pieces = [piece for piece in _PIECE.findall(text) if piece]
    ends = [0.0, *accumulate(advance(piece) for piece in pieces)]
    gaps = [advance(piece) - advance(piece.rstrip()) for piece in pieces]
    lines = _lines(ends, [0.0, *gaps], width)
    return "\u2028".join("".join(pieces[a:b]).rstrip() for a, b in lines) if lines else text


def _lines(ends: list[float], gaps: list[float], width: float) -> list[tuple[int, int]]:
    """Returns the first and last unit of each line, so that lines are few and equally filled; empty
    if impossible."""
    last = len(ends) - 1
    best: list[tuple[int, float, int] | None] = [(0, 0.0, 0)] + [None] * last
    for end in range(1, last + 1):
        for begin in range(end - 1, -1, -1):
            left = width - (ends[end] - gaps[end] - ends[begin])
            if left < 0:
                break
            before = best[begin]
            if before is None:
                continue
            found = (before[0] + 1, before[1] + left**2, begin)
            present = best[end]
            if present is None or found[:2] < present[:2]:
                best[end] = found
    lines: list[tuple[int, int]] = []
    while last:
        chosen = best[last]
        if chosen is None:
            return []
        lines.insert(0, (chosen[2], last))
        last = chosen[2]
    return lines
