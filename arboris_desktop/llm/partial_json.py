"""Reading the strings of a JSON object while it is still arriving."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from arboris_desktop.domain.record import record
from arboris_desktop.llm.cleaning.thoughts import ThoughtFilter

JsonPath = tuple[str | int, ...]
"""The path of a value in an object: keys, and indices in lists, from the outside in."""

_ESCAPES = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_HEX = frozenset("0123456789abcdefABCDEF")
_DEEPEST = 64
_UNKNOWN = "\ufffd"


@record
class StringPiece:
    """More of a string value; ``ended`` if it is complete."""

    path: JsonPath
    text: str
    ended: bool


@dataclass(slots=True)
class _Container:
    """An open object or list; ``place`` is the current key or index."""

    is_list: bool
    place: str | int = ""
    expects_key: bool = True


@dataclass(slots=True)
class _String:
    """An open string; ``escape`` holds the beginning of an escape sequence."""

    is_key: bool
    path: JsonPath = ()
    escape: str = ""
    high: str = ""
    """The first half of a character that takes two escapes."""
    parts: list[str] = field(default_factory=list)


class JsonStrings:
    """Yields the string values of the first object in a text piece by piece, as they arrive.

    Whatever precedes the object, such as prose, a fence or thoughts, is skipped, and so is what
    follows it. Nothing is validated or raised: from broken JSON it returns what it can read.
    """

    def __init__(self) -> None:
        self._thinking = ThoughtFilter()
        self._is_bare: bool | None = None
        """True if the text begins with the object, so that nothing in it is a thought."""
        self._stack: list[_Container] = []
        self._string: _String | None = None
        self._brace_seen = False
        self._ended = False

    def feed(self, text: str) -> list[StringPiece]:
        """Takes the next piece of the text and returns what is new of the string values."""
        pieces: list[StringPiece] = []
        for character in self._without_thoughts(text):
            if self._ended:
                break
            if self._string is not None:
                if (piece := self._read_string(self._string, character)) is not None:
                    pieces.append(piece)
            elif self._stack:
                self._read_structure(character)
            else:
                self._look_for_object(character)
        if self._string is not None and (begun := self._taken(self._string, ended=False)):
            pieces.append(begun)
        return pieces

    def _without_thoughts(self, text: str) -> str:
        if self._is_bare is None and (start := text.lstrip()):
            self._is_bare = start[0] == "{"
        return text if self._is_bare else self._thinking.feed(text).text

    def _look_for_object(self, character: str) -> None:
        """A brace in prose is not followed by a key."""
        if self._brace_seen and character in '"}':
            self._stack.append(_Container(is_list=False))
            self._read_structure(character)
        elif not (self._brace_seen and character.isspace()):
            self._brace_seen = character == "{"

    def _read_structure(self, character: str) -> None:
        top = self._stack[-1]
        if character == '"':
            is_key = not top.is_list and top.expects_key
            path = () if is_key else tuple(each.place for each in self._stack)
            self._string = _String(is_key, path)
        elif character in "{[":
            is_list = character == "["
            self._stack.append(_Container(is_list, place=0 if is_list else ""))
            self._ended = len(self._stack) > _DEEPEST
        elif character in "}]":
            self._stack.pop()
            self._ended = not self._stack
        elif character == ":":
            top.expects_key = False
        elif character == ",":
            top.expects_key = True
            if isinstance(top.place, int):
                top.place += 1

    def _read_string(self, string: _String, character: str) -> StringPiece | None:
        if string.escape:
            self._read_escape(string, character)
        elif character == "\\":
            string.escape = character
        elif character == '"':
            return self._end_string(string)
        else:
            _add(string, character)
        return None

    def _read_escape(self, string: _String, character: str) -> None:
        if string.escape == "\\" and character != "u":
            string.escape = ""
            _add(string, _ESCAPES.get(character, character))
            return
        if string.escape != "\\" and character not in _HEX:
            string.escape = ""
            _add(string, _UNKNOWN)
            return
        string.escape += character
        if len(string.escape) == len("\\uXXXX"):
            code = int(string.escape[2:], 16)
            string.escape = ""
            _add_unit(string, code)

    def _end_string(self, string: _String) -> StringPiece | None:
        self._string = None
        piece = self._taken(string, ended=True)
        if string.is_key:
            self._stack[-1].place = piece.text if piece else ""
            return None
        return piece

    @staticmethod
    def _taken(string: _String, *, ended: bool) -> StringPiece | None:
        if string.is_key and not ended:
            return None
        if ended:
            _settle_half(string)
        text = "".join(string.parts)
        string.parts.clear()
        return StringPiece(string.path, text, ended) if text or ended else None


class StringValues:
    """Assembles the string values of an arriving object: of ``{"a": ["b", 1]}`` the ``b``."""

    def __init__(self) -> None:
        self._reader = JsonStrings()
        self._values: dict[JsonPath, str] = {}

    def feed(self, text: str) -> set[str | int]:
        """Takes the next piece and returns the top-level keys under which something is new."""
        changed = set()
        for piece in self._reader.feed(text):
            self._values[piece.path] = self._values.get(piece.path, "") + piece.text
            changed.add(piece.path[0])
        return changed

    def value(self) -> dict[str, object]:
        """Returns everything that has arrived so far, nested as in the object."""
        root: dict[str, object] = {}
        for path, text in self._values.items():
            _put(root, path, text)
        return root


def strings_of(text: str) -> dict[str, object]:
    """Returns the strings of an object that may be broken or cut off."""
    values = StringValues()
    values.feed(text)
    return values.value()


def _add(string: _String, text: str) -> None:
    _settle_half(string)
    string.parts.append(text)


def _add_unit(string: _String, code: int) -> None:
    """Adds a unit of UTF-16, as ``\\u`` gives them; two of some kinds are one character."""
    if 0xD800 <= code < 0xDC00:
        _settle_half(string)
        string.high = chr(code)
    elif 0xDC00 <= code < 0xE000:
        high, string.high = string.high, ""
        whole = 0x10000 + ((ord(high) - 0xD800) << 10) + (code - 0xDC00) if high else 0
        string.parts.append(chr(whole) if high else _UNKNOWN)
    else:
        _add(string, chr(code))


def _settle_half(string: _String) -> None:
    if string.high:
        string.high = ""
        string.parts.append(_UNKNOWN)


def _put(root: dict[str, object], path: JsonPath, text: str) -> None:
    """Numbers in a list that are no strings leave no gap: only the order counts."""
    here: dict[str, object] | list[object] = root
    steps = list(_steps(path))
    for place, following in steps:
        fresh: object = text if following is None else ([] if isinstance(following, int) else {})
        if isinstance(here, list):
            while len(here) <= int(place):
                here.append(None)
            if here[int(place)] is None or following is None:
                here[int(place)] = fresh
            inner = here[int(place)]
        else:
            inner = here[str(place)] = (
                fresh if following is None else here.setdefault(str(place), fresh)
            )
        if not isinstance(inner, dict | list):
            return
        here = inner


def _steps(path: JsonPath) -> Iterator[tuple[str | int, str | int | None]]:
    return zip(path, (*path[1:], None), strict=True)
