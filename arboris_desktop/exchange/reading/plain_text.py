"""Reading plain text: its lines, without the boilerplate of Project Gutenberg."""

from __future__ import annotations

import re
from collections.abc import Sequence

from arboris_desktop.exchange.decoding import decode
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.exchange.reading.markdown import count_headings, read_markdown
from arboris_desktop.exchange.reading.page_lines import without_page_lines
from arboris_desktop.exchange.reading.page_marks import without_page_marks
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.headings.finder import find_headings
from arboris_desktop.text.patterns import lazy_pattern

FORM = "txt"

_START = lazy_pattern(r"\*\*\* ?START OF (?:THE|THIS) PROJECT GUTENBERG EBOOK", re.IGNORECASE)
_END = lazy_pattern(
    r"\*\*\* ?END OF (?:THE|THIS) PROJECT GUTENBERG EBOOK|End of (?:the )?Project Gutenberg'?s ",
    re.IGNORECASE,
)
_FIELD = lazy_pattern(r"(?P<name>Title|Author): (?P<value>\S.*)")
_MAX_HEADER_LINES = 500
_INDENTATION = "\u3000\u3000"
_BEFORE_INDENTATION = lazy_pattern(r"(?<=\S)[ \t]*(?=\u3000\u3000+\S)")
_LONG_LINE = 60
_WHOLE_BOOK = 300
_MANY_PARTS = 3
_MAX_NOTICE_LINES = 3
"""The line that announces the book may continue on the next ones."""


def read_plain_text(data: bytes, encoding: str = "") -> Manuscript:
    """Reads a text; Markdown headings count if there are at least two and no others."""
    decoded = decode(data, encoding, keeps_pages=True)
    text, page_lines = without_page_lines(decoded.text)
    text = without_page_marks(text)
    lines = [part for line in text.split("\n") for part in _parted(line)]
    notes = (("damaged",) if decoded.damaged else ()) + (("pages",) if page_lines else ())
    if count_headings(text) >= 2 and not find_headings(lines).marks:
        found = read_markdown(text)
        return Manuscript(
            FORM,
            found.lines,
            found.levels,
            True,
            found.title,
            found.author,
            decoded.encoding,
            notes=notes,
        )
    start, end, fields = _book_within(lines)
    left_out = len(lines) - (end - start)
    return Manuscript(
        FORM,
        lines[start:end],
        title=fields.get("Title", ""),
        author=fields.get("Author", ""),
        encoding=decoded.encoding,
        left_out=left_out,
        notes=(*notes, "gutenberg") if left_out else notes,
    )


def _parted(line: str) -> list[str]:
    """Returns a line in which a heading, or a whole book, is separated from its text only by
    indentation."""
    if len(line) <= _LONG_LINE or _INDENTATION not in line.strip():
        return [line]
    first, *others = _BEFORE_INDENTATION.split(line.rstrip())
    is_book = len(line) > _WHOLE_BOOK and len(others) > _MANY_PARTS
    return [first, *others] if is_book or recognise(first) else [line]


def _book_within(lines: Sequence[str]) -> tuple[int, int, dict[str, str]]:
    """Returns the beginning and the end of the book within the notices of Project Gutenberg, and
    what they state."""
    header = next(
        (n for n, line in enumerate(lines[:_MAX_HEADER_LINES]) if _START.search(line)), None
    )
    if header is None:
        return 0, len(lines), {}
    found = (match for line in lines[:header] if (match := _FIELD.fullmatch(line.strip())))
    fields = {match["name"]: match["value"].strip() for match in found}
    start = _after_notice(lines, header)
    end = next((n for n in range(start, len(lines)) if _END.search(lines[n])), len(lines))
    return start, end, fields


def _after_notice(lines: Sequence[str], line: int) -> int:
    for place in range(line, min(line + _MAX_NOTICE_LINES, len(lines))):
        if lines[place].rstrip().endswith("***"):
            return place + 1
    return line + 1
