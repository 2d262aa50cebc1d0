"""Finding words in a chapter, and what is put in their place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from arboris_desktop.domain.record import record
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import CJK
from arboris_desktop.text.quotations import Span

if TYPE_CHECKING:
    import regex

PATTERN_SECONDS = 0.04
"""The seconds that a regular expression may take: an unlucky one would outlast the book."""

ALIKE = str.maketrans("‘’‛＇“”‟＂\u00a0\u202f\u3000", "''''\"\"\"\"   ")
"""Quotation marks and spaces that nobody tells apart when typing what to look for."""

_BEFORE_WORD = rf"(?<![^\W{CJK}])"
_AFTER_WORD = rf"(?![^\W{CJK}])"
WESTERN_EDGE = lazy_pattern(rf"[^\W{CJK}]")
_REFERENCE = lazy_pattern(r"\\(?:(\d{1,2})|g<(\w+)>|(.))", re.DOTALL)
_CONTROLS = {"n": "\n", "t": "\t", "\\": "\\"}


class PatternError(ValueError):
    """A regular expression, or what shall replace it, that cannot be understood."""


class PatternTooSlowError(Exception):
    """A regular expression that takes too long in this text."""


@record
class Wanted:
    """The words to look for.

    Unless ``exact``, case does not count, nor the difference of simplified and traditional
    characters, nor, but in a pattern, that of straight and curly quotation marks.
    """

    words: str
    exact: bool = False
    whole_word: bool = False
    is_pattern: bool = False


@record
class Found:
    """A place of the text, and how a pattern fits it."""

    span: Span
    match: regex.Match[str]


def find_all(text: str, wanted: Wanted) -> list[Found]:
    """Every place in reading order; none overlaps another, and none is empty.

    Raises ``PatternError`` and ``PatternTooSlowError``.
    """
    if not wanted.words:
        return []
    pattern = _compiled(wanted)
    limit = PATTERN_SECONDS if wanted.is_pattern else None
    try:
        matches = pattern.finditer(_alike(text, wanted), timeout=limit)
        return [
            Found(Span(*match.span()), match) for match in matches if match.end() > match.start()
        ]
    except TimeoutError as error:
        raise PatternTooSlowError(wanted.words) from error


def replacement(found: Found, text: str, template: str, wanted: Wanted) -> str:
    r"""The text for one place; for that of a pattern, ``\1`` and ``\g<name>`` are its groups.

    Raises ``PatternError``.
    """
    if not wanted.is_pattern:
        return template
    return _REFERENCE.sub(lambda reference: _referred(reference, found.match, text), template)


def _compiled(wanted: Wanted) -> regex.Pattern[str]:
    import regex

    words = _alike(wanted.words, wanted)
    body = words if wanted.is_pattern else regex.escape(words, special_only=True)
    if wanted.whole_word:
        body = _whole_word(body, wanted)
    flags = regex.MULTILINE | (0 if wanted.exact else regex.IGNORECASE)
    try:
        return regex.compile(body, flags)
    except (regex.error, OverflowError, RecursionError) as error:
        raise PatternError(str(error)) from error


def _whole_word(body: str, wanted: Wanted) -> str:
    """Nothing parts the words of Chinese: a name in it is found wherever it stands."""
    if wanted.is_pattern:
        return f"{_BEFORE_WORD}(?:{body}){_AFTER_WORD}"
    before = _BEFORE_WORD if WESTERN_EDGE.match(wanted.words[0]) else ""
    after = _AFTER_WORD if WESTERN_EDGE.match(wanted.words[-1]) else ""
    return f"{before}{body}{after}"


def _alike(text: str, wanted: Wanted) -> str:
    """The text in which is looked; each character keeps its place."""
    if wanted.exact or text.isascii():
        return text
    text = simplified(text)
    return text if wanted.is_pattern else text.translate(ALIKE)


def _referred(reference: re.Match[str], match: regex.Match[str], text: str) -> str:
    number, name, other = reference.groups()
    if other is not None:
        return _CONTROLS.get(other, reference[0])
    try:
        start, end = match.span(int(number) if number else name)
    except IndexError as error:
        raise PatternError(reference[0]) from error
    return text[start:end] if start >= 0 else ""
