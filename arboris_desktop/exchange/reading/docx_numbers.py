"""The automatic numbers of headings in DOCX, which the paragraphs do not contain."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.reading.xml import Element, parse_xml
from arboris_desktop.text.number_labels import label_of
from arboris_desktop.text.patterns import lazy_pattern

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_PLACE = lazy_pattern(r"%([1-9])")
_ONES = {
    **dict.fromkeys(("decimal", "ordinal"), "1"),
    "decimalZero": "01",
    "upperRoman": "I",
    "lowerRoman": "i",
    "cardinalText": "One",
    "decimalFullWidth": "１",
    **dict.fromkeys(("chineseCounting", "chineseCountingThousand", "taiwaneseCounting"), "一"),
    **dict.fromkeys(("taiwaneseCountingThousand", "japaneseCounting"), "一"),
    "ideographDigital": "〇",
    "chineseLegalSimplified": "壹",
}
"""The spelling of "one" in each numbering format; others, such as bullets, are not numbers."""

ListPlace = tuple[str, int]
"""A list and the level in it."""


@record
class _Level:
    one: str
    text: str
    start: int


@dataclass(slots=True)
class HeadingNumbers:
    """Counts the headings of a document. ``styles`` maps styles to their places in lists."""

    levels: Mapping[ListPlace, _Level]
    lists: Mapping[str, str]
    styles: Mapping[str, ListPlace]
    _counts: dict[ListPlace, int] = field(default_factory=dict)

    def label(self, properties: Element | None, style: str) -> str:
        """Returns the number before the next heading as displayed; empty if there is none."""
        place = place_of(properties) or self.styles.get(style)
        if place is None or place[0] not in self.lists:
            return ""
        key = (self.lists[place[0]], place[1])
        level = self.levels.get(key)
        if level is None:
            return ""
        self._counts[key] = self._counts.get(key, level.start - 1) + 1
        for other in [one for one in self._counts if one[0] == key[0] and one[1] > key[1]]:
            del self._counts[other]
        return _PLACE.sub(
            lambda found: self._written(key[0], int(found[1]) - 1), level.text
        ).strip()

    def _written(self, name: str, depth: int) -> str:
        level = self.levels.get((name, depth))
        if level is None or not level.one:
            return ""
        return label_of(f"{{{level.one}}}", self._counts.get((name, depth), level.start))


def place_of(properties: Element | None) -> ListPlace | None:
    """Returns the list and level that a paragraph or style states."""
    numbered = None if properties is None else properties.find(f"{_W}numPr")
    name = None if numbered is None else numbered.find(f"{_W}numId")
    if numbered is None or name is None:
        return None
    depth = numbered.find(f"{_W}ilvl")
    return name.get(f"{_W}val", ""), _number(depth, 0)


def read_numbers(data: bytes | None, styles: Mapping[str, ListPlace]) -> HeadingNumbers:
    """Reads the lists of a document; none without such a part."""
    if data is None:
        return HeadingNumbers({}, {}, styles)
    root = parse_xml(data)
    levels = {
        (kind.get(f"{_W}abstractNumId", ""), _stated(level.get(f"{_W}ilvl"))): _level(level)
        for kind in root.iter(f"{_W}abstractNum")
        for level in kind.iter(f"{_W}lvl")
    }
    lists = {
        one.get(f"{_W}numId", ""): kind.get(f"{_W}val", "")
        for one in root.iter(f"{_W}num")
        for kind in one.iter(f"{_W}abstractNumId")
    }
    return HeadingNumbers(levels, lists, styles)


def _level(level: Element) -> _Level:
    form, text = level.find(f"{_W}numFmt"), level.find(f"{_W}lvlText")
    one = _ONES.get("decimal" if form is None else form.get(f"{_W}val", ""), "")
    shown = "" if text is None or not one else text.get(f"{_W}val", "")
    return _Level(one, shown, _number(level.find(f"{_W}start"), 1))


def _number(element: Element | None, usual: int) -> int:
    return usual if element is None else _stated(element.get(f"{_W}val"), usual)


def _stated(value: str | None, usual: int = 0) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else usual
