"""The little Markdown that prose needs: headings, escapes and forced line ends.

Emphasis is not interpreted: its marks stay in the text, since the program's texts are plain.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from arboris_desktop.text.heading_finder import Mark, body
from arboris_desktop.text.headings import Heading, HeadingKind, recognise, tidy_title

_HEADING = re.compile(
    r" {0,3}(?P<hashes>#{1,6})(?P<space>[ \t]*)(?P<text>\S.*?)(?:[ \t]+#+)?[ \t]*"
)
_ESCAPE = re.compile(
    r"\\(?P<escaped>[!-/:-@\[-`{-~])|&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z0-9]{2,31});"
)
_SPECIAL = re.compile(r"[\\`*_\[<#~]|&(?=#?[A-Za-z0-9]+;)")
_SPECIAL_AT_START = re.compile(r"[-+=>]|[0-9]{1,9}(?=[.)])")
_SCENE_MARK = re.compile(r"(?:\* ?){2,}\*|-{3,}")
_METADATA = re.compile(r"[\w-]+:.*|[ \t#-].*|")
_METADATA_TITLE = re.compile(
    r"title:\s*(?P<quote>[\"']?)(?P<title>.+?)(?P=quote)\s*", re.IGNORECASE
)
_MAX_METADATA_LINES = 50
_MAX_LINE = 500
"""A longer line is prose, even after ``#``. In characters."""


@dataclass(frozen=True, slots=True)
class MarkdownOutline:
    """What the headings of a Markdown text say.

    ``lines`` are those of the text with the Markdown and the title of the book taken away; the
    text begins at ``start``, after the metadata.
    """

    title: str
    start: int
    marks: list[Mark]
    lines: list[str]


@dataclass(frozen=True, slots=True)
class _Hashed:
    line: int
    level: int
    text: str


def count_headings(lines: list[str]) -> int:
    """How many lines are headings of Markdown (``# …``)."""
    return sum(1 for _ in _headings(lines))


def outline(lines: list[str]) -> MarkdownOutline:
    """Reads headings and escapes.

    One level of headings gives chapters, two give volumes and chapters; deeper ones are text. A
    first heading that stands alone above all others is the title of the book. Where the upper of
    two levels is called "Chapter", or has text of its own, it gives the chapters.
    """
    title, start = _metadata(lines)
    plain = _without_escapes(lines)
    headings = [heading for heading in _headings(lines) if heading.line >= start]
    if _begins_with_title(headings):
        title = headings[0].text
        plain[headings[0].line] = ""
        del headings[0]
    for heading in headings:
        plain[heading.line] = heading.text
    return MarkdownOutline(title, start, _marks(headings, lines), plain)


def escape(line: str, *, alone: bool = True) -> str:
    """A line of prose as Markdown that shows just this line.

    A scene break such as ``* * *`` is left as it is if it stands ``alone``, not among other lines
    of a paragraph.
    """
    if alone and _SCENE_MARK.fullmatch(line):
        return line
    escaped = _SPECIAL.sub(r"\\\g<0>", line)
    start = _SPECIAL_AT_START.match(escaped)
    if start is None:
        return escaped
    position = start.end() if start[0].isdecimal() else 0
    return f"{escaped[:position]}\\{escaped[position:]}"


def _headings(lines: list[str]) -> Iterator[_Hashed]:
    """Lines with ``#`` and a space; without the space where the rest is plainly a heading."""
    for number, line in enumerate(lines):
        match = _HEADING.fullmatch(line) if "#" in line[:4] and len(line) <= _MAX_LINE else None
        if match and (match["space"] or recognise(match["text"])):
            yield _Hashed(number, len(match["hashes"]), _unescape(match["text"]).strip())


def _begins_with_title(headings: list[_Hashed]) -> bool:
    return (
        len(headings) > 1
        and all(other.level > headings[0].level for other in headings[1:])
        and not recognise(headings[0].text)
    )


def _marks(headings: list[_Hashed], lines: list[str]) -> list[Mark]:
    levels = sorted({heading.level for heading in headings})
    if len(levels) < 2:
        return [_mark(heading, HeadingKind.CHAPTER) for heading in headings]
    upper, lower = levels[:2]
    kinds = {upper: HeadingKind.VOLUME, lower: HeadingKind.CHAPTER}
    marks = [_mark(heading, kinds[heading.level]) for heading in headings if heading.level <= lower]
    highest = [heading for heading in headings if heading.level == upper]
    if _are_chapters(highest, marks, lines):
        return [_mark(heading, HeadingKind.CHAPTER) for heading in highest]
    return marks


def _are_chapters(upper: list[_Hashed], marks: list[Mark], lines: list[str]) -> bool:
    kinds = [found[-1].kind if (found := recognise(heading.text)) else None for heading in upper]
    if 2 * kinds.count(HeadingKind.CHAPTER) > len(upper):
        return True
    with_text = sum(
        mark.opens_volume and bool(body(marks, index, lines)) for index, mark in enumerate(marks)
    )
    return HeadingKind.VOLUME not in kinds and 2 * with_text > len(upper)


def _mark(heading: _Hashed, kind: HeadingKind) -> Mark:
    return Mark(heading.line, heading.line + 1, Heading(kind, "", _title(heading.text, kind)))


def _title(text: str, kind: HeadingKind) -> str:
    """The heading without its number, if it has one of the right kind."""
    found = recognise(text)
    if kind is HeadingKind.VOLUME:
        is_numbered = bool(found) and found[0].kind is HeadingKind.VOLUME
        return found[0].name if is_numbered else tidy_title(text)
    if found and found[-1].kind in (HeadingKind.CHAPTER, HeadingKind.SECTION):
        return found[-1].title
    return "" if text.isdecimal() else tidy_title(text)


def _without_escapes(lines: list[str]) -> list[str]:
    return [
        _unescape(_hard_break(line) if after.strip() else line)
        for line, after in pairwise([*lines, ""])
    ]


def _hard_break(line: str) -> str:
    """A backslash at the end of a line as the two spaces that mean the same."""
    if not line.endswith("\\"):
        return line
    bare = line.rstrip("\\")
    count = len(line) - len(bare)
    return bare + "\\" * (count - 1) + "  " if count % 2 else line


def _unescape(line: str) -> str:
    return _ESCAPE.sub(_unescaped, line) if "\\" in line or "&" in line else line


def _unescaped(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"]
    return "".join(c if c.isprintable() else " " for c in html.unescape(match[0]))


def _metadata(lines: list[str]) -> tuple[str, int]:
    """The title in a block of metadata between ``---`` lines, and the line after that block."""
    if not lines or lines[0].rstrip() != "---":
        return "", 0
    block = lines[1:_MAX_METADATA_LINES]
    end = next((i for i, line in enumerate(block) if line.rstrip() in ("---", "...")), None)
    if not end or not all(_METADATA.fullmatch(line) for line in block[:end]):
        return "", 0
    titles = [match["title"] for line in block[:end] if (match := _METADATA_TITLE.fullmatch(line))]
    return titles[0] if titles else "", end + 2
