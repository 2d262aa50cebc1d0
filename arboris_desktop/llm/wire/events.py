"""The events of a body: what each holds, and how one is told from what stands beside it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.text.patterns import lazy_pattern

MAX_EVENT_CHARACTERS = 16_000_000
"""An event that is longer does not end."""

NOISE = " \t\r\n\0\x1e\ufeff"
"""May stand before an event and means nothing: padding, and the marks of other framings."""

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
DONE = lazy_pattern(r"\"?\[done\]\"?|done\b(?=\s*$)", re.IGNORECASE)
_BETWEEN = lazy_pattern(r"(?:[\s,]|\\n|\\r|data:)*", re.IGNORECASE)
"""May stand between two events in a line."""

_WRONG = lazy_pattern(
    r"\b(error|exception|traceback|bad gateway|time-?out|timed out|unavailable|overloaded|refused"
    r"|failed|failure|too many requests|forbidden|unauthorized|reset by)\b"
    r"|错误|失败|异常|超时|繁忙",
    re.IGNORECASE,
)
_LONGEST_COMPLAINT = 500
# Some gateways write the line breaks of a text as they are.
DECODER = json.JSONDecoder(strict=False)


@dataclass(frozen=True, slots=True)
class WireEvent:
    """One event: ``value`` if it is JSON, else ``None``; ``name`` as an event stream calls it."""

    data: str
    value: object = None
    name: str = ""


class Lines:
    """Text cut at its line ends, of which there are three kinds, also when cut within one."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._length = 0
        self._after_cr = False

    def feed(self, text: str) -> Iterator[str]:
        if self._after_cr and text:
            text = text.removeprefix("\n")
            self._after_cr = False
        start = 0
        for end in _LINE_END.finditer(text):
            self._add(text[start : end.start()])
            yield self.rest()
            start = end.end()
        self._after_cr = text.endswith("\r")
        self._add(text[start:])

    def rest(self) -> str:
        """The line that has no end yet."""
        line = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return line

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        refuse_endless(self._length)


def sounds_wrong(text: str) -> bool:
    """True if a line that is neither JSON nor a field of an event tells of a failure."""
    return len(text) < _LONGEST_COMPLAINT and _WRONG.search(text) is not None


def whole_events(data: str, name: str) -> list[WireEvent]:
    """The events in some data, if it consists of whole ones; else nothing."""
    found: list[WireEvent] = []
    text = data[_end_of_between(data) :].rstrip()
    while text:
        if done := DONE.match(text):
            event, end = WireEvent("[DONE]", name=name), done.end()
        elif text[0] in "{[":
            try:
                value, end = DECODER.raw_decode(text)
            except (ValueError, RecursionError):
                return []
            event = WireEvent(text[:end], value, name)
        else:
            return []
        found.append(event)
        text = text[end + _end_of_between(text[end:]) :]
    return found


def _end_of_between(text: str) -> int:
    found = _BETWEEN.match(text)
    return found.end() if found else 0


def refuse_endless(length: int) -> None:
    """Raises ``ProviderError`` for what is so long that it has no end."""
    if length > MAX_EVENT_CHARACTERS:
        raise ProviderError(ErrorKind.INVALID_ANSWER, "an event of the answer does not end")
