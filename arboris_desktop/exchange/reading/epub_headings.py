"""The headings of an e-book's pages, completed by its table of contents and what it says of
itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.reading.html import PageBlock
from arboris_desktop.text.headings.contents import names_contents
from arboris_desktop.text.headings.marks import plain_title
from arboris_desktop.text.prose import letters_only

_LEAST_ENTRIES = 2
_MOST_ABOVE = 3
"""So many blocks of a page may stand above its entries: its heading, and the name of the book."""


@record
class TocEntry:
    """A line of the table of contents: its target, and its depth."""

    path: str
    anchor: str
    label: str
    depth: int


def lists_contents(blocks: Sequence[PageBlock], labels: frozenset[str]) -> bool:
    """True for a page that has nothing but lines of the table of contents; ``labels`` are those of
    the book as ``plain_title`` gives them."""
    named = next((n for n, one in enumerate(blocks) if names_contents(one.text)), _MOST_ABOVE)
    entries = [plain_title(one.text) for one in blocks[named + 1 :]]
    is_listed = named < _MOST_ABOVE and all(entry in labels for entry in entries)
    return is_listed and len(entries) >= _LEAST_ENTRIES


def without_names_of_book(blocks: Sequence[PageBlock], title: str, author: str) -> list[PageBlock]:
    """Returns the blocks of a page without the book's title above each chapter's heading; the
    author's name is no heading."""
    names = {plain_title(author)} - {""}
    found = [
        replace(one, level=0) if one.level and plain_title(one.text) in names else one
        for one in blocks
    ]
    has_both = len(found) > 1 and 0 < found[0].level < found[1].level
    is_title = has_both and plain_title(found[0].text) == plain_title(title) != ""
    return found[1:] if is_title else found


def with_whole_titles(blocks: Sequence[PageBlock], entries: Iterable[TocEntry]) -> list[PageBlock]:
    """Returns the blocks of a page whose heading says less than the table of contents, with what
    that says.

    The rest often stands in the next paragraph, which then belongs to the heading.
    """
    headings = [n for n, one in enumerate(blocks) if one.level]
    labels = [entry for entry in entries if entry.label]
    if len(headings) != 1 or len(labels) != 1:
        return list(blocks)
    place = headings[0]
    block, label = blocks[place], labels[0].label
    said, whole = letters_only(block.text), letters_only(label)
    if not said or said == whole or said not in whole:
        return list(blocks)
    below = blocks[place + 1 : place + 2]
    is_rest = bool(below) and said + letters_only(below[0].text) == whole
    kept = blocks[place + 1 + is_rest :]
    return [*blocks[:place], replace(block, text=label), *kept]
