"""JSON as models write it: strict if it is valid, otherwise repaired as far as nothing is guessed.

Valid JSON is read as such. The rest (comments, extra or missing commas, single or full-width
quotes, Python literals, raw line breaks, a missing closing bracket) goes through ``json_repair``,
which is imported only then.
"""

from __future__ import annotations

import contextlib
import html
import json
import math
import re
from collections.abc import Iterator
from typing import Any

from arboris_desktop.text.patterns import lazy_pattern

LONGEST_MENDED = 200_000
"""Characters of broken JSON that are repaired: more takes seconds, and no answer is that long."""

_DEEPEST = 100
"""Nesting of brackets; an answer has three or four."""

_DEEPEST_STRING = 5
"""Strings within strings, as each proxy that encodes a text again adds one."""

_LONGEST_NUMBER = 30
"""Digits of a whole number."""

_FULL_WIDTH = str.maketrans("｛｝［］：，", "{}[]:,")
_QUOTES = str.maketrans("“”＂", '"""')
_CORNERS = str.maketrans("「」『』", '""""')
_BEGINNING = lazy_pattern(
    r"""[{｛]\s*(?:["'“”＂}｝]|//|/\*|\#|\w+\s*[:：])|[\[［]\s*(?:[{｛\[［\]］])"""
)
_FENCED_STRING = lazy_pattern(r'\A(?:```|~~~)\w*\s*("(?:[^"\\]|\\.)*")\s*(?:```|~~~)\Z', re.DOTALL)
_UNDEFINED = lazy_pattern(r"(?<=[:\[,])(\s*)undefined\b")
_FENCE = lazy_pattern(r"```\w*\s*$")
_THREE_QUOTES = lazy_pattern(r'(?<=[:\[,])(\s*)"""(.*?)"""(?=\s*[,\]}])', re.DOTALL)
_BACKTICKS = lazy_pattern(r"(?<=:)(\s*)`([^`]*)`(?=\s*[,\]}])")
_OTHERWISE_QUOTED = lazy_pattern(
    r"(?<=[{\[,:])(\s*)(?:「([^」]*)」|“([^”]*)”)(?=\s*(?:[:：,，}\]]|$))"
)
_QUOTE_OF_HTML = lazy_pattern(r"&(?:quot|#34|#x22);", re.IGNORECASE)
_QUOTE_OF_JSON = lazy_pattern(r'[{\[,]\s*"')
_JSON_AS_STRING = lazy_pattern(r'"[{\[]\s*\\"(?:[^"\\]|\\.)*"', re.DOTALL)
_ARROW = lazy_pattern(r"\s*=>?\s*")
_ARROW_FIRST = lazy_pattern(r"\A\s*=>?")
_LAST_QUOTE = lazy_pattern(
    r"""(?<!\\)\\"(?=\s*(?:[}\]]\s*(?:[,}\]`]|$)|,\s*(?:"\w+"\s*:|[{\[])))"""
)
"""An escaped quotation mark before what follows a string, but for its own mark."""
_BARE_KEY = lazy_pattern(r"""([{,]\s*(?:'[^'\\]*'|\w+)\s*)=>?""")
_JOINED = lazy_pattern(r"""(?<!\\)"\s*\+\s*\"""")
_JOINED_SINGLE = lazy_pattern(r"""(?<!\\)'\s*\+\s*'""")
_IN_A_ROW = lazy_pattern(r"""(:\s*"(?:[^"\\]|\\.)*)"\s+"((?:[^"\\]|\\.)*")(?=\s*[,}"])""")
_PATTERN = lazy_pattern(
    r"""\{\s*["']?\w+["']?\s*:\s*\[\s*(?:\.{3,}|…+)\s*\]\s*\}"""
    r"""|(?:\{\s*["']?\w+["']?\s*:\s*)?\[?\s*\{(?:\s*["']?\w+["']?\s*:\s*["']?(?:\.{3,}|…+)["']?\s*,?)+"""
    r"""\s*\}(?:\s*,\s*(?:\.{3,}|…+))?\s*\]?\s*\}?"""
)
"""An example rather than an answer, such as ``{"changes": [...]}``."""


class NotJsonError(ValueError):
    """The text holds nothing that can be read as an object or a list without guessing."""


def read_json(said: str) -> object:
    """Returns the one object or list in an answer, ignoring prose and fences around it.

    Raises ``NotJsonError`` with what is wrong: there is none, a key occurs twice, the text breaks
    off, or there are several values that are no list of findings, one per line.
    """
    said = _unquoted(said)
    said = _written_as_text(said) or _unescaped(said)
    start = _start(said)
    while start is not None and (after := _after_pattern(said, start)):
        start = _start(said, after)
    if start is None:
        raise NotJsonError("there is no JSON object")
    try:
        value, end = _strict(said, start)
    except _BrokenError as error:
        closed = _with_last_quotes(said[start:])
        return closed if closed is not None else _mended(said[start:], str(error))
    others = list(_following(said, end))
    if not others:
        return value
    if not all(isinstance(one, dict) and one for one in (value, *others)):
        raise NotJsonError("there is more than one JSON object")
    return [value, *others]


class _BrokenError(NotJsonError):
    """The text is not valid JSON but may be repaired."""


def _written_as_text(said: str) -> str | None:
    """Returns the JSON inside an answer that is itself one or several JSON strings, as some proxies
    send it."""
    inner: str | None = None
    for _ in range(_DEEPEST_STRING):
        text = _FENCED_STRING.sub(r"\1", said.strip())
        if text[:1] != '"':
            break
        try:
            read = json.loads(text)
        except (ValueError, RecursionError):
            break
        if not isinstance(read, str):
            break
        inner = said = read
    return inner


def _unescaped(said: str) -> str:
    """Returns JSON whose quotation marks were escaped once too often, or written as in HTML."""
    if _QUOTE_OF_HTML.search(said) and not _QUOTE_OF_JSON.search(said):
        return html.unescape(said)
    start = _start(said)
    text = _JSON_AS_STRING.search(said)
    if text is not None and (start is None or text.start() < start):
        with contextlib.suppress(ValueError):
            return str(json.loads(text[0]))
    if '\\"' in said and not re.search(r'(?<!\\)"', said):
        start = min((at for at in map(said.find, "{[") if at >= 0), default=0)
        end = max(said.rfind("}"), said.rfind("]")) + 1
        try:
            return str(json.loads(f'"{said[start:end]}"', strict=False))
        except ValueError:
            pass
    return said


def _unquoted(said: str) -> str:
    """Returns what was formatted as a quotation, with a mark before each line."""
    lines = said.strip().splitlines()
    is_quotation = bool(lines) and all(line.startswith(">") for line in lines)
    return "\n".join(line.lstrip("> ") for line in lines) if is_quotation else said


def _start(said: str, position: int = 0) -> int | None:
    """Finds the beginning of an object or a list; a brace in prose is not followed by a key."""
    found = _BEGINNING.search(said, position)
    return found.start() if found else None


def _after_pattern(said: str, start: int) -> int | None:
    """Finds the end of an example of the form that has dots in place of findings.

    Returns ``None`` if it is more than that, or if nothing follows that could be the answer.
    """
    if not (found := _PATTERN.match(said, start)) or _start(said, found.end()) is None:
        return None
    return found.end()


def _strict(said: str, start: int) -> tuple[object, int]:
    try:
        value, end = _DECODER.raw_decode(said, start)
    except RecursionError:
        raise NotJsonError("the JSON is nested too deeply") from None
    except _RefusedError as error:
        raise NotJsonError(str(error)) from None
    except ValueError as error:
        raise _BrokenError(f"not JSON: {error}") from None
    return value, end


def _following(said: str, end: int) -> Iterator[object]:
    """Reads the values that follow: some models write one finding per line, without a list."""
    while (start := _start(said, end)) is not None:
        value, end = _strict(said, start)
        yield value


def _with_last_quotes(said: str) -> object | None:
    """Reads an answer whose strings end with an escaped quotation mark in place of their own, as
    where they end with a quotation: all after that would be swallowed. Returns ``None`` if that is
    not all that is wrong."""
    mended = _LAST_QUOTE.sub(r'\\""', said[:LONGEST_MENDED])
    if mended == said:
        return None
    try:
        value, end = _strict(mended, 0)
    except _BrokenError:
        return None
    return None if _start(mended, end) is not None else value


def _mended(said: str, reason: str) -> object:
    import json_repair

    if len(said) > LONGEST_MENDED:
        raise NotJsonError(reason)
    said = _half_width(said)
    if _depth_left(said) > _DEEPEST:
        raise NotJsonError("the JSON is nested too deeply")
    if _breaks_off(said):
        raise NotJsonError(reason)
    try:
        value = json_repair.loads(said, skip_json_loads=True)
    except (ValueError, RecursionError):
        raise NotJsonError(reason) from None
    if not isinstance(value, dict | list) or not value:
        raise NotJsonError(reason)
    return value


def _half_width(said: str) -> str:
    """Replaces foreign punctuation outside strings by that of JSON."""
    if '"' not in said:
        is_in_corners = "「" in said and "“" not in said
        said = said.translate(_CORNERS if is_in_corners else _QUOTES)
    said = _THREE_QUOTES.sub(_as_string, said)
    said = _BACKTICKS.sub(_as_string, said)
    said = "".join(
        part if inside else _OTHERWISE_QUOTED.sub(_as_string, part)
        for part, inside in _strings(said)
    )
    said = _in_one_string(said)
    parts = [
        part if inside else _UNDEFINED.sub(r"\1null", part.translate(_FULL_WIDTH))
        for part, inside in _strings(said)
    ]
    if not any(":" in part for part in parts if part[:1] != '"'):
        # Pairs as other languages write them.
        parts = [part if part[:1] == '"' else _ARROW.sub(": ", part) for part in parts]
    return "".join(_with_colons(parts))


def _with_colons(parts: list[str]) -> Iterator[str]:
    """Replaces an equals sign between a key and its value by a colon."""
    before = ["", "", *parts]
    for opening, key, part in zip(before, before[1:], parts, strict=False):
        if part[0] == '"':
            yield part
        elif key[:1] == '"' and opening.rstrip()[-1:] in ("{", ","):
            yield _BARE_KEY.sub(r"\1: ", _ARROW_FIRST.sub(": ", part))
        else:
            yield _BARE_KEY.sub(r"\1: ", part)


def _in_one_string(said: str) -> str:
    """Joins a text that was written as several strings, adjacent or with a plus sign."""
    said = _JOINED.sub("", said) if '"' in said else _JOINED_SINGLE.sub("", said)
    while (joined := _IN_A_ROW.sub(r"\1\2", said)) != said:
        said = joined
    return said


def _as_string(found: re.Match[str]) -> str:
    """Encodes a text in other quotation marks as a JSON string."""
    text = next((each for each in found.groups()[1:] if each is not None), "")
    return found[1] + json.dumps(text, ensure_ascii=False)


def _strings(said: str) -> Iterator[tuple[str, bool]]:
    """Splits a text into what is inside quotation marks and what is not."""
    for place, part in enumerate(re.split(r'("(?:[^"\\]|\\.)*")', said, flags=re.S)):
        if part:
            yield part, bool(place % 2)


def _depth_left(said: str) -> int:
    """Returns the maximum nesting of brackets outside strings."""
    depth = deepest = 0
    for part, inside in _strings(said):
        for character in "" if inside else part:
            depth += (character in "{[") - (character in "}]")
            deepest = max(deepest, depth)
    return deepest


def _breaks_off(said: str) -> bool:
    """True if the text ends within a value: closing brackets may be missing, half a finding may
    not."""
    end = _FENCE.sub("", said.rstrip()).rstrip()
    return not end.endswith(("}", "]")) and not _closed(end)


def _closed(said: str) -> bool:
    """True if brackets are balanced, so that prose or a comment follows at the end."""
    outside = "".join(part for part, inside in _strings(said) if not inside)
    opened = sum(map(outside.count, "{["))
    return opened <= sum(map(outside.count, "}]"))


class _RefusedError(Exception):
    """Valid JSON with content that no answer may have."""


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    value = dict(pairs)
    if len(value) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise _RefusedError(f'the key "{twice[:80]}" comes twice')
    return value


def _finite(literal: str) -> float:
    number = float(literal)
    if not math.isfinite(number):
        raise _RefusedError("a number is too large")
    return number


def _whole(literal: str) -> int:
    if len(literal) > _LONGEST_NUMBER:
        raise _RefusedError("not JSON: a number is too large")
    return int(literal)


def _nothing(_literal: str) -> None:
    """Reads a number that is none, such as ``NaN``, as not given."""


_DECODER: Any = json.JSONDecoder(
    # Raw line breaks in strings are accepted: that is no guess.
    strict=False,
    object_pairs_hook=_without_duplicates,
    parse_float=_finite,
    parse_int=_whole,
    parse_constant=_nothing,
)
