"""Dates as the headings of a diary: 3月1日 晴, 1 March, Monday, 3 May 1897; and Dear Diary.

They count only where no chapters are named as such.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from arboris_desktop.text.headings.candidates import HeadingCandidate, Surroundings
from arboris_desktop.text.headings.date_lines import DATES, DIARY, Moment, date_in
from arboris_desktop.text.headings.heading import LIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.levels import Series
from arboris_desktop.text.headings.series import MIN_BODY
from arboris_desktop.text.patterns import lazy_pattern

_ENOUGH = 3
_LONGEST = 60
_LATE = 4
"""So many lines further down the first entry of two must not begin."""
_DECORATION = " \t\u3000【】[]（）()*#—-=~《》"
_MAY_BE = lazy_pattern(
    r"[\s【\[（(*#—=~-]*(?:\d|[^。！？]{0,40}\d{1,2}|[^。！？]{0,6}[月年]|[Dd]ear|DEAR|My|亲|親|日记)"
)


def dated_series(around: Surroundings) -> list[Series]:
    """The series of dates, of years, and of entries that begin with Dear Diary."""
    found: dict[str, list[tuple[HeadingCandidate, Moment]]] = defaultdict(list)
    for number, line in enumerate(around.lines):
        plain = line.strip(_DECORATION)
        if not plain or len(plain) > _LONGEST or not _MAY_BE.match(line):
            continue
        if dated := date_in(plain):
            form, moment = dated
            title = " ".join(plain.rstrip(",，:： ").split())
            heading = Heading(HeadingKind.CHAPTER, form, "", (), title, doubt=LIKELY)
            found[form].append((HeadingCandidate(number, (heading,), LIKELY), moment))
    made = [_series(form, members, around) for form, members in found.items()]
    return sorted(
        (one for one in made if one), key=lambda one: (one.form == DIARY, -len(one.members))
    )


def _series(
    form: str, found: Sequence[tuple[HeadingCandidate, Moment]], around: Surroundings
) -> Series | None:
    """The series, if nearly each entry has a text and stands after a whole sentence, in order."""
    all_members = tuple(member for member, _moment_ in found)
    found = found[_listed(all_members) :]
    members = [member for member, _moment_ in found]
    stops = [*(member.line for member in members[1:]), len(around.lines)]
    with_text = sum(
        around.length(one.line + 1, stop) >= MIN_BODY
        for one, stop in zip(members, stops, strict=True)
    )
    after = sum(around.follows_sentence(member.line) for member in members[1:])
    moments = [moment for _member, moment in found]
    goes_on = sum(one <= other or _wraps(one, other) for one, other in pairwise(moments))
    pairs = len(members) - 1
    is_sound = 5 * with_text >= 4 * len(members) and after >= 0.8 * pairs and goes_on >= 0.8 * pairs
    if not is_sound or not _is_enough(form, members, moments, around):
        return None
    return Series(form, HeadingKind.CHAPTER, all_members, with_text, 0)


def _listed(members: Sequence[HeadingCandidate]) -> int:
    """The number of the first entries that are those of a table of contents."""
    titles = [member.heading.title for member in members]
    again = titles.index(titles[0], 1) if titles[0] in titles[1:] else 0
    return again if again > 1 and titles[:again] == titles[again : 2 * again] else 0


def _is_enough(
    form: str, members: Sequence[HeadingCandidate], moments: Sequence[Moment], around: Surroundings
) -> bool:
    begins = around.length(0, members[0].line) < _LONGEST * _LATE
    if form == DATES:
        return len(members) >= _ENOUGH or (len(members) == 2 and begins and moments[0] < moments[1])
    differ = form == DIARY or len(set(moments)) > 1
    return len(members) >= _ENOUGH and differ and (begins or len(members) > _ENOUGH)


def _wraps(one: Moment, other: Moment) -> bool:
    """True if a date without a year may be in the year after another."""
    return one[0] == other[0] == 0 and one[1] - other[1] >= 6
