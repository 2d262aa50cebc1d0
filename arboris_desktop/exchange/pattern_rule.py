"""Headings by a pattern of the author's own, within a time limit."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.text.headings import readings, recognise
from arboris_desktop.text.headings.heading import Heading, HeadingKind
from arboris_desktop.text.headings.marks import Mark
from arboris_desktop.text.headings.titles import clean_title

if TYPE_CHECKING:
    import regex

_SECONDS = 5.0
"""Seconds; nobody wants to wait longer for a pattern to search a whole book."""

_MAX_LINE = 400
"""Characters; a longer line is not a heading, whatever the pattern says."""

_MAX_PATTERN = 1000


def marks_by_pattern(lines: Sequence[str], pattern: str) -> list[Mark]:
    """Returns the lines that match a pattern, as headings of chapters.

    A group called ``title``, or the only group, gives the title; ``volume`` makes it the heading of
    a volume. Raises ``RuleError`` for an invalid or slow pattern.
    """
    compiled = _compiled(pattern)
    ends = time.monotonic() + _SECONDS
    marks = []
    for number, line in enumerate(lines):
        plain = line.strip()
        if not plain or len(plain) > _MAX_LINE:
            continue
        if match := _search(compiled, plain, ends - time.monotonic()):
            marks.append(Mark(number, number + 1, _heading(plain, match)))
    return marks


def _compiled(pattern: str) -> regex.Pattern[str]:
    import regex

    if not pattern.strip() or len(pattern) > _MAX_PATTERN:
        raise RuleError(ErrorKind.INVALID_VALUE, "the pattern is empty or too long")
    try:
        return regex.compile(pattern)
    except regex.error as error:
        raise RuleError(ErrorKind.INVALID_VALUE, f"the pattern is wrong: {error}") from error


def _search(pattern: regex.Pattern[str], line: str, seconds: float) -> regex.Match[str] | None:
    try:
        return pattern.search(line, timeout=max(seconds, 0.001))
    except TimeoutError as error:
        raise RuleError(
            ErrorKind.INVALID_VALUE, "the pattern takes too long; make it simpler"
        ) from error


def _heading(line: str, match: regex.Match[str]) -> Heading:
    groups = match.groupdict()
    if groups.get("volume"):
        return Heading(HeadingKind.VOLUME, "", "", (), clean_title(line))
    known = [*recognise(line), *(heading for found in readings(line) for heading in found)]
    kinds = (HeadingKind.CHAPTER, HeadingKind.SECTION)
    heading = next((one for one in known if one.kind in kinds), None)
    title = _title(line, match)
    if heading is None:
        plain = clean_title(line) if title is None else title
        return Heading(HeadingKind.CHAPTER, "", "", (), plain)
    named = heading.title if title is None else title
    return Heading(
        HeadingKind.CHAPTER, heading.form, heading.number, heading.value, named, heading.label
    )


def _title(line: str, match: regex.Match[str]) -> str | None:
    if "title" in match.groupdict():
        return clean_title(match["title"] or "")
    only = match.groups()
    return clean_title(only[0] or "") if len(only) == 1 and not match.groupdict() else None
