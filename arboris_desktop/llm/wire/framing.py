"""Splitting the bytes of a body into events, whatever the server calls them.

Servers send event streams as ``text/plain``, JSON as an event stream, and JSON lines under any
type: the first bytes tell which it is. Parsing is lenient where there is no doubt, since each
server omits something else: the blank line after an event, the space after ``data:``, the ``data:``
itself before an error.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from enum import StrEnum

from arboris_desktop.llm.wire.events import (
    DECODER,
    DONE,
    NOISE,
    Lines,
    WireEvent,
    refuse_endless,
    sounds_wrong,
    whole_events,
)
from arboris_desktop.text.patterns import lazy_pattern

_FIELDS = ("data:", "event:", "id:", "retry:", "error:", "data", ":")
_LONGEST_FIELD = 6
_FIELD = lazy_pattern(r"\s*(?:(?:data|event|id|retry|error) ?:|:)", re.IGNORECASE)
_TRIED_CHARACTERS = 1_000_000
"""Characters; a longer JSON value is parsed once, at its end, instead of after each line."""

_SHOWN_CHARACTERS = 4000
"""Characters that are kept of a body that is no answer, to show what it is."""


class Form(StrEnum):
    """The format of a body, judged by its first bytes."""

    UNDECIDED = "undecided"
    EVENTS = "events"
    JSON = "json"
    PAGE = "page"
    TEXT = "text"


class Framer:
    """Takes the bytes of one body as they come.

    ``claims_events``: the server says that it is an event stream, which decides where the first
    bytes do not. ``form`` is what it turned out to be; of a page or a text there are no events,
    but its beginning is in ``shown``.
    """

    def __init__(self, *, claims_events: bool) -> None:
        self._claims_events = claims_events
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = ""
        self._parser: _EventLines | _JsonValues | None = None
        self.form = Form.UNDECIDED
        self.shown = ""

    def feed(self, data: bytes) -> Iterator[WireEvent]:
        """Returns the events that these bytes complete.

        Raises ``ProviderError`` for one without end.
        """
        return self._take(self._decode(data), ended=False)

    def _decode(self, data: bytes, ended: bool = False) -> str:
        if self._decoder is None:
            name = (
                "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"
            )
            self._decoder = codecs.getincrementaldecoder(name)("replace")
        return self._decoder.decode(data, ended)

    def finish(self) -> Iterator[WireEvent]:
        """Returns the remaining events at the end of the body, also one without its blank line."""
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
        """Examines the first bytes; returns what was held back once the format is known."""
        start = self._held.lstrip(NOISE)
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


class _EventLines:
    """An event stream, as the standard defines it and as servers send it."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._data: list[str] = []
        self._length = 0
        self._is_open = False
        """True within JSON of several lines, of which perhaps only the first has its ``data:``."""
        self._after_blank = False
        self._name = ""
        self._page = ""

    def feed(self, text: str) -> Iterator[WireEvent]:
        for line in self._lines.feed(text):
            yield from self._take(line.lstrip(NOISE))

    def finish(self) -> Iterator[WireEvent]:
        yield from self._take(self._lines.rest().lstrip(NOISE))
        yield from self._dispatch()
        if self._page:
            yield WireEvent(self._page, name="error")

    def _take(self, line: str) -> Iterator[WireEvent]:
        if self._is_open and not line.startswith("<") and not _FIELD.match(line):
            yield from self._go_on(line)
        elif not line.strip():
            yield from self._dispatch()
        elif self._page or line[0] == "<":
            # A gateway has appended its page.
            self._page = f"{self._page}{line}\n"[:_SHOWN_CHARACTERS]
        elif line[0] in "{[":
            # A proxy has appended its own error.
            yield from self._add(line)
        else:
            yield from self._take_field(line)

    def _go_on(self, line: str) -> Iterator[WireEvent]:
        """Takes another line of a JSON value, which may be pretty-printed with blank lines."""
        if line.strip():
            yield from self._add(line)
        else:
            self._after_blank = True

    def _take_field(self, line: str) -> Iterator[WireEvent]:
        if self._after_blank:
            # The value ends with that line, complete or not.
            yield from self._dispatch()
        field, _, value = line.partition(":")
        name = field.rstrip().lower()
        if name == "event":
            # If the blank line is missing, the next event begins here.
            yield from self._dispatch()
            self._name = value.strip()
        elif name == "data":
            yield from self._add(value.removeprefix(" "))
        elif name == "error":
            yield from whole_events(value, name) or [WireEvent(value.strip(), name=name)]
        elif name not in ("", "id", "retry") and sounds_wrong(line):
            yield WireEvent(line.strip(), name="error")

    def _add(self, data: str) -> Iterator[WireEvent]:
        """Emits an event as soon as it is complete: a blank line after it may never come."""
        events = whole_events(data, self._name)
        if events and (not self._data or any(map(_is_error, events))):
            # An error that was inserted into an event ends it.
            self._restart()
            yield from events
            return
        self._data.append(data)
        self._length += len(data)
        refuse_endless(self._length)
        self._is_open = self._is_open or data.lstrip()[:1] in ("{", "[")
        if self._is_open and self._length < _TRIED_CHARACTERS and data.rstrip()[-1:] in ("}", "]"):
            yield from self._dispatch_if_whole()

    def _dispatch_if_whole(self) -> Iterator[WireEvent]:
        if events := whole_events("\n".join(self._data), self._name):
            self._restart()
            yield from events

    def _restart(self) -> None:
        self._data, self._length, self._name = [], 0, ""
        self._is_open = self._after_blank = False

    def _dispatch(self) -> Iterator[WireEvent]:
        lines, name = self._data, self._name
        self._restart()
        data = "\n".join(lines)
        if not data.strip():
            return
        # There may be several events of one line each, without a blank line between them.
        yield from whole_events(data, name) or [WireEvent(data, name=name)]


def _is_error(event: WireEvent) -> bool:
    return isinstance(event.value, dict) and bool(event.value.get("error"))


class _JsonValues:
    """One JSON value, or several in a row."""

    def __init__(self) -> None:
        self._lines = Lines()
        self._text = ""

    def feed(self, text: str) -> Iterator[WireEvent]:
        for line in self._lines.feed(text):
            self._text += line + "\n"
            refuse_endless(len(self._text))
            if len(self._text) < _TRIED_CHARACTERS and line.rstrip().endswith(("}", "]")):
                yield from self._values()

    def finish(self) -> Iterator[WireEvent]:
        self._text += self._lines.rest()
        yield from self._values()
        if self._text.strip():
            yield WireEvent(self._text.strip())

    def _values(self) -> Iterator[WireEvent]:
        while (text := self._text.lstrip(NOISE + ",")) != "":
            if done := DONE.match(text):
                self._text = text[done.end() :]
                yield WireEvent("[DONE]")
                continue
            try:
                value, end = DECODER.raw_decode(text)
            except (ValueError, RecursionError):
                return
            self._text = text[end:]
            # A list holds events, or a single error.
            for each in value if isinstance(value, list) else [value]:
                yield WireEvent(json.dumps(each, ensure_ascii=False), each)
