"""The lines of a text that may be headings, each seen among its neighbours."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Sequence
from itertools import accumulate

from arboris_desktop.domain.record import record
from arboris_desktop.text.headings.heading import UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.readings import readings
from arboris_desktop.text.numerals import Value
from arboris_desktop.text.paragraphs import columns, ends_sentence, measure

_LONG_LINE_COLUMNS = 40
_SAMPLE_LINES = 6000
"""So many lines show whether a text is wrapped."""


@record
class HeadingCandidate:
    """A line read as a heading, or as a volume's and a chapter's. ``doubt`` knows the context."""

    line: int
    headings: tuple[Heading, ...]
    doubt: int

    @property
    def heading(self) -> Heading:
        """The heading of a chapter; that of a volume if it is nothing else."""
        return self.headings[-1]

    @property
    def form(self) -> str:
        """The form of the heading; see ``Heading``."""
        return self.heading.form

    @property
    def value(self) -> Value:
        """The number of the heading."""
        return self.heading.value


class Surroundings:
    """The surroundings of the lines of a text."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._total = [0, *accumulate(len(line.strip()) for line in lines)]
        self._filled = [number for number, line in enumerate(lines) if line.strip()]
        self._read = {
            number: found for number in self._filled if (found := readings(lines[number]))
        }
        self._wrap_columns = measure([list(lines[:_SAMPLE_LINES])]).wrap_columns

    def readings(self, line: int) -> tuple[tuple[Heading, ...], ...]:
        """The ways in which a line can be a heading; each line is read once."""
        return self._read.get(line, ())

    def may_be_headings(self) -> list[int]:
        """The lines that can be a heading in some way."""
        return list(self._read)

    def length(self, start: int, stop: int) -> int:
        """The characters in the lines from ``start`` up to ``stop`` (excluded)."""
        return self._total[max(stop, start)] - self._total[start]

    def has_prose(self, start: int, stop: int, least: int) -> bool:
        """True if so many characters are in lines up to ``stop`` that can be no headings."""
        if self.length(start, stop) < least:
            return False
        for line in range(start, stop):
            least -= 0 if line in self._read else len(self.lines[line].strip())
            if least <= 0:
                return True
        return False

    def next_filled(self, line: int) -> int:
        """The next line that is not blank; the number of lines if there is none."""
        place = bisect_right(self._filled, line)
        return self._filled[place] if place < len(self._filled) else len(self.lines)

    def last_filled(self, line: int) -> int:
        """The line before that is not blank; -1 if there is none."""
        place = bisect_left(self._filled, line) - 1
        return self._filled[place] if place >= 0 else -1

    def starts_paragraph(self, line: int) -> bool:
        """True if a line cannot be the continuation of the line before it."""
        before = self.lines[line - 1].strip() if line else ""
        if not any(character.isalnum() for character in before) or ends_sentence(before):
            return True
        if self._wrap_columns:
            return columns(before) < 0.7 * self._wrap_columns or line - 1 in self._read
        is_latin = 2 * len(before) > columns(before) + len(before) // 2
        return not is_latin or columns(before) <= _LONG_LINE_COLUMNS or line - 1 in self._read

    def stands_apart(self, line: int) -> bool:
        """True if a line has room around it, or stands further left than what follows."""
        after = self.lines[line + 1] if line + 1 < len(self.lines) else ""
        before = self.lines[line - 1] if line else ""
        if not after.strip() and not before.strip():
            return True
        following = self.next_filled(line)
        return following < len(self.lines) and _indentation(self.lines[following]) > _indentation(
            self.lines[line]
        )

    def follows_sentence(self, line: int) -> bool:
        """True if what stands before a line ends as a sentence or heading does."""
        before = self.last_filled(line)
        return before < 0 or before in self._read or ends_sentence(self.lines[before])


@record
class HeadingCandidates:
    """All that may be a heading in a text: by form, and what opens volumes."""

    by_form: dict[str, list[HeadingCandidate]]
    volumes: list[HeadingCandidate]
    specials: list[HeadingCandidate]


def find_candidates(around: Surroundings) -> HeadingCandidates:
    """The lines of a text that may be headings, by what they may head."""
    by_form: dict[str, list[HeadingCandidate]] = defaultdict(list)
    volumes: list[HeadingCandidate] = []
    specials: list[HeadingCandidate] = []
    for number in around.may_be_headings():
        for headings in around.readings(number):
            candidate = _candidate(number, headings, around)
            if headings[0].kind is HeadingKind.VOLUME:
                volumes.append(candidate)
            if candidate.heading.kind is HeadingKind.SPECIAL:
                specials.append(candidate)
            elif candidate.heading.kind is not HeadingKind.VOLUME:
                by_form[candidate.form].append(candidate)
    return HeadingCandidates(dict(by_form), volumes, specials)


def _candidate(line: int, headings: tuple[Heading, ...], around: Surroundings) -> HeadingCandidate:
    doubt = max(heading.doubt for heading in headings)
    return HeadingCandidate(
        line, headings, doubt + (0 if around.starts_paragraph(line) else UNLIKELY)
    )


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" \t\u3000\u00a0\u3164\u2800"))
