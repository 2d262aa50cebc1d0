"""Headings that a format marks as such: levels of Markdown, HTML, DOCX and ODT."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field, replace
from itertools import pairwise

from arboris_desktop.domain.record import record
from arboris_desktop.exchange.correction import STYLES
from arboris_desktop.exchange.manuscript import Manuscript
from arboris_desktop.text.book_names import author_in, is_name
from arboris_desktop.text.headings import recognise
from arboris_desktop.text.headings.contents import names_contents
from arboris_desktop.text.headings.finder import find_headings
from arboris_desktop.text.headings.heading import MAX_HEADING, Heading, HeadingKind
from arboris_desktop.text.headings.marks import Mark, body
from arboris_desktop.text.headings.readings import readings
from arboris_desktop.text.headings.titles import tidy_title

FILES = "files"
"""The form of a book in many files."""

_FRONT = 4
"""The number of first headings that may belong to the front matter."""


_WITH_NUMBER = 40
"""So many characters show the number of a heading that is longer than any line with one."""


@record
class StyledHeadings:
    """The headings that are marked by a style. ``titles`` are lines with the title of the book."""

    title: str = ""
    titles: frozenset[int] = frozenset()
    marks: list[Mark] = field(default_factory=list)

    @property
    def chapters(self) -> int:
        """The number of headings that open chapters."""
        return sum(not mark.opens_volume for mark in self.marks)


@record
class _Styled:
    line: int
    level: int
    text: str
    end: int = 0


def read_styles(manuscript: Manuscript) -> StyledHeadings:
    """Interprets the levels of the headings.

    One level gives chapters, two give volumes and chapters; deeper ones are text. A single first
    heading above all others is the title of the book. If the upper of two levels is called
    "Chapter", or has text of its own, it gives the chapters.
    """
    lines = manuscript.lines
    headings = [
        _Styled(line, level, " ".join(lines[line].split()))
        for line, level in sorted(manuscript.levels.items())
        if lines[line].strip()
    ]
    headings = _without_front(_with_titles_below(headings, lines))
    # The folders of a book in many files are its volumes, even a single one.
    if manuscript.form == FILES or not _begins_with_title(headings, lines):
        return StyledHeadings(marks=_marks(headings, lines))
    first = headings.pop(0)
    return StyledHeadings(first.text, frozenset({first.line}), _marks(headings, lines))


def _without_front(headings: Sequence[_Styled]) -> list[_Styled]:
    """Returns the headings without those of the front matter: the author, and the table of
    contents."""
    return [
        one
        for place, one in enumerate(headings)
        if place >= _FRONT or not (author_in(one.text) or names_contents(one.text))
    ]


def _with_titles_below(headings: list[_Styled], lines: Sequence[str]) -> list[_Styled]:
    """Merges each number with its title, if these are headings one below the other."""
    pairs = {
        number: title
        for number, title in pairwise(headings)
        if number.level <= title.level
        and _is_number(number.text)
        and not _kind(title.text)
        and not any(line.strip() for line in lines[number.line + 1 : title.line])
    }
    numbers = [heading for heading in headings if _is_number(heading.text)]
    if len(pairs) < 2 or len(pairs) < len(numbers) or _are_scenes(pairs, headings):
        return headings
    titles = set(pairs.values())
    return [
        replace(one, text=f"{one.text} {pairs[one].text}", end=pairs[one].line + 1)
        if one in pairs
        else one
        for one in headings
        if one not in titles
    ]


def _are_scenes(pairs: Mapping[_Styled, _Styled], headings: Sequence[_Styled]) -> bool:
    """True if most of what stands below the numbers has others of its kind before the next."""
    below = dict(pairwise(headings))
    others = (below.get(title) for title in pairs.values())
    more = [one for one in others if one and one.level > min(n.level for n in pairs)]
    return 2 * sum(not _is_number(one.text) for one in more) > len(pairs)


def _is_number(text: str) -> bool:
    found = recognise(text)
    is_chapter = bool(found) and found[-1].kind is HeadingKind.CHAPTER and not found[-1].title
    return is_chapter or text.isdecimal()


def _begins_with_title(headings: Sequence[_Styled], lines: Sequence[str]) -> bool:
    if len(headings) < 2:
        return False
    kind = _kind(headings[0].text)
    if any(other.level <= headings[0].level for other in headings[1:]):
        return kind is None and _stands_above_numbers(headings, lines)
    return kind in (None, HeadingKind.VOLUME)


def _stands_above_numbers(headings: Sequence[_Styled], lines: Sequence[str]) -> bool:
    """True if the first heading is followed by the author at most, and all others are known as
    those of chapters."""
    below = [line for line in lines[headings[0].line + 1 : headings[1].line] if line.strip()]
    names_author = all(author_in(line) or is_name(line) for line in below)
    return len(below) <= 1 and names_author and all(_kind(other.text) for other in headings[1:])


def _marks(headings: Sequence[_Styled], lines: Sequence[str]) -> list[Mark]:
    levels = sorted({heading.level for heading in headings})
    if not levels:
        return []
    chapters = _chapter_level(headings, levels, lines)
    above = [level for level in levels if level < chapters]
    kinds = {chapters: HeadingKind.CHAPTER} | dict.fromkeys(above, HeadingKind.VOLUME)
    kept = [heading for heading in headings if heading.level in kinds]
    numbers = _numbers(heading for heading in kept if heading.level == chapters)
    return [_mark(heading, kinds[heading.level], numbers) for heading in kept]


def _chapter_level(headings: Sequence[_Styled], levels: Sequence[int], lines: Sequence[str]) -> int:
    for level in levels:
        kinds = [_kind(heading.text) for heading in headings if heading.level == level]
        if 2 * kinds.count(HeadingKind.CHAPTER) > len(kinds):
            return level
    upper = [heading for heading in headings if heading.level == levels[0]]
    is_volume = any(_kind(heading.text) is HeadingKind.VOLUME for heading in upper)
    if len(levels) == 1 or (not is_volume and _have_text(headings, levels[0], lines)):
        return levels[0]
    return levels[1]


def _have_text(headings: Sequence[_Styled], level: int, lines: Sequence[str]) -> bool:
    """True if most headings of the level have text before the next heading of any level."""
    marks = [Mark(one.line, one.line + 1, _plain(one.text)) for one in headings]
    own = [
        bool(body(marks, index, lines)) for index, one in enumerate(headings) if one.level == level
    ]
    return 2 * sum(own) > len(own)


def _kind(text: str) -> HeadingKind | None:
    found = recognise(text if len(text) <= MAX_HEADING else text[:_WITH_NUMBER])
    return found[-1].kind if found else None


def _numbers(headings: Iterable[_Styled]) -> dict[int, Heading]:
    """Returns the headings whose numbers are consecutive, such as "1.

    Rain" and "2. Sun"; by line.
    """
    chapters = list(headings)
    spaced = [text for heading in chapters for text in (heading.text, "x" * 40 + ".")]
    found = find_headings(spaced)
    return {
        chapters[mark.line // 2].line: mark.heading
        for mark in found.marks
        if mark.heading.kind is HeadingKind.CHAPTER
        and mark.line % 2 == 0
        and not _is_word(mark.heading)
    }


def _is_word(heading: Heading) -> bool:
    """True if a heading is just a number in words, which may also be a title."""
    return heading.numbers_only and not heading.title and heading.form == "One"


def _mark(heading: _Styled, kind: HeadingKind, numbers: dict[int, Heading]) -> Mark:
    found = _read(heading, kind, numbers)
    return Mark(
        heading.line, heading.end or heading.line + 1, replace(found, kind=kind, form=STYLES)
    )


def _read(heading: _Styled, kind: HeadingKind, numbers: dict[int, Heading]) -> Heading:
    """Separates the number of a heading from its title, if it has one of the right kind."""
    found = _as_heading(heading.text)
    if kind is HeadingKind.VOLUME:
        is_numbered = bool(found) and found[0].kind is HeadingKind.VOLUME
        return found[0] if is_numbered else _plain(heading.text)
    if heading.line in numbers:
        return numbers[heading.line]
    if found and found[-1].kind in (HeadingKind.CHAPTER, HeadingKind.SECTION):
        return found[-1]
    if heading.text.isdecimal():
        return Heading(kind, STYLES, heading.text, (int(heading.text),), "", heading.text)
    return _plain(heading.text)


def _as_heading(text: str) -> tuple[Heading, ...]:
    """Reads a text as a heading because its style says so, however its title ends."""
    if len(text) > MAX_HEADING:
        return _with_long_title(text)
    sure = recognise(text)
    if sure:
        return sure
    numbered = (found for found in readings(text) if not any(one.numbers_only for one in found))
    return next(numbered, ())


def _with_long_title(text: str) -> tuple[Heading, ...]:
    found = _as_heading(text[:_WITH_NUMBER])
    if len(found) != 1 or not (label := found[0].label) or not text.startswith(label):
        return ()
    return (replace(found[0], title=tidy_title(text[len(label) :])),)


def _plain(text: str) -> Heading:
    return Heading(HeadingKind.CHAPTER, STYLES, "", (), tidy_title(text))
