"""The choice, among the series found in a text, of those that head chapters and volumes."""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

from arboris_desktop.domain.record import record
from arboris_desktop.text.headings.candidates import (
    HeadingCandidate,
    HeadingCandidates,
    Surroundings,
)
from arboris_desktop.text.headings.heading import CLEAR, LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.series import MIN_BODY, choose_series
from arboris_desktop.text.headings.titles import reads_on
from arboris_desktop.text.numerals import follows

_ENOUGH = 3
"""So many numbers in a row make a series of what is little more than a number."""

_NEAR = 3
"""So many lines further down is right below, blank lines between them."""

_SHORT_FRONT = 120
"""So many characters before the first chapter are title and author."""

_SHORT_TITLE = 40
"""So many letters are no item of a list, whose first word is in small letters as well."""

_MANY = 5
"""So many make one that a single heading of another form does not outweigh."""


@record
class Series:
    """The headings of one form that belong together."""

    form: str
    kind: HeadingKind
    members: tuple[HeadingCandidate, ...]
    with_text: int
    in_order: int

    @property
    def numbers_only(self) -> bool:
        """True if the form is found in any prose."""
        return any(member.heading.numbers_only for member in self.members)


def all_series(found: HeadingCandidates, around: Surroundings) -> list[Series]:
    """The series of each form; those of numbers only if they can be no list and no page numbers."""
    restarts = [volume.line for volume in found.volumes if volume.doubt <= LIKELY]
    made = [
        _series(form, choose_series(candidates, restarts, around), around)
        for form, candidates in found.by_form.items()
    ]
    return [one for one in made if one and _is_sound(one, around)]


def sound_series(
    form: str, candidates: Sequence[HeadingCandidate], around: Surroundings
) -> Series | None:
    """The series of one form, if it is one that can head chapters."""
    made = _series(form, choose_series(candidates, (), around), around)
    return made if made and _is_sound(made, around) else None


def chapter_series(series: Sequence[Series]) -> Series | None:
    """The series that heads the chapters, if any does."""
    named = longest(one for one in series if not one.numbers_only and _is_chapter(one))
    sections = longest(one for one in series if not one.numbers_only and not _is_chapter(one))
    numbers = _outermost([one for one in series if one.numbers_only])
    best = named or sections
    if best and numbers and len(best.members) == 1 and numbers.with_text >= _MANY:
        return numbers
    return best or numbers


def _outermost(series: Sequence[Series]) -> Series | None:
    """The longest; the one around it if its numbers begin again within the chapters of that."""
    best = longest(series)
    if best is None:
        return None
    outer = longest(one for one in series if one is not best and _parts(one, best))
    return outer if outer and not _stands_right_above(outer, best) else best


def _parts(outer: Series, inner: Series) -> bool:
    """True if the numbers of one series begin again only after a heading of the other."""
    lines = [one.line for one in outer.members]
    pairs = list(pairwise(inner.members))
    again = [(before, after) for before, after in pairs if after.value <= before.value]
    crossed = (bisect(lines, before.line) < bisect(lines, after.line) for before, after in again)
    return bool(again) and all(crossed)


def _stands_right_above(outer: Series, inner: Series) -> bool:
    """True if no text comes between the headings of one series and the next of the other."""
    lines = [one.line for one in inner.members]
    firsts = (
        lines[place] for one in outer.members if (place := bisect(lines, one.line)) < len(lines)
    )
    return all(first - one.line <= _NEAR for one, first in zip(outer.members, firsts, strict=False))


def volumes_as_chapters(found: HeadingCandidates, around: Surroundings) -> list[Series]:
    """The volumes by their forms, as chapters for a text that has nothing else."""
    made = [_volume_series(found.volumes, form, around) for form in _forms(found.volumes)]
    return [one for one in made if one and _is_sound(one, around)]


def _forms(volumes: Iterable[HeadingCandidate]) -> list[str]:
    return sorted({volume.form for volume in volumes})


def _volume_series(
    volumes: Sequence[HeadingCandidate], form: str, around: Surroundings
) -> Series | None:
    """The volumes of a form as chapters, which may begin again after one of another: 第二季."""
    restarts = [one.line for one in volumes if one.form != form and one.doubt <= LIKELY]
    return _series(form, choose_series(_as_chapters(volumes, form), restarts, around), around)


def _as_chapters(volumes: Sequence[HeadingCandidate], form: str) -> list[HeadingCandidate]:
    return [
        replace(one, headings=(_as_chapter(one.heading),))
        for one in volumes
        if one.form == form and one.heading.value and one.doubt <= LIKELY
    ]


def _as_chapter(heading: Heading) -> Heading:
    return replace(heading, kind=HeadingKind.CHAPTER, title=heading.name)


def _series(form: str, members: Sequence[HeadingCandidate], around: Surroundings) -> Series | None:
    if not members:
        return None
    stops = [*(member.line for member in members[1:]), len(around.lines)]
    pairs = zip(members, stops, strict=True)
    with_text = sum(around.length(one.line + 1, stop) >= MIN_BODY for one, stop in pairs)
    neighbours = pairwise(members)
    in_order = sum(follows(after.value, before.value) for before, after in neighbours)
    return Series(form, members[0].heading.kind, tuple(members), with_text, in_order)


def _is_sound(series: Series, around: Surroundings) -> bool:
    members = series.members
    if not series.numbers_only:
        clear = any(member.doubt == CLEAR for member in members)
        begins = members[0].value in ((0,), (1,)) and members[0].doubt <= LIKELY
        several = len(members) > 1 and any(member.doubt <= UNLIKELY for member in members)
        return clear or several or begins
    is_likely = 2 * sum(member.doubt < UNLIKELY for member in members) >= len(members)
    return (
        (is_likely or _have_small_titles(series, around))
        and (_is_long(series) or _are_later_chapters(series, around))
        and 2 * series.in_order >= len(members) - 1
        and 5 * series.with_text >= 2 * len(members)
        and _follow_sentences(members, around)
    )


def _is_long(series: Series) -> bool:
    """True if there are enough of them; two if they are the first, and nothing is doubtful."""
    members = series.members
    if series.with_text >= _ENOUGH and len(members) >= _ENOUGH:
        has_unit = series.form.startswith("N")  # 一百二十章: no prose begins so
        return has_unit or members[0].value <= (1, 1) or len(members) >= _MANY
    starts = members[0].value in ((0,), (1,)) and len(members) == 2 and series.in_order == 1
    # 甲屋（一） and 甲屋（二） are parts of one; A and B, or Eins and Zwei, may be anything.
    if series.form.endswith("（N）") or series.form.startswith(("A", "Eins")):
        return False
    return starts and series.with_text == 2 and all(one.doubt <= LIKELY for one in members)


def _have_small_titles(series: Series, around: Surroundings) -> bool:
    """True if titles in small letters (1. the rain) are no items of a list: each stands apart
    above a text, and all are counted."""
    members = series.members
    return (
        _ENOUGH <= len(members) == series.with_text == series.in_order + 1
        and members[0].value in ((0,), (1,))
        and all(_is_small_title(one) and around.stands_apart(one.line) for one in members)
    )


def _is_small_title(one: HeadingCandidate) -> bool:
    title = one.heading.title
    is_sentence = title.endswith((".", "!", "?", "。")) or len(title) > _SHORT_TITLE
    only_small = one.doubt <= LIKELY + UNLIKELY and reads_on(title)
    return one.doubt <= LIKELY or (only_small and not is_sentence)


def _are_later_chapters(series: Series, around: Surroundings) -> bool:
    """True for a few numbers that begin late, as in a file of the newest chapters: each stands
    apart above a text, and the first at the very beginning."""
    members = series.members
    return (
        _ENOUGH <= len(members) == series.with_text == series.in_order + 1
        and around.length(0, members[0].line) <= _SHORT_FRONT
        and all(one.doubt <= LIKELY and around.stands_apart(one.line) for one in members)
        and all(len(one.value) == 1 for one in members)
    )


def _follow_sentences(members: Sequence[HeadingCandidate], around: Surroundings) -> bool:
    """Page numbers count as well, but stand in the middle of sentences."""
    after = sum(around.follows_sentence(member.line) for member in members[1:])
    return after >= 0.8 * (len(members) - 1)


def _is_chapter(series: Series) -> bool:
    return series.kind is HeadingKind.CHAPTER


def longest(series: Iterable[Series]) -> Series | None:
    """The series of most numbers in order; nothing if there is none."""
    return max(series, key=lambda one: (one.in_order, len(one.members)), default=None)
