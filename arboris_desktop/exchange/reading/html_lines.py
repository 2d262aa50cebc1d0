"""The lines of a block of HTML: its breaks, and white space as a page shows it."""

from __future__ import annotations

from collections.abc import Sequence

from arboris_desktop.text.emphasis import Run
from arboris_desktop.text.paragraphs import is_wide
from arboris_desktop.text.patterns import lazy_pattern

# A single non-breaking space is intended: as in Mr. Bennet.
_SPACE = lazy_pattern(r"[ \t\n\r\f\u00a0]{2,}|[ \t\n\r\f]")
_SOURCE_LINE = lazy_pattern(r"[ \t]*[\n\r\f]\s*")
_MANY_BREAKS = 20
"""Lines beyond which a block is a whole text whose paragraphs are lines."""

_INDENTED = lazy_pattern(r"[ \t\u00a0]{2,}|[\u3000\u2003\u2002\u3164\u2800]")
BREAK = "\ue001"
"""Stands for a line break while a block is assembled; it never occurs in pages."""


def split_at_breaks(runs: Sequence[Run]) -> list[list[Run]]:
    """Splits a block into paragraphs: at two breaks, or at one before an indentation."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        if run.text == BREAK:
            lines.append([])
        else:
            lines[-1].append(run)
    texts = ["".join(run.text for run in line) for line in lines]
    are_paragraphs = sum(bool(text.strip()) for text in texts) > _MANY_BREAKS
    paragraphs: list[list[Run]] = [[]]
    for line, text in zip(lines, texts, strict=True):
        if not text.strip() or are_paragraphs or _INDENTED.match(text.lstrip("\r\n")):
            paragraphs.append(line)
        elif paragraphs[-1]:
            paragraphs[-1] += [Run(BREAK), *line]
        else:
            paragraphs[-1] += line
    return paragraphs


def tidied(text: str) -> str:
    """Collapses white space as a page does; line ends only at breaks."""
    lines = (collapsed(line).strip() for line in text.split(BREAK))
    return "\n".join(line for line in lines if line)


def spaced(text: str) -> str:
    """White space of a block that keeps it: only what parts lines of the source is a space."""
    lines = (_SOURCE_LINE.sub(" ", line).strip() for line in text.split(BREAK))
    return "\n".join(line for line in lines if line)


def collapsed(text: str) -> str:
    """Collapses white space to one space; to none at a line end between Chinese characters."""
    if "\n" not in text:
        return _SPACE.sub(" ", text)
    parts = _SPACE.split(text)
    spaces = _SPACE.findall(text)
    whole = parts[0]
    for space, part in zip(spaces, parts[1:], strict=True):
        chinese = whole and part and is_wide(whole[-1]) and is_wide(part[0])
        whole += part if chinese and "\n" in space else f" {part}"
    return whole
