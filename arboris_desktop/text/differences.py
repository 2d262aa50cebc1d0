"""The changes between two texts: by words, and for Chinese by characters.

Long texts are compared from the large to the small, paragraphs first, then sentences, then words,
so that a whole chapter takes milliseconds, and so that two passages that have nothing in common are
told as one replaced by the other instead of as a hundred scattered syllables.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from difflib import SequenceMatcher

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import Span

_PARAGRAPH = lazy_pattern(r"[^\n]*\n+|[^\n]+")
_SENTENCE = lazy_pattern(r".+?(?:[。！？!?…]+[”’」』\"')]*\s*|\.[”’\"')]*\s+|$)", re.DOTALL)
_WORD = lazy_pattern(
    # A run of letters that are written without spaces is a word for each letter.
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
    r"|[^\W\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]+(?:['’\-]\w+)*"
    r"|\s+|.",
    re.DOTALL,
)
_LEVELS = (_PARAGRAPH, _SENTENCE, _WORD)

_MOST_COMPARED_WORDS = 1_500
"""Beyond so many words on a side a changed passage is not looked into."""

_LEAST_ALIKE = 0.35
"""Passages less alike than this (0 to 1) are told as wholly replaced."""

_SHORT_WORDS = 4

_MOST_ALIGNED_PAIRS = 20_000
"""Beyond so many pairs of passages that might belong together, all are told as replaced."""


@record
class TextSegment:
    """A part of both texts, the same or changed: ``old`` was replaced by ``new``.

    ``old_start`` and ``new_start`` are where it stands, in characters of each text.
    """

    old: str
    new: str
    old_start: int = 0
    new_start: int = 0

    @property
    def is_change(self) -> bool:
        """True if the two texts differ here."""
        return self.old != self.new


def text_diff(old: str, new: str) -> tuple[TextSegment, ...]:
    """The texts as segments, same and changed in turn; joined, they are the texts themselves."""
    return tuple(_placed(_joined(_look_into(old, new, 0))))


def changes(segments: Iterable[TextSegment]) -> list[TextSegment]:
    """The segments in which the texts differ."""
    return [segment for segment in segments if segment.is_change]


def is_revision(segments: Iterable[TextSegment]) -> bool:
    """True if the one text was made of the other: most of it is in both."""
    same = total = 0
    for segment in segments:
        total += len(segment.old) + len(segment.new)
        same += 0 if segment.is_change else 2 * len(segment.new)
    return 2 * same >= total


def paragraph_anchors(old: str, new: str) -> tuple[tuple[int, int], ...]:
    """The starts of matching paragraphs in each text, in their order."""
    before, after = _PARAGRAPH.findall(old), _PARAGRAPH.findall(new)
    anchors, places = [], [0, 0]
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = before[old_from:old_to], after[new_from:new_to]
        pairs = zip(gone, come, strict=True) if gone == come else _aligned(gone, come)
        for one, other in pairs:
            if one and other:
                anchors.append((places[0], places[1]))
            places = [places[0] + len(one), places[1] + len(other)]
    return tuple(anchors)


def with_changes(segments: Iterable[TextSegment], accepted: Collection[int]) -> str:
    """The old text with some of the changes made; they count from 0, the first being ``0``."""
    parts, number = [], -1
    for segment in segments:
        number += segment.is_change
        parts.append(segment.new if segment.is_change and number in accepted else segment.old)
    return "".join(parts)


def changed_middle(old: str, new: str) -> tuple[Span, str]:
    """The shortest part of the old text that has to be replaced for the new one, and by what."""
    start = _same_start(old, new)
    same_end = _same_start(old[start:][::-1], new[start:][::-1])
    return Span(start, len(old) - same_end), new[start : len(new) - same_end]


def _same_start(one: str, other: str) -> int:
    """The number of characters with which both texts begin."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


_Pair = tuple[str, str]


def _compare(old: str, new: str, level: int) -> Iterator[_Pair]:
    """The parts of both texts in turn, compared by the units of a level and those below it."""
    before, after = _LEVELS[level].findall(old), _LEVELS[level].findall(new)
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for kind, old_from, old_to, new_from, new_to in matcher.get_opcodes():
        gone, come = before[old_from:old_to], after[new_from:new_to]
        if kind != "replace":
            yield "".join(gone), "".join(come)
        else:
            for first, second in _aligned(gone, come):
                yield from _look_into(first, second, level + 1)


def _look_into(old: str, new: str, level: int) -> Iterator[_Pair]:
    if old == new or not old or not new:
        yield old, new
    elif level < len(_LEVELS) - 1:
        yield from _compare(old, new, level)
    else:
        yield from _compare_words(old, new)


def _compare_words(old: str, new: str) -> Iterator[_Pair]:
    before, after = _WORD.findall(old), _WORD.findall(new)
    if max(len(before), len(after)) > _MOST_COMPARED_WORDS:
        yield old, new
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    pairs = [
        ("".join(before[old_from:old_to]), "".join(after[new_from:new_to]))
        for _, old_from, old_to, new_from, new_to in matcher.get_opcodes()
    ]
    kept = sum(len(same) for same, new in pairs if same == new and not same.isspace())
    # Single words that happen to be in both say nothing about two passages of some length.
    is_short = min(len(before), len(after)) < _SHORT_WORDS
    alike = 2 * kept / (len(old) + len(new)) >= _LEAST_ALIKE
    yield from pairs if alike or is_short else [(old, new)]


def _aligned(gone: list[str], come: list[str]) -> Iterator[_Pair]:
    """Pairs of passages of which one became the other: those that belong together, in order, with
    the most in common."""
    rows, columns = len(gone), len(come)
    if rows * columns > _MOST_ALIGNED_PAIRS:
        yield "".join(gone), "".join(come)
        return
    bags_gone, bags_come = [_bag(text) for text in gone], [_bag(text) for text in come]
    best = [[0.0] * (columns + 1) for _ in range(rows + 1)]
    alike = [[0.0] * columns for _ in range(rows)]
    for row in range(rows - 1, -1, -1):
        for column in range(columns - 1, -1, -1):
            alike[row][column] = likeness = _likeness(bags_gone[row], bags_come[column])
            together = best[row + 1][column + 1] + likeness
            best[row][column] = max(together, best[row + 1][column], best[row][column + 1])
    row = column = 0
    while row < rows and column < columns:
        if best[row][column] == best[row + 1][column + 1] + alike[row][column]:
            yield gone[row], come[column]
            row, column = row + 1, column + 1
        elif best[row][column] == best[row + 1][column]:
            yield gone[row], ""
            row += 1
        else:
            yield "", come[column]
            column += 1
    yield "".join(gone[row:]), "".join(come[column:])


def _bag(text: str) -> Counter[str]:
    return Counter(word for word in _WORD.findall(text) if not word.isspace())


def _likeness(first: Counter[str], second: Counter[str]) -> float:
    together = first.total() + second.total()
    return 2 * (first & second).total() / together if together else 1.0


def _joined(pairs: Iterable[_Pair]) -> Iterator[_Pair]:
    """Neighbours of one kind as one; a mere space between two changes is part of the change."""
    waiting: list[_Pair] = []
    for pair in pairs:
        if pair == ("", ""):
            continue
        waiting.append(pair)
        while (count := _belong_together(waiting)) > 1:
            waiting[-count:] = [_sum(waiting[-count:])]
    yield from waiting


def _belong_together(pairs: list[_Pair]) -> int:
    """The number of the last pairs that are one."""
    changed = [_is_change(pair) for pair in pairs[-3:]]
    if len(changed) >= 2 and changed[-1] == changed[-2]:
        return 2
    return 3 if changed == [True, False, True] and pairs[-2][0].isspace() else 1


def _sum(pairs: list[_Pair]) -> _Pair:
    return "".join(old for old, _ in pairs), "".join(new for _, new in pairs)


def _is_change(pair: _Pair) -> bool:
    return pair[0] != pair[1]


def _placed(pairs: Iterable[_Pair]) -> Iterator[TextSegment]:
    old_start = new_start = 0
    for old, new in pairs:
        yield TextSegment(old, new, old_start, new_start)
        old_start += len(old)
        new_start += len(new)
