"""Cutting a chapter into the passages by which it is found."""

from __future__ import annotations

import re

from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import Span

SHORTEST = 400
LONGEST = 700
"""Characters of a passage. The last one of a chapter, and a short paragraph before a very long one,
may be shorter; only a sentence without an end makes a longer one."""

_PARAGRAPH = lazy_pattern(r"[^\n]*\S[^\n]*")
_SENTENCE = lazy_pattern(r".+?(?:[。！？][”’」』\"']*|[.!?]+[”’\"')]*(?=\s)|\Z)", re.DOTALL)


def split_into_passages(text: str) -> list[Span]:
    """The places of the passages; without blank lines around them, and together all that is said.

    A blank text is one empty passage, so that it can be told from one that was not cut yet.
    """
    passages: list[Span] = []
    start = end = 0
    for piece in _pieces(text):
        if end > start and (end - start >= SHORTEST or piece.end - start > LONGEST):
            passages.append(Span(start, end))
            start = end
        if end == start:
            start = piece.start
        end = piece.end
    if end > start or not passages:
        passages.append(Span(start, end))
    return passages


def _pieces(text: str) -> list[Span]:
    """Paragraphs; one that is too long by itself, in its sentences."""
    pieces: list[Span] = []
    for paragraph in _PARAGRAPH.finditer(text):
        if len(paragraph[0]) <= LONGEST:
            pieces.append(Span(*paragraph.span()))
            continue
        for sentence in _SENTENCE.finditer(paragraph[0]):
            begin = paragraph.start() + sentence.start()
            pieces.append(Span(begin, paragraph.start() + sentence.end()))
    return pieces
