"""A heading at its place in a text, and what stands between headings."""

from __future__ import annotations

from collections.abc import Sequence

from arboris_desktop.domain.record import record
from arboris_desktop.text.headings.heading import Heading, HeadingKind
from arboris_desktop.text.patterns import lazy_pattern

_PAGE_NUMBER = lazy_pattern(r"\s*(?:(?:[.…·．⋯]\s*){2,}|\s|/)\s*\d+$|\s*[(（]\d{1,4}[)）]$")


@record
class Mark:
    """A heading in a text. It takes the lines from ``line`` up to ``end`` (excluded)."""

    line: int
    end: int
    heading: Heading

    @property
    def opens_volume(self) -> bool:
        """True if a volume begins here, not a chapter."""
        return self.heading.kind is HeadingKind.VOLUME


def body(marks: Sequence[Mark], index: int, lines: Sequence[str]) -> list[str]:
    """The lines that are not blank between a heading and the next."""
    stop = marks[index + 1].line if index + 1 < len(marks) else len(lines)
    return [line for line in lines[marks[index].end : stop] if line.strip()]


def same_heading(one: Heading, other: Heading) -> bool:
    """True if two headings name the same volume or chapter, however their numbers are written."""
    if one.kind is not other.kind or one.value != other.value:
        return False
    titles = (plain_title(one.title), plain_title(other.title))
    if not one.value:
        return titles[0] == titles[1] and one.label == other.label
    return titles[0] == titles[1] or not all(titles)


def plain_title(title: str) -> str:
    """A title without a page number, white space and letter case."""
    return "".join(_PAGE_NUMBER.sub("", title).split()).casefold()
