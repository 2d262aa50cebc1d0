"""Finding the headings of a plain text: where its volumes and chapters begin.

Lines are read in every form that a heading can have (``readings``); those of one form that count on
make a series (``series``), one of which heads the chapters (``levels``). Lines of other forms fill
its gaps; volumes stand above it.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from arboris_desktop.domain.record import record
from arboris_desktop.text.headings.candidates import (
    HeadingCandidate,
    HeadingCandidates,
    Surroundings,
    find_candidates,
)
from arboris_desktop.text.headings.date_lines import CLOCK
from arboris_desktop.text.headings.dates import dated_series
from arboris_desktop.text.headings.heading import CLEAR, LIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.levels import (
    Series,
    all_series,
    chapter_series,
    longest,
    volumes_as_chapters,
)
from arboris_desktop.text.headings.marks import Mark
from arboris_desktop.text.headings.named import is_by_choice, named_series
from arboris_desktop.text.headings.series import MIN_BODY
from arboris_desktop.text.headings.worded import worded_series
from arboris_desktop.text.numerals import follows

_ENOUGH = 3
"""So many mere numbers that count on after the last chapter are chapters in another form."""


@record
class Findings:
    """The headings of a text in order, and the forms of which there are series.

    ``form`` is that of the chapters; empty where there are none.
    """

    marks: list[Mark]
    form: str
    forms: dict[str, int]


def find_headings(lines: Sequence[str], form: str = "") -> Findings:
    """The volume and chapter headings of a plain text, a table of contents included.

    With ``form``, the chapters are headed in that form, whatever else there is.
    """
    around = Surroundings(lines)
    found = find_candidates(around)
    series = all_series(found, around)
    of_volumes = volumes_as_chapters(found, around)
    known = [*series, *of_volumes]
    best = chapter_series(series)
    dated: list[Series] = []
    worded: list[Series] = []
    if form or best is None or best.numbers_only:
        dated = dated_series(around)
    if form or not series:
        worded = worded_series(around)
    if worded or form or not series:
        known += [*worded, *named_series(around)]
    known = [*dated, *known]
    chosen = next((one for one in known if one.form == form), None)
    days = [one for one in dated if one.form != CLOCK]
    chosen = chosen or _dates_rather(days, best) or best or longest(of_volumes)
    chosen = chosen or next(iter(days), None) or longest(worded) or _named(known)
    chapters = _chapters(chosen, series, found, around) if chosen else []
    specials = _specials(found.specials, chapters)
    if chosen in of_volumes:
        taken = {one.line for one in chapters}
        found = replace(found, volumes=[one for one in found.volumes if one.line not in taken])
    volumes = _volumes(found, series, chosen, [*chapters, *specials], around)
    forms = {one.form: len(one.members) for one in known}
    return Findings(_marks(chapters, specials, volumes), chosen.form if chosen else "", forms)


def _dates_rather(dated: Sequence[Series], best: Series | None) -> Series | None:
    """The dates, if what would be mere numbers (3 May) is the beginnings of dates."""
    first = next(iter(dated), None)
    if first is None or best is None:
        return None
    lines = {member.line for member in first.members}
    return first if lines.issuperset(member.line for member in best.members) else None


def _named(known: Sequence[Series]) -> Series | None:
    named = (one for one in known if one.in_order == 0 and one.form != CLOCK)
    return next((one for one in named if not is_by_choice(one)), None)


def _chapters(
    chosen: Series, series: Sequence[Series], found: HeadingCandidates, around: Surroundings
) -> list[HeadingCandidate]:
    if not chosen.members[0].value:
        return list(chosen.members)
    first, last = chosen.members[0].line, chosen.members[-1].line
    others = [
        one
        for one in series
        if one.form != chosen.form
        and not one.numbers_only
        and one.kind is HeadingKind.CHAPTER
        and (one.members[-1].line < first or one.members[0].line > last)
    ]
    members = {candidate.line: candidate for one in others for candidate in one.members}
    members |= {candidate.line: candidate for candidate in chosen.members}
    chapters = sorted(members.values(), key=lambda one: one.line)
    return _with_gaps_filled(chapters, found, around)


def _with_gaps_filled(
    chapters: list[HeadingCandidate], found: HeadingCandidates, around: Surroundings
) -> list[HeadingCandidate]:
    """Adds lines of other forms where the numbers jump and theirs are the missing ones."""
    likely = sorted(
        (one for several in found.by_form.values() for one in several if one.doubt <= LIKELY),
        key=lambda one: one.line,
    )
    lines = [one.line for one in likely]
    filled = _leading_to(chapters[0], likely, around)
    for before, after in zip(chapters, [*chapters[1:], None], strict=True):
        filled.append(before)
        stop = after.line if after else len(around.lines)
        if after is not None and (follows(after.value, before.value) or after.value < before.value):
            continue
        between = likely[bisect_right(lines, before.line) : bisect_right(lines, stop - 1)]
        filled += _going_on(before, after, between, around)
    return filled


def _leading_to(
    first: HeadingCandidate, likely: Sequence[HeadingCandidate], around: Surroundings
) -> list[HeadingCandidate]:
    """The lines of other forms that count from one up to the first heading."""
    run: list[HeadingCandidate] = []
    last = first
    for one in reversed([one for one in likely if one.line < first.line]):
        has_room = around.has_prose(one.line + 1, last.line, MIN_BODY)
        if one.line < last.line and has_room and follows(last.value, one.value):
            run.append(one)
            last = one
    return run[::-1] if run and last.value in ((0,), (1,)) else []


def _going_on(
    before: HeadingCandidate,
    after: HeadingCandidate | None,
    between: Iterable[HeadingCandidate],
    around: Surroundings,
) -> list[HeadingCandidate]:
    """The lines that count on from one heading, up to the next if there is one."""
    run: list[HeadingCandidate] = []
    last = before
    for one in between:
        is_next = one.line > last.line and follows(one.value, last.value)
        has_room = around.length(last.line + 1, one.line) >= MIN_BODY
        if is_next and has_room and (after is None or one.value < after.value):
            run.append(one)
            last = one
    if after is not None:
        return run if run and follows(after.value, last.value) else []
    is_enough = run and (not run[0].heading.numbers_only or len(run) >= _ENOUGH)
    return run if is_enough else []


def _specials(
    specials: Sequence[HeadingCandidate], chapters: Sequence[HeadingCandidate]
) -> list[HeadingCandidate]:
    taken = {chapter.line for chapter in chapters}
    return [one for one in specials if one.doubt <= LIKELY and one.line not in taken]


def _volumes(
    found: HeadingCandidates,
    series: Sequence[Series],
    chosen: Series | None,
    chapters: Sequence[HeadingCandidate],
    around: Surroundings,
) -> list[HeadingCandidate]:
    """The headings right above chapters, and those that go on with the volumes among them."""
    above = {one.line for one in chapters}
    in_series = _lines_in_series(found.volumes)
    first = min(above, default=0)
    kept: dict[int, HeadingCandidate] = {}
    for one in reversed(found.volumes):
        is_nested = len(one.headings) > 1 and one.line in above
        is_first = one.doubt == CLEAR and one.line < first and around.follows_sentence(one.line)
        opens = is_first or _opens(one, above, in_series, around)
        if is_nested or (len(one.headings) == 1 and opens):
            kept[one.line] = one
            above.add(one.line)
    for other in series:
        if chosen and other.form != chosen.form and _stands_above(other, above, around):
            kept |= {one.line: _as_volume(one) for one in other.members if one.line not in above}
    return sorted(kept.values(), key=lambda one: one.line)


def _opens(
    one: HeadingCandidate, above: set[int], in_series: set[int], around: Surroundings
) -> bool:
    if around.next_filled(one.line) in above:
        return True
    return one.doubt == CLEAR and one.line in in_series and around.follows_sentence(one.line)


def _lines_in_series(volumes: Sequence[HeadingCandidate]) -> set[int]:
    """The lines of volumes whose numbers count on from one to the next."""
    lines: set[int] = set()
    last: dict[str, HeadingCandidate] = {}
    for one in volumes:
        heading = one.headings[0]
        before = last.get(heading.form)
        if before and heading.value and follows(heading.value, before.headings[0].value):
            lines |= {before.line, one.line}
        if one.doubt == CLEAR:
            last[heading.form] = one
    return lines


def _stands_above(series: Series, chapters: set[int], around: Surroundings) -> bool:
    """True if each heading of a series stands right above a chapter: they are volumes."""
    above = all(around.next_filled(one.line) in chapters for one in series.members)
    return len(series.members) > 1 and above and all(o.doubt <= LIKELY for o in series.members)


def _as_volume(one: HeadingCandidate) -> HeadingCandidate:
    heading = replace(one.heading, kind=HeadingKind.VOLUME)
    return replace(one, headings=(heading,))


def _marks(
    chapters: Iterable[HeadingCandidate],
    specials: Iterable[HeadingCandidate],
    volumes: Iterable[HeadingCandidate],
) -> list[Mark]:
    marks = [Mark(one.line, one.line + 1, _as_chapter(one.heading)) for one in chapters]
    marks += [Mark(one.line, one.line + 1, one.heading) for one in specials]
    marks += [Mark(one.line, one.line + 1, one.headings[0]) for one in volumes]
    return sorted(marks, key=lambda mark: (mark.line, not mark.opens_volume))


def _as_chapter(heading: Heading) -> Heading:
    return replace(heading, kind=HeadingKind.CHAPTER)
