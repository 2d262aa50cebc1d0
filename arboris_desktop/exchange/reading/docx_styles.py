"""The styles of a DOCX: which are headings, which are emphasised, and which number paragraphs."""

from __future__ import annotations

import re

from docx.document import Document

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.reading.docx_numbers import ListPlace, place_of
from arboris_desktop.exchange.reading.xml import Element
from arboris_desktop.text.patterns import lazy_pattern

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING = lazy_pattern(
    r"(?:heading|标题|標題|見出し|제목|überschrift|titre|título|titulo|titolo|заголовок|kop|nagłówek|nadpis)"
    r"\s*(?P<level>[1-9])|(?P<only>heading)",
    re.IGNORECASE,
)
_TITLES = ("title", "标题", "標題", "书名", "titel", "название")
_SUBTITLES = ("subtitle", "副标题", "副標題", "untertitel", "подзаголовок")
_ITALIC_STYLES = ("emphasis", "subtle emphasis", "intense emphasis")
_BOLD_STYLES = ("strong", "intense emphasis")
_MOST_STYLES = 50

TITLE_LEVEL = -1
SUBTITLE_LEVEL = -2


@record
class Emphasis:
    """Returns the ids of emphasised character styles."""

    italic: frozenset[str]
    bold: frozenset[str]


def places_of(document: Document) -> dict[str, ListPlace]:
    """Returns the places in lists of the paragraph styles."""
    styles = document.styles.element.iter(f"{_W}style")
    found = {s.get(f"{_W}styleId", ""): place_of(s.find(f"{_W}pPr")) for s in styles}
    return {name: place for name, place in found.items() if place is not None}


def styles_of(document: Document) -> dict[str, Element]:
    """Returns the styles by id."""
    found = document.styles.element.iter(f"{_W}style")
    return {style.get(f"{_W}styleId", ""): style for style in found}


def levels_of(document: Document) -> dict[str, int]:
    """Returns the level of each heading style by id; negative for those of title and subtitle."""
    elements = {
        name: style
        for name, style in styles_of(document).items()
        if style.get(f"{_W}type") == "paragraph"
    }
    return {name: _level_of_style(name, elements) for name in elements}


def _level_of_style(name: str, elements: dict[str, Element]) -> int:
    """Returns the level of a style, from its name or outline level, or from those that it is based
    on."""
    for _ in range(_MOST_STYLES):
        style = elements.get(name)
        if style is None:
            return 0
        called = style.find(f"{_W}name")
        plain = "" if called is None else called.get(f"{_W}val", "").strip().lower()
        if match := _HEADING.fullmatch(plain):
            return int(match["level"] or 1)  # Pages names its topmost one like this.
        if plain in _TITLES:
            return TITLE_LEVEL
        if plain in _SUBTITLES:
            return SUBTITLE_LEVEL
        outline = style.find(f"{_W}pPr/{_W}outlineLvl")
        if outline is not None and outline.get(f"{_W}val", "").isdecimal():
            level = int(outline.get(f"{_W}val", "9")) + 1
            return level if level <= 9 else 0
        based = style.find(f"{_W}basedOn")
        name = "" if based is None else based.get(f"{_W}val", "")
    return 0


def emphasis_of(document: Document) -> Emphasis:
    italic, bold = set(), set()
    for style in document.styles.element.iter(f"{_W}style"):
        called = style.find(f"{_W}name")
        plain = "" if called is None else called.get(f"{_W}val", "").lower()
        properties = style.find(f"{_W}rPr")
        if style.get(f"{_W}type") != "character":
            continue
        if plain in _ITALIC_STYLES or (properties is not None and is_set(properties, "i")):
            italic.add(style.get(f"{_W}styleId", ""))
        if plain in _BOLD_STYLES or (properties is not None and is_set(properties, "b")):
            bold.add(style.get(f"{_W}styleId", ""))
    return Emphasis(frozenset(italic), frozenset(bold))


def is_set(properties: Element, name: str) -> bool:
    switch = properties.find(f"{_W}{name}")
    return switch is not None and switch.get(f"{_W}val", "1") not in ("0", "false", "off", "none")
