"""Choosing, among lines of one form, those that count on: the series that heads the chapters.

Lines that are clearly headings are taken, whatever their number: authors count wrong. A doubtful
line is taken if its number goes on with those around it. The best chain is found from the first
line to the last, in time that grows with their number alone.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from arboris_desktop.text.headings.candidates import HeadingCandidate, Surroundings
from arboris_desktop.text.headings.heading import CLEAR, LIKELY, UNLIKELY
from arboris_desktop.text.headings.titles import doubt_of_title
from arboris_desktop.text.numerals import Value, follows

MIN_BODY = 20
"""So many characters of text show that a chapter follows, not the next entry of a list."""

_FIRST = ((0,), (1,), (1, 1), (0, 1))
_WIDEST_JUMP = 10
_JUMP_COST = 0.6
_REPEAT_COST = 0.6
_UNLIKE_COST = 0.6
"""More, if only one of them is clearly a heading: 第二章 雨 and 第二章是他最喜欢的."""
_RESTART_COST = 1.8
_LATE_START_COST = 0.8
_WORST_START = -0.2
"""A heading with a text may begin late, as in a file of later chapters; a sentence may not."""
_DOUBT_COST = 0.3
_NO_BODY_COST = 0.3
_APART_GAIN = 0.1


@dataclass(slots=True)
class _Link:
    """A candidate at the end of its best chain."""

    candidate: HeadingCandidate
    score: float
    before: _Link | None


@dataclass(slots=True)
class _Ends:
    """The best chains so far, by the number that they end with, and the best of all."""

    by_value: dict[Value, _Link] = field(default_factory=dict)
    by_first: dict[int, _Link] = field(default_factory=dict)
    best: _Link | None = None

    def add(self, link: _Link) -> None:
        value = link.candidate.value
        self.by_value[value] = _better(link, self.by_value.get(value))
        self.by_first[value[0]] = _better(link, self.by_first.get(value[0]))
        self.best = _better(link, self.best)

    def may_precede(self, value: Value) -> list[_Link]:
        """The chains that a number may go on with: those that it follows, and the best."""
        found = [self.by_value.get((*value[:-1], value[-1] - 1)), self.by_first.get(value[0] - 1)]
        found += [self.by_value.get(value[:1]), self.best]
        return [link for link in found if link is not None]


def _better(link: _Link, known: _Link | None) -> _Link:
    return link if known is None or link.score >= known.score else known


def choose_series(
    candidates: Sequence[HeadingCandidate], restarts: Sequence[int], around: Surroundings
) -> list[HeadingCandidate]:
    """The candidates of one form that head chapters; all that are clear, unless they are numbers.

    ``restarts`` are the lines of volumes, after which the count may begin again.
    """
    ends = _Ends()
    gains = _gains(candidates, around)
    for candidate, gain in zip(candidates, gains, strict=True):
        link = _best_link(candidate, gain, ends, restarts)
        if _is_sure(candidate):
            ends = _Ends()
        elif link.score <= _WORST_START and link.before is None:
            continue
        ends.add(link)
    return _chain(ends.best) if ends.best and not _is_late_and_alone(ends.best) else []


def _is_sure(candidate: HeadingCandidate) -> bool:
    return candidate.doubt == CLEAR and not candidate.heading.numbers_only


def _is_late_and_alone(link: _Link) -> bool:
    return link.before is None and link.score <= 0 and not _is_sure(link.candidate)


def _gains(candidates: Sequence[HeadingCandidate], around: Surroundings) -> list[float]:
    if not candidates:
        return []
    stops = [*(candidate.line for candidate in candidates[1:]), len(around.lines)]
    gains = []
    for candidate, stop in zip(candidates, stops, strict=True):
        gain = 1 - _DOUBT_COST * candidate.doubt
        gain += _APART_GAIN if around.stands_apart(candidate.line) else 0
        has_body = around.length(candidate.line + 1, stop) >= MIN_BODY
        gains.append(gain - (0 if has_body else _NO_BODY_COST))
    return gains


def _best_link(
    candidate: HeadingCandidate, gain: float, ends: _Ends, restarts: Sequence[int]
) -> _Link:
    best = _Link(candidate, gain - _cost_of_start(candidate), None)
    for before in ends.may_precede(candidate.value):
        cost = _cost(before.candidate, candidate, restarts)
        if cost is not None and before.score + gain - cost >= best.score:
            best = _Link(candidate, before.score + gain - cost, before)
    if _is_sure(candidate) and best.before is None:
        return _Link(candidate, best.score, ends.best)  # it counts whatever its number
    return best


def _cost_of_start(candidate: HeadingCandidate) -> float:
    return 0 if candidate.value in _FIRST else _LATE_START_COST


def _cost(
    before: HeadingCandidate, after: HeadingCandidate, restarts: Sequence[int]
) -> float | None:
    """The cost of one number coming after another; ``None``: it does not."""
    if follows(after.value, before.value):
        return 0
    if after.doubt >= UNLIKELY:
        return None
    if after.value in _FIRST:
        opened = bisect_right(restarts, before.line) < bisect_right(restarts, after.line)
        return 0 if opened else _RESTART_COST
    if after.value == before.value:
        if not (_reads_as_title(before) and _reads_as_title(after)):
            return None
        return _REPEAT_COST + (_UNLIKE_COST if before.doubt != after.doubt else 0)
    if before.value < after.value and after.value[0] - before.value[0] <= _WIDEST_JUMP:
        return _JUMP_COST if after.doubt <= LIKELY else None
    return None


def _reads_as_title(candidate: HeadingCandidate) -> bool:
    return not doubt_of_title(candidate.heading.title)


def _chain(link: _Link | None) -> list[HeadingCandidate]:
    chain = []
    while link is not None:
        chain.append(link.candidate)
        link = link.before
    return chain[::-1]
