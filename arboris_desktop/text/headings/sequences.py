"""Headings counted by names instead of numbers: 甲、起风, 子时, （上）, 春, B. Rain, Monday.

They count as series only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from arboris_desktop.text.headings.heading import LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.titles import (
    clean_title,
    doubt_of_title,
    ends_a_chapter,
    reads_on,
)
from arboris_desktop.text.numerals import Value, value_of
from arboris_desktop.text.patterns import lazy_pattern

_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_CYCLE = tuple(_STEMS[n % 10] + _BRANCHES[n % 12] for n in range(60))
_CHINESE = {
    "甲": _STEMS,
    "子": _BRANCHES,
    "上中下": "上中下",
    "上下": "上下",
    "春": "春夏秋冬",
}
_ENGLISH = {
    "Monday": "monday tuesday wednesday thursday friday saturday sunday",
    "January": "january february march april may june july august september october november "
    "december",
    "Spring": "spring summer autumn winter",
    "Fall": "spring summer fall winter",
}
_PLACES = {form: {name: n for n, name in enumerate(names, 1)} for form, names in _CHINESE.items()}
_PLACES["甲子"] = {name: n for n, name in enumerate(_CYCLE, 1)}
_WORDS = {
    form: {name: n for n, name in enumerate(names.split(), 1)} for form, names in _ENGLISH.items()
}
STARTS = "".join(dict.fromkeys("".join(_CHINESE.values())))
"""The signs with which such a Chinese heading may begin."""

_NAME = rf"(?P<name>[{_STEMS}][{_BRANCHES}]|[{STARTS}])"
_SIGN = r"(?P<sign>[、．.：:·|｜—–\-]+|(?=\s)|(?=[《【「]))"
_WHOLE = lazy_pattern(rf"[【\[〔（(]?\s*{_NAME}\s*[】\]〕）)]?")
_BRACKETED = lazy_pattern(rf"[【\[〔（(]\s*{_NAME}\s*[】\]〕）)](?P<rest>.*)")
_TITLED = lazy_pattern(rf"{_NAME}{_SIGN}(?P<rest>\s*\S.*)")
_CHAPTER_UNITS, _VOLUME_UNITS = "章回节節话話场場时時夜折", "卷部集册冊编編辑輯篇幕"
_COUNTED = lazy_pattern(
    rf"第?\s*{_NAME}\s*(?P<unit>[{_CHAPTER_UNITS}{_VOLUME_UNITS}])(?P<rest>(?:[\s:：·、—\-《【].*)?)"
)
_UNIT_FIRST = lazy_pattern(rf"(?P<unit>[卷部集篇])\s*{_NAME}(?P<rest>(?:[\s:：·、—\-《【].*)?)")
_BEHIND = lazy_pattern(
    r"(?P<title>[^\W\d_A-Za-z][^()（）。！？，]{0,19}?)\s*[(（]\s*(?P<name>[上中下])\s*[)）]"
)
_LETTER = lazy_pattern(
    r"(?P<name>[A-Z])(?:(?P<sign>[.、:：)）—–-]+)\s*(?P<rest>\S.*)|\.?|(?P<wide>\s+[^\x00-\x7f].*))"
)
_WORD = lazy_pattern(r"(?P<name>[A-Za-z]{3,9})(?P<rest>(?:\s*[:—–-]\s*\S.{0,40})?)")
_THE_NTH = lazy_pattern(
    r"(?:the\s+)(?P<name>[a-z]+(?:[\s-][a-z]+)?)(?P<rest>(?:\.|\s*[:—–-]\s*\S.{0,40})?)", re.I
)
_NTH_THING = lazy_pattern(
    r"(?:[Tt]he\s+|THE\s+)?(?P<name>[A-Za-z]+|\d{1,2}(?:st|nd|rd|th))\s+(?P<thing>[A-Z][A-Za-z]{2,13})"
    r"(?P<rest>(?:\.|\s*[:—–-]\s*\S.{0,40})?)"
)
_ORDINAL = lazy_pattern(r"(?:.*[\s-])?(?:first|second|third|\w+th|\d+(?:st|nd|rd|th))", re.I)


def sequence_readings(line: str, bare: str) -> Iterator[tuple[Heading, ...]]:
    """The ways in which a line can be the next of a sequence. ``bare``: without decoration."""
    if not bare:
        return
    if match := _BEHIND.fullmatch(bare):
        yield from _named(match["name"], f"{match['title']}（上）", line, "")
    elif bare[0] in STARTS or bare[0] in "第卷部集篇":
        yield from _chinese(line, bare)
    elif bare[0].isascii() and bare[0].isalpha():
        yield from _latin(bare)


def _chinese(line: str, bare: str) -> Iterator[tuple[Heading, ...]]:
    if match := _WHOLE.fullmatch(line):
        yield from _named(match["name"], "{}" if line == match["name"] else "（{}）", line, "")
    elif match := _BRACKETED.fullmatch(line):
        yield from _named(match["name"], "（{}）", line, match["rest"])
    elif match := _WHOLE.fullmatch(bare):
        yield from _named(match["name"], "{}", bare, "")
    elif match := _COUNTED.fullmatch(bare) or _UNIT_FIRST.fullmatch(bare):
        unit = match["unit"]
        is_volume = unit in _VOLUME_UNITS
        kind = HeadingKind.VOLUME if is_volume else HeadingKind.CHAPTER
        yield from _named(match["name"], f"{{}}{unit}", bare, match["rest"], kind)
    elif match := _TITLED.fullmatch(bare):
        yield from _named(match["name"], f"{{}}{match['sign'][:1] or ' X'}", bare, match["rest"])


def _named(
    name: str, form: str, line: str, rest: str, kind: HeadingKind = HeadingKind.CHAPTER
) -> Iterator[tuple[Heading, ...]]:
    for sequence, places in _PLACES.items():
        if name in places:
            yield from _made(form.format(sequence), name, (places[name],), line, rest, kind)


def _latin(line: str) -> Iterator[tuple[Heading, ...]]:
    if match := _LETTER.fullmatch(line):
        rest = match["rest"] or match["wide"] or ""
        form = f"A{(match['sign'] or '')[:1]}{' X' if match['wide'] else ''}"
        yield from _made(form, match["name"], (ord(match["name"]) - ord("A") + 1,), line, rest)
    elif line[0].isupper() and (match := _WORD.fullmatch(line)):
        for form, places in _WORDS.items():
            if place := places.get(match["name"].lower()):
                yield from _made(form, match["name"], (place,), line, match["rest"])
    if match := _THE_NTH.fullmatch(line):
        yield from _nth(match, "The Nth", line)
    if match := _NTH_THING.fullmatch(line):
        yield from _nth(match, f"The Nth {match['thing'].capitalize()}", line)


def _nth(match: re.Match[str], form: str, line: str) -> Iterator[tuple[Heading, ...]]:
    number = match["name"]
    value = value_of(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", number))
    if value is not None and line[0].isupper() and _ORDINAL.fullmatch(number):
        yield from _made(form, number, value, line, match["rest"])


def _made(
    form: str,
    number: str,
    value: Value,
    line: str,
    rest: str,
    kind: HeadingKind = HeadingKind.CHAPTER,
) -> Iterator[tuple[Heading, ...]]:
    title = clean_title(rest)
    if ends_a_chapter(title):
        return
    doubt = LIKELY + doubt_of_title(title) + (LIKELY if title.endswith(".") else 0)
    doubt += UNLIKELY if reads_on(title) else 0
    label = line[: len(line) - len(rest)].strip().rstrip("、．.：:·|｜—–-")
    yield (Heading(kind, form, number, value, title, label, doubt, numbers_only=True),)
