"""Converting the markup of novelWriter's documents to the marks of the program's texts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from enum import Enum, auto

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

_HEADING = lazy_pattern(r"(#{1,4})(!?) +(.*)")
_COMMENT = lazy_pattern(r"%\s*(?:(\w+)(?:\.(\w+))?\s*:)?\s*(.*)")
_IGNORED = ("%~", "%%~")
_TAG = lazy_pattern(r"@tag\s*:\s*(.*)", re.IGNORECASE)
_SPACE = lazy_pattern(r"\[(?:new ?page|vspace(?::\d+)?)\]\s*", re.IGNORECASE)

_ALIGNED = lazy_pattern(r"^>{1,2} *(?=\S)|(?<=\S) *<{1,2}$")
_BREAK_CODE = lazy_pattern(r"(?<!\\)\[br\]\n?", re.IGNORECASE)
_CODES = lazy_pattern(
    r"(?<!\\)\[(?:/?(?:s|u|m|sup|sub)|(?:field|comment):[^\]]*)\]|(?<!\\)(?:~~|==)", re.IGNORECASE
)
_BOLD_CODE = lazy_pattern(r"(?<!\\)\[/?b\]", re.IGNORECASE)
_ITALIC_CODE = lazy_pattern(r"(?<!\\)\[/?i\]", re.IGNORECASE)
_ITALIC = lazy_pattern(r"(?<![\w\\])_(?=[^\s_])(.*?[^\s\\])_(?!\w)")
_NOTE_CODE = lazy_pattern(r"(?<!\\)\[footnote:(\w+)\]", re.IGNORECASE)
_ESCAPE = lazy_pattern(r"\\([_~=\[\] ])")
"""novelWriter's escapes, except that of an asterisk, which is one here as well."""

_REPLACEMENTS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (_ALIGNED, ""),
    (_BREAK_CODE, "\n"),
    (_ITALIC, r"*\1*"),
    (_CODES, ""),
    (_BOLD_CODE, "**"),
    (_ITALIC_CODE, "*"),
    (_NOTE_CODE, r"[^\1]"),
    (_ESCAPE, lambda found: "" if found[1] == " " else found[1]),
)


class LineKind(Enum):
    """The kinds of lines in a document."""

    HEADING = auto()
    SYNOPSIS = auto()
    """The synopsis of a scene or chapter, or a short description of a person."""
    COMMENT = auto()
    FOOTNOTE = auto()
    TAG = auto()
    REFERENCE = auto()
    TEXT = auto()
    BLANK = auto()


@record
class DocumentLine:
    """A line of a document.

    ``level`` is that of a heading, which may be of a special kind; ``key`` names a footnote.
    """

    kind: LineKind
    text: str = ""
    level: int = 0
    is_special: bool = False
    key: str = ""


def lines_of(document: str, replacements: Mapping[str, str]) -> Iterator[DocumentLine]:
    """Yields the lines of a document below its header.

    ``replacements`` are the project's substitutions for words in angle brackets.
    """
    for name, text in replacements.items():
        document = document.replace(f"<{name}>", text)
    for line in _without_head(document.split("\n")):
        found = _line(line)
        if found is not None:
            yield found


def _without_head(lines: list[str]) -> list[str]:
    """Returns the lines below the header, which newer versions put between lines of plus signs."""
    if lines[0].strip() == "+++":
        for place, line in enumerate(lines[1:], 1):
            if line.strip() == "+++":
                return lines[place + 1 :]
    return lines


def _line(line: str) -> DocumentLine | None:
    if not line.strip() or _SPACE.fullmatch(line):
        return DocumentLine(LineKind.BLANK)
    if line.startswith(_IGNORED):
        return None
    if line.startswith("%"):
        return _comment(line)
    if line.startswith("@"):
        tag = _TAG.match(line)
        return DocumentLine(LineKind.TAG if tag else LineKind.REFERENCE, tag[1] if tag else line)
    heading = _HEADING.fullmatch(line.rstrip())
    if heading is not None and not (heading[2] and len(heading[1]) == 4):
        return DocumentLine(
            LineKind.HEADING, heading[3].strip(), len(heading[1]), is_special=bool(heading[2])
        )
    return DocumentLine(LineKind.TEXT, prose(line))


def _comment(line: str) -> DocumentLine:
    found = _COMMENT.fullmatch(line)
    assert found is not None
    modifier = (found[1] or "").lower()
    if modifier in ("synopsis", "short"):
        return DocumentLine(LineKind.SYNOPSIS, found[3].strip())
    if modifier == "footnote" and found[2]:
        return DocumentLine(LineKind.FOOTNOTE, prose(found[3]), key=found[2])
    return DocumentLine(LineKind.COMMENT, line[1:].strip())


def prose(line: str) -> str:
    """Returns a line of text in the marks of the program's texts."""
    for pattern, replacement in _REPLACEMENTS:
        line = pattern.sub(replacement, line)
    return line.strip()
