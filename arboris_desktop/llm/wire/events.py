"""The events of a body: their contents, and how they are told from the bytes around them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

MAX_EVENT_CHARACTERS = 16_000_000
"""Characters; a longer event is taken to have no end."""

NOISE = " \t\r\n\0\x1e\ufeff"
"""Meaningless characters before an event: padding, and the marks of other framings."""

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
DONE = lazy_pattern(r"\"?\[done\]\"?|done\b(?=\s*$)", re.IGNORECASE)
_BETWEEN = lazy_pattern(r"(?:[\s,]|\\n|\\r|data:)*", re.IGNORECASE)
"""Characters that may separate two events on a line."""

_WRONG = lazy_pattern(
    r"\b(error|exception|traceback|bad gateway|time-?out|timed out|unavailable|overloaded|refused"
    r"|failed|failure|too many requests|forbidden|unauthorized|reset by)\b"
    r"|错误|失败|异常|超时|繁忙",
    re.IGNORECASE,
)
_LONGEST_COMPLAINT = 500
# Some gateways write the line breaks of a text as they are.
DECODER = json.JSONDecoder(strict=False)


@record
class WireEvent:
    """An event: ``value`` if it is JSON, else ``None``; ``name`` is the event's type in the
    stream."""

    data: str
    value: object = None
    name: str = ""


class Lines:
    """Splits text at line ends, of which there are three kinds, even if a piece ends within one."""

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
        """The line that has not ended yet."""
        line = "".join(self._parts)
        self._parts.clear()
        self._length = 0
        return line

    def _add(self, text: str) -> None:
        self._parts.append(text)
        self._length += len(text)
        refuse_endless(self._length)


def sounds_wrong(text: str) -> bool:
    """True if a line that is neither JSON nor a field of an event reports a failure."""
    return len(text) < _LONGEST_COMPLAINT and _WRONG.search(text) is not None


def whole_events(data: str, name: str) -> list[WireEvent]:
    """Returns the events in some data, if it consists of complete ones; otherwise nothing."""
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
    """Raises ``ProviderError`` for an event that is too long to have an end."""
    if length > MAX_EVENT_CHARACTERS:
        raise ProviderError(ErrorKind.INVALID_ANSWER, "an event of the answer does not end")
