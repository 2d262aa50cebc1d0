"""Paragraphs separated only by line breaks: pasted, or typed with Shift+Enter."""

from __future__ import annotations

from arboris_desktop.text.headings import recognise
from arboris_desktop.text.patterns import lazy_pattern

_INDENTED = lazy_pattern(r"[ \t\u00a0]{2,}|[\u3000\u2003\u2002\u3164\u2800]")
_MANY_LINES = 20
"""Lines beyond which a paragraph is a whole text whose paragraphs are lines."""


def parted(text: str) -> list[str]:
    """Splits a paragraph of a document: at headings, and at lines that are indented or many.

    Lines that merely follow one another, as in verse, stay together.
    """
    lines = text.split("\n")
    if len(lines) == 1:
        return [text.strip()]
    are_paragraphs = sum(bool(line.strip()) for line in lines) > _MANY_LINES
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        is_heading = bool(recognise(line))
        if goes_on and line.strip() and not (is_heading or are_paragraphs or _INDENTED.match(line)):
            paragraphs[-1] += f"\n{line.strip()}"
        elif line.strip():
            paragraphs.append(line.strip())
        goes_on = bool(line.strip()) and not is_heading
    return paragraphs
