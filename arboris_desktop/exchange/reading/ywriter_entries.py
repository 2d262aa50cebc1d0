"""Characters, locations and items of a yWriter project as entries of the codex."""

from __future__ import annotations

import re
from collections.abc import Iterator

from arboris_desktop.codex.rows import LONGEST_NAME, CodexRow
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.exchange.reading.xml import Element
from arboris_desktop.text.patterns import lazy_pattern

_KINDS = {
    "CHARACTERS/CHARACTER": EntryKind.CHARACTER,
    "LOCATIONS/LOCATION": EntryKind.LOCATION,
    "ITEMS/ITEM": EntryKind.ITEM,
}
_TEXTS = ("Desc", "Bio", "Goals", "Notes")
"""The author's texts about it, in the order of the program's own pages."""
_BETWEEN_NAMES = lazy_pattern(r"[,;/\r\n，；、]+")


def ywriter_entries(root: Element) -> tuple[CodexRow, ...]:
    """Returns the entries of a project; those without any name are left out."""
    return tuple(
        row
        for path, kind in _KINDS.items()
        for element in root.iterfind(path)
        if (row := _row(element, kind)).name
    )


def _row(element: Element, kind: EntryKind) -> CodexRow:
    names = list(dict.fromkeys(filter(None, _names(element))))
    about = [_text(element, path) for path in _TEXTS]
    return CodexRow(
        kind,
        names[0] if names else "",
        tuple(names[1:]),
        description="\n".join(filter(None, about)),
    )


def _names(element: Element) -> Iterator[str]:
    """Yields the name of the lists first, then the full one and those it is also known by."""
    yield _name(element.findtext("Title") or "")
    yield _name(element.findtext("FullName") or "")
    yield from map(_name, _BETWEEN_NAMES.split(element.findtext("AKA") or ""))


def _name(name: str) -> str:
    return " ".join(name.split())[:LONGEST_NAME].strip()


def _text(element: Element, path: str) -> str:
    lines = (element.findtext(path) or "").splitlines()
    return "\n".join(filter(None, (re.sub(r"\s+", " ", line).strip() for line in lines)))
