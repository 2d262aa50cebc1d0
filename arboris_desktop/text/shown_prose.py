"""A stored text as it is shown: without its marks, each paragraph in one; and back, with places."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate

from arboris_desktop.domain.record import record
from arboris_desktop.text.emphasis import Run, pieces, read_runs, write_line
from arboris_desktop.text.normal_form import is_stars
from arboris_desktop.text.paragraphs import LINE, PARAGRAPH
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.scenes import SCENE_BREAK


@record
class ShownParagraph:
    """A paragraph as it is shown and as it is stored, with the styles of its parts."""

    text: str
    stored: str
    runs: tuple[Run, ...]

    @property
    def is_scene_break(self) -> bool:
        """True if it parts two scenes."""
        return self.stored == SCENE_BREAK

    @property
    def is_plain(self) -> bool:
        """True if it is shown as it is stored."""
        return self.text == self.stored

    def stored_places(self) -> list[int]:
        """The place in the stored paragraph of each character that is shown, and its end."""
        if self.is_scene_break:
            return [min(place, len(self.stored)) for place in range(len(self.text) + 1)]
        places: list[int] = []
        start = 0
        for line in self.stored.split(LINE):
            places += _line_places(line, start)
            start += len(line) + 1
            places.append(start - 1)
        return places


def paragraph_of(runs: Iterable[Run]) -> ShownParagraph:
    """A paragraph that is shown in these styles; a line end in it is one of the stored text."""
    known = tuple(run for run in runs if run.text)
    text = "".join(run.text for run in known)
    if "*" not in text and not any(run.italic or run.bold for run in known):
        return ShownParagraph(text, text, known)
    if is_stars(text):
        return ShownParagraph(text, SCENE_BREAK, (Run(text),))
    stored = LINE.join(write_line(line) for line in _lines(known))
    return ShownParagraph(text, stored, known)


def paragraph_from(stored: str) -> ShownParagraph:
    """A stored paragraph as it is shown."""
    if "*" not in stored:
        return ShownParagraph(stored, stored, (Run(stored),) if stored else ())
    if stored == SCENE_BREAK:
        return ShownParagraph(stored, stored, (Run(stored),))
    runs: list[Run] = []
    for number, line in enumerate(stored.split(LINE)):
        runs += [Run(LINE)] if number else []
        runs += read_runs(line)
    return paragraph_of(runs)


class ShownProse:
    """Paragraphs with the text that is shown, where one line end parts them, and the stored one."""

    def __init__(self, paragraphs: Sequence[ShownParagraph]) -> None:
        self.paragraphs = paragraphs

    @classmethod
    def of(cls, stored: str) -> ShownProse:
        """A stored text as it is shown."""
        return cls([paragraph_from(each) for each in stored.split(PARAGRAPH)])

    @cached_property
    def text(self) -> str:
        """The text as it is shown."""
        return LINE.join(paragraph.text for paragraph in self.paragraphs)

    @cached_property
    def stored(self) -> str:
        """The text as it is stored."""
        return PARAGRAPH.join(paragraph.stored for paragraph in self.paragraphs)

    @cached_property
    def stored_starts(self) -> list[int]:
        """The starts of the paragraphs in the stored text."""
        return _starts((len(each.stored) for each in self.paragraphs), len(PARAGRAPH))

    @cached_property
    def _starts(self) -> list[int]:
        return _starts((len(each.text) for each in self.paragraphs), len(LINE))

    def part(self, start: int, end: int) -> ShownProse:
        """A passage of what is shown, with its styles."""
        parts = []
        for first, paragraph in zip(self._starts, self.paragraphs, strict=True):
            if first <= end and start <= first + len(paragraph.text):
                cut = Span(max(0, start - first), end - first)
                parts.append(paragraph_of(_cut(paragraph.runs, cut)))
        return ShownProse(parts)

    @property
    def plain(self) -> str:
        """The text for other programs: without marks, a blank line between paragraphs."""
        return PARAGRAPH.join(paragraph.text for paragraph in self.paragraphs)

    def to_shown(self, place: int) -> int:
        """The shown place of a place in the stored text; one outside of it is at its edge."""
        number = max(0, bisect_right(self.stored_starts, place) - 1)
        paragraph, within = self.paragraphs[number], place - self.stored_starts[number]
        if not paragraph.is_plain:
            within = bisect_left(paragraph.stored_places(), within)
        return self._starts[number] + max(0, min(within, len(paragraph.text)))

    def span_in_stored(self, start: int, end: int) -> Span:
        """The span in the stored text of a passage that is shown, without marks at its edges."""
        first = self._in_stored(start, 0)
        last = self._in_stored(end, -1) if end > start else first
        return Span(first, max(first, last))

    def place_in_stored(self, place: int) -> int:
        """The cursor's place in the stored text: outside of what is emphasised, at its edge."""
        before, after = self._in_stored(place, -1), self._in_stored(place, 0)
        if before == after:
            return after
        number = bisect_right(self._starts, place) - 1
        paragraph, within = self.paragraphs[number], place - self._starts[number]
        return after if _is_styled(paragraph.runs, within - 1) else before

    def _in_stored(self, place: int, side: int) -> int:
        """The place after the character before (``side`` -1), or before the one that follows."""
        number = max(0, bisect_right(self._starts, place) - 1)
        paragraph, within = self.paragraphs[number], place - self._starts[number]
        within = max(0, min(within, len(paragraph.text)))
        if not paragraph.is_plain:
            places = paragraph.stored_places()
            if side and within > 0 and not paragraph.is_scene_break:
                escape = paragraph.stored.startswith("\\*", places[within - 1])
                within = places[within - 1] + 1 + escape
            else:
                within = 0 if side and not within else places[within]
        return self.stored_starts[number] + within


def _starts(lengths: Iterable[int], gap: int) -> list[int]:
    return [0, *accumulate(length + gap for length in lengths)][:-1]


def _line_places(line: str, start: int) -> Iterator[int]:
    place = start
    for piece, is_mark in pieces(line):
        skip = False
        for offset, letter in enumerate("" if is_mark else piece):
            if not skip:
                yield place + offset
            skip = not skip and letter == "\\" and piece.startswith("*", offset + 1)
        place += len(piece)


def _lines(runs: Sequence[Run]) -> list[list[Run]]:
    """The runs line by line."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        for number, part in enumerate(run.text.split(LINE)):
            if number:
                lines.append([])
            lines[-1].append(replace(run, text=part))
    return lines


def _cut(runs: Sequence[Run], span: Span) -> Iterator[Run]:
    start = 0
    for run in runs:
        yield replace(run, text=run.text[max(0, span.start - start) : max(0, span.end - start)])
        start += len(run.text)


def _is_styled(runs: Sequence[Run], place: int) -> bool:
    for run in runs:
        if place < len(run.text):
            return place >= 0 and (run.italic or run.bold)
        place -= len(run.text)
    return False
