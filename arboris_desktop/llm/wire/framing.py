"""From the bytes of a body to its events, whatever the server calls them.

Servers send event streams as ``text/plain``, JSON as an event stream, and one JSON object a line
under any name: the first bytes tell what it is. Lenient where no doubt is possible, since each
server leaves out something else: the blank line after an event, the space after ``data:``, the
``data:`` itself before an error.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.text.patterns import lazy_pattern

MAX_EVENT_CHARACTERS = 16_000_000
"""An event that is longer does not end."""

_NOISE = " \t\r\n\0\x1e\ufeff"
"""May stand before an event and means nothing: padding, and the marks of other framings."""

_LINE_END = lazy_pattern(r"\r\n|\n|\r")
_FIELDS = ("data:", "event:", "id:", "retry:", "error:", "data", ":")
_LONGEST_FIELD = 6
_DONE = lazy_pattern(r"\"?\[done\]\"?|done\b(?=\s*$)", re.IGNORECASE)
_BETWEEN = lazy_pattern(r"(?:[\s,]|\\n|\\r|data:)*", re.IGNORECASE)
"""May stand between two events in a line."""

_WRONG = lazy_pattern(
    r"\b(error|exception|traceback|bad gateway|time-?out|timed out|unavailable|overloaded|refused"
    r"|failed|failure|too many requests|forbidden|unauthorized|reset by)\b"
    r"|错误|失败|异常|超时|繁忙",
    re.IGNORECASE,
)
_LONGEST_COMPLAINT = 500
_DECODER = json.JSONDecoder()
_TRIED_CHARACTERS = 1_000_000
"""A JSON value that is longer is looked at once, at its end, and not at each of its lines."""

_SHOWN_CHARACTERS = 4000
"""The number of characters kept of a body that is no answer, to show what it is."""


class Form(StrEnum):
    """The form of a body, by its first bytes."""

    UNDECIDED = "undecided"
    EVENTS = "events"
    JSON = "json"
    PAGE = "page"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class WireEvent:
    """One event: ``value`` if it is JSON, else ``None``; ``name`` as an event stream calls it."""

    data: str
    value: object = None
    name: str = ""


class Framer:
    """Takes the bytes of one body as they come.

    ``claims_events``: the server says that it is an event stream, which decides where the first
    bytes do not. ``form`` is what it turned out to be; of a page or a text there are no events,
    but its beginning is in ``shown``.
    """

    def __init__(self, *, claims_events: bool) -> None:
        self._claims_events = claims_events
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("replace").decode
        self._held = ""
        self._parser: _EventLines | _JsonValues | None = None
        self.form = Form.UNDECIDED
        self.shown = ""

    def feed(self, data: bytes) -> Iterator[WireEvent]:
        """The events that these bytes complete. Raises ``ProviderError`` for one without end."""
        return self._take(self._decode(data), ended=False)

    def finish(self) -> Iterator[WireEvent]:
        """The events that are left at the end of the body, also one without its blank line."""
        yield from self._take(self._decode(b"", True), ended=True)
        if self._parser is not None:
            yield from self._parser.finish()

    def _take(self, text: str, *, ended: bool) -> Iterator[WireEvent]:
        if self.form is Form.UNDECIDED:
            self._held += text
            text = self._decide(ended)
        if self._parser is not None:
            yield from self._parser.feed(text)
        elif self.form is not Form.UNDECIDED:
            self.shown = (self.shown + text)[:_SHOWN_CHARACTERS]

    def _decide(self, ended: bool) -> str:
        """Looks at the first bytes; returns what was held back once it is known what they are."""
        start = self._held.lstrip(_NOISE)
        if not start or (not ended and self._may_be_field(start)):
            return ""
        self.form = self._form_of(start)
        if self.form is Form.EVENTS:
            self._parser = _EventLines()
        elif self.form is Form.JSON:
            self._parser = _JsonValues()
        self._held = ""
        return start

    def _form_of(self, start: str) -> Form:
        if start[0] in "{[":
            return Form.JSON
        if start[0] == "<":
            return Form.PAGE
        is_events = start.lower().startswith(_FIELDS) or self._claims_events
        return Form.EVENTS if is_events else Form.TEXT

    @staticmethod
    def _may_be_field(start: str) -> bool:
        low = start.lower()
        is_short = len(low) < _LONGEST_FIELD
        return is_short and any(field.startswith(low) for field in _FIELDS if len(field) > 1)


class _Lines:
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
        _refuse_endless(self._length)


class _EventLines:
    """An event stream, as the standard has it and as servers send it."""

    def __init__(self) -> None:
        self._lines = _Lines()
        self._data: list[str] = []
        self._length = 0
        self._name = ""
        self._page = ""

    def feed(self, text: str) -> Iterator[WireEvent]:
        for line in self._lines.feed(text):
            yield from self._take(line.lstrip(_NOISE))

    def finish(self) -> Iterator[WireEvent]:
        yield from self._take(self._lines.rest().lstrip(_NOISE))
        yield from self._dispatch()
        if self._page:
            yield WireEvent(self._page, name="error")

    def _take(self, line: str) -> Iterator[WireEvent]:
        if not line.strip():
            yield from self._dispatch()
        elif self._page or line[0] == "<":
            # A gateway on the way has added its page.
            self._page = f"{self._page}{line}\n"[:_SHOWN_CHARACTERS]
        elif line[0] in "{[":
            # A proxy on the way has added its own error.
            yield from self._add(line)
        else:
            yield from self._take_field(line)

    def _take_field(self, line: str) -> Iterator[WireEvent]:
        field, _, value = line.partition(":")
        name = field.rstrip().lower()
        if name == "event":
            # Where the blank line is missing, the next event begins here.
            yield from self._dispatch()
            self._name = value.strip()
        elif name == "data":
            yield from self._add(value.removeprefix(" "))
        elif name == "error":
            yield from _complete(value, name) or [WireEvent(value.strip(), name=name)]
        elif name not in ("", "id", "retry") and sounds_wrong(line):
            yield WireEvent(line.strip(), name="error")

    def _add(self, data: str) -> Iterator[WireEvent]:
        """Gives an event out as soon as it is complete: a blank line after it may never come."""
        if not self._data and (events := _complete(data, self._name)):
            self._name = ""
            yield from events
            return
        self._data.append(data)
        self._length += len(data)
        _refuse_endless(self._length)

    def _dispatch(self) -> Iterator[WireEvent]:
        lines, name = self._data, self._name
        self._data, self._length, self._name = [], 0, ""
        data = "\n".join(lines)
        if not data.strip():
            return
        # Perhaps several events of one line each, without a blank line between them.
        yield from _complete(data, name) or [WireEvent(data, name=name)]


class _JsonValues:
    """One JSON value, or one after the other."""

    def __init__(self) -> None:
        self._lines = _Lines()
        self._text = ""

    def feed(self, text: str) -> Iterator[WireEvent]:
        for line in self._lines.feed(text):
            self._text += line + "\n"
            _refuse_endless(len(self._text))
            if len(self._text) < _TRIED_CHARACTERS and line.rstrip().endswith(("}", "]")):
                yield from self._values()

    def finish(self) -> Iterator[WireEvent]:
        self._text += self._lines.rest()
        yield from self._values()
        if self._text.strip():
            yield WireEvent(self._text.strip())

    def _values(self) -> Iterator[WireEvent]:
        while (text := self._text.lstrip(_NOISE + ",")) != "":
            if done := _DONE.match(text):
                self._text = text[done.end() :]
                yield WireEvent("[DONE]")
                continue
            try:
                value, end = _DECODER.raw_decode(text)
            except (ValueError, RecursionError):
                return
            self._text = text[end:]
            # A list holds events, or the one error.
            for each in value if isinstance(value, list) else [value]:
                yield WireEvent(json.dumps(each, ensure_ascii=False), each)


def sounds_wrong(text: str) -> bool:
    """True if a line that is neither JSON nor a field of an event tells of a failure."""
    return len(text) < _LONGEST_COMPLAINT and _WRONG.search(text) is not None


def _complete(data: str, name: str) -> list[WireEvent]:
    """The events in some data, if it consists of whole ones; else nothing."""
    found: list[WireEvent] = []
    text = data[_end_of_between(data) :].rstrip()
    while text:
        if done := _DONE.match(text):
            event, end = WireEvent("[DONE]", name=name), done.end()
        elif text[0] in "{[":
            try:
                value, end = _DECODER.raw_decode(text)
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


def _refuse_endless(length: int) -> None:
    if length > MAX_EVENT_CHARACTERS:
        raise ProviderError(ErrorKind.INVALID_ANSWER, "an event of the answer does not end")
