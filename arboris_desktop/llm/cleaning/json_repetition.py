"""Detecting, while JSON arrives, that a model repeats the same finding.

Small models do so until the token limit, which takes a slow computer many minutes. The text up to
the last complete finding is known, since it may be of use.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from arboris_desktop.llm.cleaning.repetition import RepetitionWatch
from arboris_desktop.text.patterns import lazy_pattern

_TIMES = 3
"""Repetitions of the same text that count as a loop."""

_LEAST = 20
"""Characters; a shorter finding may legitimately recur."""

_LONG = 1000
"""Characters; within a shorter finding the same words may follow each other: somebody laughs, or is
quoted laughing."""

_CLOSING = {"{": "}", "[": "]"}
_BLANKS = lazy_pattern(r"\s+")
_STRUCTURE = lazy_pattern(r'["{}\[\]\\]')


@dataclass(slots=True)
class _Open:
    """An open bracket; ``start`` is its position in the text."""

    bracket: str
    start: int


@dataclass(slots=True)
class JsonRepetition:
    """Reads JSON in pieces.

    ``whole`` is everything up to the last complete finding, with its brackets closed; empty while
    there is none.
    """

    _text: str = ""
    _stack: list[_Open] = field(default_factory=list)
    _in_string: bool = False
    _looked_at: int = 0
    _ended: int = 0
    _seen: Counter[str] = field(default_factory=Counter)
    _within: RepetitionWatch = field(default_factory=lambda: RepetitionWatch(sentences=False))
    whole: str = ""

    def feed(self, piece: str) -> bool:
        """Returns true once the answer loops and a part of it is complete.

        An empty piece means that the text so far was discarded.
        """
        if not piece:
            self._restart()
            return False
        self._text += piece
        is_circle = False
        while found := _STRUCTURE.search(self._text, self._looked_at):
            if found[0] == "\\" and found.end() == len(self._text):
                # The escaped character has not arrived yet.
                break
            self._looked_at = found.end()
            is_circle = self._take(found[0], found.start()) or is_circle
        return (self._is_endless(len(piece)) or is_circle) and bool(self.whole)

    def _is_endless(self, new: int) -> bool:
        """True if the unfinished finding repeats itself."""
        repeated = self._within.feed(self._text[max(self._ended, len(self._text) - new) :])
        return repeated is not None and len(self._text) - self._ended >= _LONG

    def _restart(self) -> None:
        fresh = JsonRepetition()
        for name in JsonRepetition.__slots__:
            setattr(self, name, getattr(fresh, name))

    def _take(self, character: str, at: int) -> bool:
        if character == "\\":
            self._looked_at += self._in_string
        elif character == '"':
            self._in_string = not self._in_string
        elif not self._in_string and character in _CLOSING:
            self._stack.append(_Open(character, at))
        elif not self._in_string and self._stack:
            return self._close(self._stack.pop(), at + 1)
        return False

    def _close(self, opened: _Open, end: int) -> bool:
        """True if the list item that ends here has occurred too often."""
        if opened.bracket != "{" or not self._stack or self._stack[-1].bracket != "[":
            return False
        closing = "".join(_CLOSING[one.bracket] for one in reversed(self._stack))
        self.whole = self._text[self._stack[0].start : end] + closing
        item = _BLANKS.sub("", self._text[opened.start : end])
        self._seen[item] += 1
        self._ended = end
        self._within = RepetitionWatch(sentences=False)
        return len(item) >= _LEAST and self._seen[item] >= _TIMES
