"""Finding the headings of a plain text: where its volumes and chapters begin."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from arboris_desktop.text.headings import Heading, HeadingKind, recognise, tidy_title
from arboris_desktop.text.numerals import numbered_lines
from arboris_desktop.text.paragraphs import columns, ends_sentence

_MAX_TITLE_COLUMNS = 60
_LONG_LINE_COLUMNS = 40
_MAX_ENTRY_TEXT = 100
"""An entry of a table of contents may have so much text below it (a motto), in characters."""
_PAGE_NUMBER = re.compile(r"\s*(?:[.…·]{2,}|\s)\s*\d+$")


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading in a text. It takes the lines from ``line`` up to ``end`` (excluded)."""

    line: int
    end: int
    heading: Heading

    @property
    def opens_volume(self) -> bool:
        """Whether a volume begins here, not a chapter."""
        return self.heading.kind is HeadingKind.VOLUME


def find_marks(lines: list[str]) -> list[Mark]:
    """The volume and chapter headings of a plain text in order, a table of contents included."""
    marks = [
        Mark(number, number + 1, heading)
        for number, line in enumerate(lines)
        for heading in recognise(line)
        if not heading.weak or _starts_paragraph(lines, number)
    ]
    marks = _with_levels(_with_bare_numbers(marks, lines))
    marks = _with_titles_below(marks, lines, _title_in_next_line)
    return _with_titles_below(marks, lines, _title_in_capitals)


def contents_length(marks: list[Mark], lines: list[str]) -> int:
    """How many of the first headings are entries of a table of contents.

    The entries come again as headings, in the same order; only the last entry may be followed by
    text, since that is where a foreword without a heading would stand.
    """
    again = next((i for i in range(2, len(marks)) if _same(marks[0], marks[i])), 0)
    if any(len("".join(body(marks, i, lines))) > _MAX_ENTRY_TEXT for i in range(again - 1)):
        return 0
    length = again
    while length and not any(_same(marks[length - 1], mark) for mark in marks[again:]):
        length -= 1  # a foreword with a heading of its own, between the table and the first chapter
    return length if length >= 2 else 0


def without_doubles(marks: list[Mark], lines: list[str]) -> list[Mark]:
    """A heading that stands twice with nothing between counts once; so does the volume's name
    that stands before each of its chapters."""
    kept: list[Mark] = []
    volume: Heading | None = None
    start: int | None = None
    for index, mark in enumerate(marks):
        if mark.opens_volume and mark.heading == volume and not body(marks, index, lines):
            start = mark.line
            continue
        volume = mark.heading if mark.opens_volume else volume
        whole = mark if start is None else replace(mark, line=start)
        start = None
        if kept and _is_double(kept[-1], whole, lines):
            kept[-1] = _merged(kept[-1], whole)
        else:
            kept.append(whole)
    return kept


def body(marks: list[Mark], index: int, lines: list[str]) -> list[str]:
    """The lines that are not blank between a heading and the next."""
    stop = marks[index + 1].line if index + 1 < len(marks) else len(lines)
    return [line for line in lines[marks[index].end : stop] if line.strip()]


def _starts_paragraph(lines: list[str], number: int) -> bool:
    """Whether a line cannot be the continuation of the line before it."""
    before = lines[number - 1].strip() if number else ""
    return (
        not any(character.isalnum() for character in before)
        or columns(before) <= _LONG_LINE_COLUMNS
        or ends_sentence(before)
        or bool(recognise(before))
    )


def _with_bare_numbers(marks: list[Mark], lines: list[str]) -> list[Mark]:
    """Adds lines that are only a number ("1", "II", "三") when nothing else marks chapters."""
    if any(mark.heading.kind in (HeadingKind.CHAPTER, HeadingKind.SECTION) for mark in marks):
        return marks
    restarts = {mark.line for mark in marks if mark.opens_volume}
    numbers = [
        Mark(line, line + 1, Heading(HeadingKind.CHAPTER, lines[line].strip(), ""))
        for line in numbered_lines(lines, restarts)
    ]
    return sorted([*marks, *numbers], key=lambda mark: mark.line)


def _with_levels(marks: list[Mark]) -> list[Mark]:
    """Settles what is a chapter: 章 rather than 节; 节 where there is no 章; volumes if neither."""
    kinds = {mark.heading.kind for mark in marks}
    if HeadingKind.CHAPTER in kinds:
        return [mark for mark in marks if mark.heading.kind is not HeadingKind.SECTION]
    chapters = HeadingKind.SECTION if HeadingKind.SECTION in kinds else HeadingKind.VOLUME
    return [_as_chapter(mark) if mark.heading.kind is chapters else mark for mark in marks]


def _as_chapter(mark: Mark) -> Mark:
    heading = mark.heading
    title = heading.name if mark.opens_volume else heading.title
    return replace(mark, heading=replace(heading, kind=HeadingKind.CHAPTER, title=title))


def _with_titles_below(
    marks: list[Mark], lines: list[str], find: Callable[[Mark, list[str]], int | None]
) -> list[Mark]:
    """Gives headings without a title the line below as such, if it is the way of the whole book."""
    bare = [mark for mark in marks if mark.heading.number and not mark.heading.title]
    found = {mark: line for mark in bare if (line := find(mark, lines)) is not None}
    if len(found) < 0.4 * len(bare):  # under half: a table of contents has headings without titles
        return marks
    return [_with_title_in(mark, found.get(mark), lines) for mark in marks]


def _with_title_in(mark: Mark, line: int | None, lines: list[str]) -> Mark:
    if line is None:
        return mark
    title = tidy_title(lines[line]).rstrip(".")
    return replace(mark, end=line + 1, heading=replace(mark.heading, title=title))


def _title_in_next_line(mark: Mark, lines: list[str]) -> int | None:
    """The line right below, if it is short, no sentence, and apart from what follows."""
    line, after = [*lines[mark.end : mark.end + 2], "", ""][:2]
    is_apart = not after.strip() or _indentation(after) > _indentation(line)
    return mark.end if is_apart and _may_be_title(line) and line.strip()[-1] not in ".。" else None


def _title_in_capitals(mark: Mark, lines: list[str]) -> int | None:
    """The next line that is not blank, if it is all in capitals and stands alone."""
    stop = min(mark.end + 4, len(lines))
    number = next((n for n in range(mark.end, stop) if lines[n].strip()), None)
    if number is None or "".join(lines[number + 1 : number + 2]).strip():
        return None
    line = lines[number]
    return number if line.isupper() and _may_be_title(line) else None


def _may_be_title(line: str) -> bool:
    plain = line.strip()
    return (
        bool(plain)
        and columns(plain) <= _MAX_TITLE_COLUMNS
        and plain[-1] not in ",，;；:：、"
        and not recognise(plain)
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip())


def _is_double(first: Mark, second: Mark, lines: list[str]) -> bool:
    between = lines[first.end : second.line]
    return first.line < second.line and _same(first, second) and not "".join(between).strip()


def _merged(first: Mark, second: Mark) -> Mark:
    title = max(first.heading.title, second.heading.title, key=len)
    return Mark(first.line, second.end, replace(second.heading, title=title))


def _same(entry: Mark, mark: Mark) -> bool:
    """Whether two headings name the same volume or chapter."""
    one, other = entry.heading, mark.heading
    if (one.kind, one.number) != (other.kind, other.number):
        return False
    titles = (_PAGE_NUMBER.sub("", one.title), _PAGE_NUMBER.sub("", other.title))
    return titles[0] == titles[1] or (bool(one.number) and not all(titles))
