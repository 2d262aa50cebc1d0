"""Detecting that a model repeats itself, while it does.

Small models, and large ones at a low temperature, fall into saying the same again and again and
never end by themselves.
"""

from __future__ import annotations

from collections import Counter

from arboris_desktop.text.patterns import lazy_pattern

_LOOKED_AT = 4000
"""Characters at the end of the answer that are examined; a longer loop is not found."""

_EVERY, _EVERY_LATER, _LATER = 240, 1200, 20_000
"""Characters between two checks, and the length from which on checks become rarer, since they take
time."""

_TIMES = 6
"""Consecutive repetitions that count as a loop."""

_LEAST_WIDTH = 240
"""The least length of a loop as a whole; a Chinese character counts for two."""

_LEAST_WIDTH_OF_SHORT = 800
"""Dashes, laughter and blank lines may be repeated more often than a sentence."""

_SHORT = 8

_SENTENCE = lazy_pattern(r"[^.!?。！？…\n]+[.!?。！？…\n]?")
_LEAST_SENTENCE = 20
_SENTENCE_WINDOW = 3000
_SENTENCE_SHARE = 0.3
_WIDE = lazy_pattern("[\u2e80-\u9fff\uf900-\ufaff\uff00-\uff60\uac00-\ud7af]")


class RepetitionWatch:
    """Reads an answer in pieces.

    With ``sentences``, also looks for a sentence that keeps recurring between others, which prose
    must not have and thoughts may.
    """

    def __init__(self, *, sentences: bool = True) -> None:
        self._sentences = sentences
        self._tail = ""
        self._new = 0
        self._total = 0

    def feed(self, text: str) -> str | None:
        """Returns the repeated text once there is some, else ``None``."""
        self._tail = (self._tail + text)[-max(_LOOKED_AT, len(text)) :]
        self._new += len(text)
        self._total += len(text)
        if self._new < (_EVERY if self._total < _LATER else _EVERY_LATER):
            return None
        return self.look()

    def look(self) -> str | None:
        """Checks what has arrived."""
        self._new = 0
        tail = self._tail[-_LOOKED_AT:]
        return _circle(tail) or (_refrain(tail) if self._sentences else None)


def _circle(tail: str) -> str | None:
    """Returns the unit that the end of the text repeats several times."""
    matched = _matched_from_end(tail)
    for length in range(1, len(tail) // _TIMES + 1):
        span = matched[length] + length if length < len(matched) else 0
        if span < _TIMES * length:
            continue
        unit = tail[len(tail) - length :]
        least = _LEAST_WIDTH if length >= _SHORT or _WIDE.search(unit) else _LEAST_WIDTH_OF_SHORT
        if length < 4:
            least = _LEAST_WIDTH_OF_SHORT
        if _width(tail[len(tail) - span :]) >= least:
            return unit.strip(" .,;\n") or "nothing but blanks"
    return None


def _matched_from_end(tail: str) -> list[int]:
    """Returns, for each shift, how many characters at the end equal those before them by that
    shift."""
    text = tail[::-1]
    matched, left, right = [0] * len(text), 0, 0
    for at in range(1, len(text)):
        length = min(right - at, matched[at - left]) if at < right else 0
        while at + length < len(text) and text[length] == text[at + length]:
            length += 1
        matched[at] = length
        if at + length > right:
            left, right = at, at + length
    return matched


def _refrain(tail: str) -> str | None:
    """Returns a sentence whose repetitions make up much of the end of the text."""
    window = tail[-_SENTENCE_WINDOW:]
    sentences = (each.strip() for each in _SENTENCE.findall(window))
    counts = Counter(each for each in sentences if _width(each) >= _LEAST_SENTENCE)
    if not counts:
        return None
    sentence, times = counts.most_common(1)[0]
    is_much = _width(sentence) * times >= _SENTENCE_SHARE * _width(window)
    return str(sentence) if times >= _TIMES and is_much else None


def _width(text: str) -> int:
    return len(text) + len(_WIDE.findall(text))
