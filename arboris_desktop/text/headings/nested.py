"""A volume and its chapter in one line: 卷一 第一章 雨, Book the First, Chapter the Second."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from arboris_desktop.text.headings.heading import CLEAR, LIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.titles import tidy_title
from arboris_desktop.text.numerals import ARABIC, CHINESE, ROMAN, WORDS
from arboris_desktop.text.patterns import lazy_pattern

CHINESE_INNER = (
    rf"第\s*(?:[{CHINESE}{ARABIC}]{{1,12}}|[{ROMAN.upper()}]{{1,9}})\s*"
    r"(?:章|回|话|話|节|節|幕|场|場|集)"
)
_INNER = lazy_pattern(
    rf"{CHINESE_INNER}"
    rf"|\b(?:chapter|chap|ch|scene|episode|ep)\b\.?[\s#]*(?:the\s+)?(?:[\dIVXLC]|{WORDS}\b)"
    r"|\b(?:chương|hồi|kapitel|chapitre|cap[ií]tulo|capitolo|глава)\b\.?\s*\w"
    r"|\b\w{4,14}\s+(?:kapitel|chapitre|cap[ií]tulo)\b",
    re.IGNORECASE,
)
_SHORT_TITLE = 4
"""A glued title of more characters may be a sentence."""
_BETWEEN = " .,，;:：-·–—|/_"

ReadLine = Callable[[str], Iterable[tuple[Heading, ...]]]


def with_inner(found: tuple[Heading, ...], read: ReadLine) -> tuple[Heading, ...]:
    """The reading of a line as a volume, and the chapter that follows in its title if one does."""
    heading = found[0]
    match = _INNER.search(heading.title) if heading.kind is HeadingKind.VOLUME else None
    if match is None or len(found) > 1:
        return found
    inner = next(
        (
            one[0]
            for one in read(heading.title[match.start() :])
            if one[0].kind in (HeadingKind.CHAPTER, HeadingKind.SECTION)
        ),
        None,
    )
    if inner is None:
        return found
    outer = tidy_title(heading.title[: match.start()]).strip(_BETWEEN)
    if inner.doubt and not outer and len(inner.title) > _SHORT_TITLE:
        inner = replace(inner, doubt=inner.doubt + LIKELY)  # 卷二第一章写的是雨夜
    # A volume before it says enough of a word as usual as "ch".
    return (replace(heading, title=outer, doubt=CLEAR), replace(inner, numbers_only=False))


def without_second_number(heading: Heading, read: ReadLine) -> Heading:
    """A heading whose title does not say its number again: 第1章 第一章 雨, 第一章 Chapter 1 雨."""
    if not heading.title or not heading.value or heading.kind is HeadingKind.VOLUME:
        return heading
    for found in read(heading.title):
        inner = found[0]
        if inner.value == heading.value and inner.kind is heading.kind and not inner.numbers_only:
            return replace(heading, title=inner.title)
    return heading
