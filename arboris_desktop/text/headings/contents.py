"""Tables of contents: headings that stand together before the text and come again in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from arboris_desktop.text.headings.heading import Heading, HeadingKind
from arboris_desktop.text.headings.marks import Mark, body, plain_title, same_heading
from arboris_desktop.text.headings.readings import readings
from arboris_desktop.text.patterns import lazy_pattern

_MAX_ENTRY_TEXT = 100
"""An entry may have so much text below it (a motto), in characters."""

_LEAST_ENTRIES = 2
_ABOVE = 3
"""So many chapters with a name may stand above the table."""
_PAGE = lazy_pattern(r"(?:\t[\s.…·]*|[.…·]{3,}\s*|\s{3,})\d{1,4}$")
"""The number of the page at the end of an entry."""
_ITEM = lazy_pattern(r"^(?:[-*+]|\d+[.)])\s+")
_LINKED = lazy_pattern(r"^\[(.+)\]\([^()\s]*\)$")
_NAME = lazy_pattern(
    r"[【\[《]?\s*(?:章节)?目\s*[录錄次]\s*[】\]》]?[:：]?|(?i:(?:table of )?contents)[.:]?"
    r"|목\s*차|차\s*례|(?i:inhalt(?:sverzeichnis)?|table des mati[eè]res|sommaire|[ií]ndice"
    r"|оглавление|содержание|mục lục|inhoud(?:sopgave)?|spis treści|obsah|sumário|daftar isi)[.:]?"
)


def contents_range(marks: Sequence[Mark], lines: Sequence[str]) -> range:
    """The places of the headings that are entries of a table of contents.

    A synopsis or a preface may stand above it.
    """
    for start in range(min(len(marks), _ABOVE + 1)):
        if length := _contents_length(marks[start:], lines):
            return range(start, start + length)
        if marks[start].heading.kind is not HeadingKind.SPECIAL:
            break
    return range(0)


def _contents_length(marks: Sequence[Mark], lines: Sequence[str]) -> int:
    """The number of the first headings that are entries of a table of contents.

    The entries come again as headings, in the same order; only the last entry may be followed by
    text, since that is where a foreword without a heading would stand.
    """
    again = _again(marks)
    if any(len("".join(body(marks, i, lines))) > _MAX_ENTRY_TEXT for i in range(again - 1)):
        return 0
    if again and _length(marks, range(again - 1), lines) > _length(
        marks, range(again, len(marks)), lines
    ):
        return 0  # the table stands at the end, and the chapters before it
    length = again
    following = _titles_by_number(marks[again:])
    while length and not _is_among(marks[length - 1], following):
        length -= 1  # a foreword with a heading of its own, between the table and the first chapter
    chapters = sum(not mark.opens_volume for mark in marks[:length])
    return length if chapters >= 2 else 0


def without_table_at_end(marks: Sequence[Mark], lines: Sequence[str]) -> list[Mark]:
    """The headings less those of a table of contents at the end: it is text of the last chapter."""
    kept = len(marks)
    while kept and not body(marks, kept - 1, lines):
        kept -= 1
    known = marks[: kept or 0]
    entries = marks[kept:]
    are_again = all(any(same_heading(o.heading, e.heading) for o in known) for e in entries)
    return list(known) if len(entries) >= _LEAST_ENTRIES and are_again else list(marks)


def _length(marks: Sequence[Mark], places: range, lines: Sequence[str]) -> int:
    return sum(len(line) for place in places for line in body(marks, place, lines))


def listed_lines(front: Sequence[int], marks: Sequence[Mark], lines: Sequence[str]) -> set[int]:
    """Lines before the first heading that list the headings, in whatever form, with their name."""
    if not marks:
        return set()
    names = {plain_title(mark.heading.title) for mark in marks} - {""}
    values = {(mark.heading.value, plain_title(mark.heading.title)) for mark in marks}
    entries = {line for line in front if _are_entries(lines[line], names, values)}
    named = {line for line in front if _NAME.fullmatch(lines[line].strip())}
    have_pages = all(_PAGE.search(lines[line].strip()) for line in entries)
    if any("\n" in lines[line] for line in entries) or len(entries) >= (
        1 if named else _LEAST_ENTRIES if have_pages else 3
    ):
        return entries | named
    return set()


def names_contents(line: str) -> bool:
    """True if a line is the heading of a table of contents."""
    return _NAME.fullmatch(line.strip()) is not None


def _again(marks: Sequence[Mark]) -> int:
    """The place where the first chapter comes again, with the volume that stands above it; 0 if
    nowhere."""
    volumes = _volumes(marks)
    first = next((place for place, mark in enumerate(marks) if not mark.opens_volume), len(marks))
    again = next(
        (
            place
            for place in range(first + 1, len(marks))
            if same_heading(marks[first].heading, marks[place].heading)
            and _may_be_same(volumes[first], volumes[place])
        ),
        0,
    )
    while again > first + 1 and marks[again - 1].opens_volume:
        again -= 1
    return again if again >= 2 else 0


def _volumes(marks: Sequence[Mark]) -> list[Heading | None]:
    """The volume that each heading is in."""
    volumes: list[Heading | None] = []
    volume: Heading | None = None
    for mark in marks:
        volume = mark.heading if mark.opens_volume else volume
        volumes.append(volume)
    return volumes


def _may_be_same(one: Heading | None, other: Heading | None) -> bool:
    return one is None or other is None or same_heading(one, other)


def _titles_by_number(marks: Sequence[Mark]) -> dict[object, set[str]]:
    titles: dict[object, set[str]] = defaultdict(set)
    for mark in marks:
        titles[_number(mark)].add(plain_title(mark.heading.title))
    return titles


def _number(mark: Mark) -> object:
    heading = mark.heading
    return (heading.kind, heading.value or heading.label)


def _is_among(entry: Mark, following: dict[object, set[str]]) -> bool:
    titles = following.get(_number(entry), set())
    title = plain_title(entry.heading.title)
    may_lack = bool(entry.heading.value) and ("" in titles or (not title and bool(titles)))
    return title in titles or may_lack


def _are_entries(line: str, names: set[str], values: set[tuple[tuple[int, ...], str]]) -> bool:
    """True for an entry, and for a list of such in one paragraph, as Markdown's are."""
    if "\n" not in line:
        return _is_entry(_LINKED.sub(r"\1", line.strip()), names, values)
    items = [_LINKED.sub(r"\1", _ITEM.sub("", one.strip())) for one in line.split("\n")]
    return all(_is_entry(item, names, values) for item in items)


def _is_entry(line: str, names: set[str], values: set[tuple[tuple[int, ...], str]]) -> bool:
    line = _PAGE.sub("", line.strip())
    plain = plain_title(line)
    if not plain:
        return False
    if plain in names:
        return True
    found = (heading for headings in readings(line) for heading in headings)
    return any(
        (heading.value, plain_title(heading.title)) in values
        or (plain_title(heading.title) in names and bool(heading.value))
        for heading in found
    )
