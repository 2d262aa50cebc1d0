"""Putting a text into a chapter where the author's cursor was."""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.text.normal_form import normalised_input
from arboris_desktop.text.paragraphs import PARAGRAPH
from arboris_desktop.text.patterns import lazy_pattern

_ANCHOR_CHARACTERS = 200
_LINE_FIRST = lazy_pattern(r"[^\S\n]*\n")
_LINE_LAST = lazy_pattern(r"\n[^\S\n]*$")


def as_proposed(came: str, language: Language) -> str:
    """A model's words in the form of texts; they begin or end a paragraph of their own if the
    model said so by a line end."""
    text = normalised_input(came, language)
    if not text:
        return ""
    first = PARAGRAPH if _LINE_FIRST.match(came) else ""
    return f"{first}{text}{PARAGRAPH if _LINE_LAST.search(came) else ''}"


def place_after(text: str, before: str) -> int | None:
    """The place in the text now of what once stood before the cursor; ``None`` if it is gone.

    The author may have changed other parts meanwhile. Of several such places, the nearest counts.
    """
    if text.startswith(before):
        return len(before)
    anchor = before[-_ANCHOR_CHARACTERS:]
    if not anchor.strip():
        return None
    places = []
    start = text.find(anchor)
    while start >= 0:
        places.append(start + len(anchor))
        start = text.find(anchor, start + 1)
    return min(places, key=lambda place: abs(place - len(before)), default=None)


def fitted_in(proposal: str, before: str, after: str, language: Language) -> str:
    """The proposal with the spaces and line ends that it needs between its neighbours."""
    inner = proposal.strip()
    if not inner:
        return ""
    space = " " if language is Language.ENGLISH else ""
    first, last = "", ""
    if before and not before[-1].isspace():
        first = "\n\n" if proposal.lstrip(" ").startswith("\n") else space
    if after and not after[0].isspace():
        last = "\n\n" if proposal.rstrip(" ").endswith("\n") else space
    return first + inner + last
