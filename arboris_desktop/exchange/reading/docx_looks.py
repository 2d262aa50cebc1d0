"""The look of paragraphs in a DOCX, by their own properties and by their styles."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.reading.looks import LineLook
from arboris_desktop.exchange.reading.xml import Element

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_MOST_STYLES = 50
_PAGE = "page"
_OFF = ("0", "false", "off", "none")


@record
class ParagraphLooks:
    """Determines the looks of paragraphs. ``styles`` are the style elements by id."""

    styles: Mapping[str, Element]

    def of(self, paragraph: Element) -> LineLook:
        """Returns the look of a paragraph: bold and of one size if all its letters are."""
        own = paragraph.find(f"{_W}pPr")
        above = self._chain("" if own is None else _value(own, "pStyle"))
        centred = [_value(one, "jc") for one in (own, *(_part(s, "pPr") for s in above))]
        runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
        letters = [self._letters(run.find(f"{_W}rPr"), above) for run in runs]
        return LineLook(
            next((each for each in centred if each), "") == "center",
            bool(letters) and all(is_bold for is_bold, _size in letters),
            min((size for _is_bold, size in letters), default=0),
        )

    def _letters(self, own: Element | None, above: list[Element]) -> tuple[bool, float]:
        named = self._chain("" if own is None else _value(own, "rStyle"))
        sources = [own, *(_part(style, "rPr") for style in (*named, *above))]
        bold = next((b for one in sources if (b := _bold(one)) is not None), False)
        size = next((s for one in sources if (s := _value(one, "sz"))), "")
        return bold, float(size) if size.isdecimal() else 0

    def _chain(self, name: str) -> list[Element]:
        """Yields a style and those that it is based on."""
        chain: list[Element] = []
        while (style := self.styles.get(name)) is not None and len(chain) < _MOST_STYLES:
            chain.append(style)
            name = _value(style, "basedOn")
        return chain


def begins_page(paragraph: Element) -> bool:
    """True if the text of a paragraph stands on a new page."""
    own = paragraph.find(f"{_W}pPr/{_W}pageBreakBefore")
    if own is not None and own.get(f"{_W}val", "1") not in _OFF:
        return True
    return next(_breaks_and_texts(paragraph), "") == _PAGE


def ends_page(paragraph: Element) -> bool:
    """True if what follows a paragraph stands on a new page."""
    section = paragraph.find(f"{_W}pPr/{_W}sectPr")
    kind = _value(section, "type") if section is not None else "continuous"
    found = list(_breaks_and_texts(paragraph))
    return kind != "continuous" or (len(found) > 0 and found[-1] == _PAGE)


def _breaks_and_texts(paragraph: Element) -> Iterator[str]:
    for one in paragraph.iter(f"{_W}br", f"{_W}t"):
        if one.tag == f"{_W}br" and one.get(f"{_W}type") == _PAGE:
            yield _PAGE
        elif (one.text or "").strip():
            yield "text"


def _part(style: Element, name: str) -> Element | None:
    return style.find(f"{_W}{name}")


def _value(parent: Element | None, name: str) -> str:
    found = None if parent is None else parent.find(f"{_W}{name}")
    return "" if found is None else found.get(f"{_W}val", "")


def _bold(properties: Element | None) -> bool | None:
    found = None if properties is None else properties.find(f"{_W}b")
    return None if found is None else found.get(f"{_W}val", "1") not in _OFF
