"""Headings that have the same words around a number that counts on, whatever the words are.

``分节阅读_3``, ``[web] 406 Rain``, ``The Haunted House - Chapter 3: Rain``, ``Rain (Chapter 3)``,
``March 3, 1890``. They count only where nothing else heads the chapters.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from arboris_desktop.text.headings.candidates import HeadingCandidate, Surroundings
from arboris_desktop.text.headings.english import NO_HEADINGS
from arboris_desktop.text.headings.heading import LIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.levels import Series, sound_series
from arboris_desktop.text.headings.titles import clean_title, doubt_of_title, ends_a_chapter
from arboris_desktop.text.numerals import ARABIC, CHINESE, follows, value_of
from arboris_desktop.text.patterns import lazy_pattern

_LONGEST = 60
_ENOUGH = 3
_NUMBER = rf"(?P<number>[{ARABIC}]{{1,4}}(?![{ARABIC}])|[{CHINESE}]{{1,6}}(?![{CHINESE}]))"
_REST = r"(?P<rest>(?:日|号)?(?:[\s:：.．、,，)）\]】_|｜~～·/\-–—].*)?)"
_FIRST = lazy_pattern(rf"(?P<words>[^\n]{{1,40}}?){_NUMBER}{_REST}")
_LAST = lazy_pattern(rf"(?P<words>[^\n]{{1,40}})(?<![{ARABIC}{CHINESE}]){_NUMBER}{_REST}")
_BEHIND = lazy_pattern(
    r"(?P<title>\S.{0,40}?)\s*[\s\-–—(（\[【|:：,，]\s*(?P<words>chapter|chap|ch|part|episode|ep|第)"
    rf"(?P<sign>\.?\s*#?){_NUMBER}\s*(?P<unit>[章回话話节節集]?)\s*[)）\]】]?",
    re.IGNORECASE,
)
_ARC = lazy_pattern(r"(?P<words>[A-Z]\w*(?:[ '’-]\w+){0,3})\s+(?P<number>\d{1,3}\.\d{1,3})")
"""Rain 1.1, Rain 1.2, Snow 2.1: the name of each part before its number."""
_NAME = lazy_pattern(r".*\b(?=(?:chapter|chap|ch|part|episode|ep)\b)", re.IGNORECASE)
_WORD = lazy_pattern(r"([^\W\d_]+)\W*$")
_SENTENCE = lazy_pattern(r"[。！？!?；;“”\"]|[.,，][\s]*$")


def worded_series(around: Surroundings) -> list[Series]:
    """The series of such headings, those that begin with the same words first."""
    found = worded_candidates(around)
    made = [
        sound_series(form, members, around)
        for form, members in found.items()
        if _may_be_whole(members)
    ]
    return [one for one in made if one and _is_whole(one, len(found[one.form]))]


def worded_candidates(around: Surroundings) -> dict[str, list[HeadingCandidate]]:
    """The lines with words and a number, by the words."""
    found: dict[str, list[HeadingCandidate]] = defaultdict(list)
    for number, line in enumerate(around.lines):
        plain = line.strip()
        if plain and len(plain) <= _LONGEST and any(map(str.isnumeric, plain)):
            for heading in _readings(plain):
                found[heading.form].append(HeadingCandidate(number, (heading,), heading.doubt))
    return found


def _may_be_whole(members: Sequence[HeadingCandidate]) -> bool:
    """False if so few numbers go on with the one before that no choice among them is a series.

    It takes less time than to choose: there may be as many lines with a number as in a log.
    """
    if len(members) < _ENOUGH:
        return False
    in_order = sum(follows(after.value, before.value) for before, after in pairwise(members))
    # A tenth of them may be left out, each of which parts at most two that are in order.
    return 100 * in_order >= 62 * len(members) - 80


def _is_whole(series: Series, lines: int) -> bool:
    """True if nearly every line with these words belongs to it: prose says them in any order."""
    members = len(series.members)
    return (
        members >= _ENOUGH
        and 10 * members >= 9 * lines
        and 5 * series.in_order >= 4 * (members - 1)
    )


def _readings(line: str) -> Iterator[Heading]:
    if _SENTENCE.search(line):
        return
    forms = set()
    for pattern in (_FIRST, _LAST):
        found = pattern.fullmatch(line)
        heading = _begun(line, found) if found else None
        if heading and heading.form not in forms:
            forms.add(heading.form)
            yield heading
    if found := _ARC.fullmatch(line):
        kind, value = HeadingKind.CHAPTER, value_of(found["number"])
        if value and found["words"].split()[-1].lower() not in NO_HEADINGS:
            yield Heading(
                kind, "X N.N", found["number"], value, "", line, LIKELY, numbers_only=True
            )
    if found := _BEHIND.fullmatch(line):
        label = line[found.start("words") : found.end("unit")].strip()
        form = f"…{found['words'].capitalize()} N{found['unit']}"
        if heading := _heading(form, found["number"], found["title"], label):
            yield heading


def _begun(line: str, found: re.Match[str]) -> Heading | None:
    words = found["words"]
    last = _WORD.search(words)
    if not any(map(str.isalpha, words)) or (last and last[1].lower() in NO_HEADINGS):
        return None
    label = line[: found.start("rest")].strip()
    if name := _NAME.match(label):
        label = label[name.end() :]
    return _heading(f"{words}N", found["number"], found["rest"], label)


def _heading(form: str, number: str, rest: str, label: str) -> Heading | None:
    value, title = value_of(number), clean_title(rest.strip(" ,，)）]】"))
    if value is None or ends_a_chapter(title) or title[:1] in ("页", "頁"):
        return None
    doubt = LIKELY + doubt_of_title(title)
    kind = HeadingKind.CHAPTER
    return Heading(kind, form, number, value, title, label, doubt, numbers_only=True)
