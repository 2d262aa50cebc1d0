"""The automatic numbers of headings and list items in an ODT."""

from __future__ import annotations

from dataclasses import dataclass, field

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.reading.xml import Element
from arboris_desktop.text.number_labels import label_of

_NS = "urn:oasis:names:tc:opendocument:xmlns:"
_TEXT = f"{{{_NS}text:1.0}}"
_STYLE = f"{{{_NS}style:1.0}}"
_ONES = ("1", "一", "壹", "I", "i", "１")
"""The spelling of "one" in each numeric format; letters are not numbers."""

_LEVELS = (f"{_TEXT}outline-level-style", f"{_TEXT}list-level-style-number")
_LISTS = (f"{_TEXT}outline-style", f"{_TEXT}list-style")
OUTLINE = "\0outline"
"""The name of the list of headings."""

_Place = tuple[str, int]


@record
class _Shape:
    before: str
    one: str
    after: str
    start: int


@dataclass(slots=True)
class ListNumbers:
    """Counts headings and items. ``shapes`` holds their number formats, by list and level."""

    shapes: dict[_Place, _Shape]
    _counts: dict[_Place, int] = field(default_factory=dict)

    def label(self, name: str, level: int) -> str:
        """Returns the number before the next paragraph at that level of a list; may be empty."""
        shape = self.shapes.get((name, level))
        if shape is None:
            return ""
        place = (name, level)
        self._counts[place] = self._counts.get(place, shape.start - 1) + 1
        for other in [one for one in self._counts if one[0] == name and one[1] > level]:
            del self._counts[other]
        number = label_of(f"{{{shape.one}}}", self._counts[place])
        return f"{shape.before}{number}{shape.after}".strip()

    def begin(self, name: str) -> None:
        """Restarts a list."""
        for other in [one for one in self._counts if one[0] == name]:
            del self._counts[other]


def read_list_numbers(*roots: Element | None) -> ListNumbers:
    """Reads the number formats in the styles of a document."""
    shapes: dict[_Place, _Shape] = {}
    for style in (one for root in roots if root is not None for one in root.iter(*_LISTS)):
        is_outline = style.tag == _LISTS[0]
        name = OUTLINE if is_outline else style.get(f"{_STYLE}name", "")
        for level in style.iter(*_LEVELS):
            if shape := _shape(level):
                shapes[name, _number(level.get(f"{_TEXT}level"), 1)] = shape
    return ListNumbers(shapes)


def _shape(level: Element) -> _Shape | None:
    form = level.get(f"{_STYLE}num-format", "")[:1]
    if form not in _ONES:
        return None
    return _Shape(
        level.get(f"{_STYLE}num-prefix", ""),
        form,
        level.get(f"{_STYLE}num-suffix", ""),
        _number(level.get(f"{_TEXT}start-value"), 1),
    )


def _number(value: str | None, usual: int) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else usual
