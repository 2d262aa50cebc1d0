"""English headings: Chapter 1: Rain, CHAPTER XII., Part One, chapter.001, The Third Night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from arboris_desktop.text.headings.heading import CLEAR, LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.titles import clean_title, ends_a_chapter, reads_on
from arboris_desktop.text.numerals import LATIN, ROMAN, WORDS, value_of
from arboris_desktop.text.patterns import lazy_pattern

_NUMBER = (
    rf"\d{{1,3}},\d{{3}}(?![A-Za-z0-9,])"
    rf"|\d{{1,4}}(?:(?:[.\-–]\d{{1,3}})?(?:st|nd|rd|th)?|[A-E])(?![A-Za-z0-9])"
    rf"|(?:[{ROMAN}]{{1,9}}|{WORDS})(?![A-Za-z])"
)
_IN_WORDS = lazy_pattern(WORDS, re.IGNORECASE)
_THOUSANDS = lazy_pattern(r"\d{1,3},\d{3}")
_NAMED = lazy_pattern(
    rf"(?P<word>[{LATIN}]{{1,14}})(?P<between>\.?(?:\s*(?:no\.?|number|the)\s|[\s:#_№–-])*|\.)"
    rf"(?P<number>{_NUMBER})(?P<rest>.*)",
    re.IGNORECASE,
)
_PAIR = lazy_pattern(
    r"(?P<volume>(?i:vol|v|book|bk|b|season|s)\.?\s?(?P<outer>\d{1,3}))[\s.,:_-]*"
    r"(?i:chapter|chap|ch|c|episode|ep|e)\.?\s?(?P<number>\d{1,4})(?!\w)(?P<rest>.*)"
)
"""V1 Ch2, S1E2, B1C2: Rain"""
_ORDERED = lazy_pattern(
    rf"(?:the\s+)?(?P<number>\d{{1,3}}(?:st|nd|rd|th)|{WORDS})\s+(?P<word>[A-Za-z]{{3,14}})\b"
    r"(?P<rest>.*)",
    re.IGNORECASE,
)
_OF_ALL = lazy_pattern(r"\s*(?:of|out of|/)\s*\d{1,4}(?!\w)", re.IGNORECASE)
"""Chapter 3 of 12, Chapter 3/12"""
_REST = lazy_pattern(r"\s*(?P<sign>[,，:：.．;|/_)\]》】>~—–-]*)(?P<space>\s*)(?P<title>.*)")

_VOLUME, _CHAPTER, _SECTION = HeadingKind.VOLUME, HeadingKind.CHAPTER, HeadingKind.SECTION
_SURE = {
    **dict.fromkeys(("chapter", "chap", "letter", "canto", "stave", "episode"), _CHAPTER),
    **dict.fromkeys(("part", "book", "volume", "vol", "act"), _VOLUME),
    **dict.fromkeys(("scene", "section"), _SECTION),
}
_USUAL = {
    **dict.fromkeys(("day", "night", "week", "month", "year", "ep", "ch", "c", "fit"), _CHAPTER),
    **dict.fromkeys(("lesson", "tale", "story", "entry", "log", "number", "no"), _CHAPTER),
    **dict.fromkeys(("arc", "season", "tome"), _VOLUME),
}
NO_HEADINGS = frozenset(
    re.findall(
        r"\w+",
        "page pg p line fig figure table room note plate the a in of at to and interlude appendix "
        "prologue epilogue seite blatt página pagina folio strona strana sida side стр страница "
        "trang ページ 頁 页 페이지",
    )
)
"""Words that a number follows in any text: of pages, of pictures, of sentences."""

_MUST_BE_CAPITAL = ("part", "book", "volume", "vol", "act", "scene", "letter", "section")


def english_readings(line: str) -> Iterator[tuple[Heading, ...]]:
    """The ways in which a line without decoration can be an English heading."""
    heading = None
    if pair := _pair(line):
        yield pair
        return
    if match := _NAMED.fullmatch(line):
        heading = _named(line, match)
    if heading is None and (match := _ORDERED.fullmatch(line)):
        heading = _ordered(line, match)
    if heading is not None:
        yield (heading,)


def _named(line: str, match: re.Match[str]) -> Heading | None:
    word, number = match["word"], match["number"]
    value = _value(number)
    glued = not match["between"]
    if value is None or (glued and not (number[0].isdigit() and word.lower() in _SURE | _USUAL)):
        return None
    return _heading(word, number, value, line, match)


def _pair(line: str) -> tuple[Heading, Heading] | None:
    match = _PAIR.fullmatch(line)
    read = _REST.fullmatch(match["rest"]) if match else None
    if match is None or read is None or line[0].islower():
        return None
    title = clean_title(read["title"])
    doubt = LIKELY + (UNLIKELY if reads_on(title) or title.endswith(".") else 0)
    outer, inner = value_of(match["outer"]), value_of(match["number"])
    if outer is None or inner is None:
        return None
    volume = Heading(_VOLUME, "V N", match["outer"], outer, "", match["volume"], doubt)
    label = line[: match.start("rest")]
    return volume, Heading(_CHAPTER, "V N Ch N", match["number"], inner, title, label, doubt)


def _ordered(line: str, match: re.Match[str]) -> Heading | None:
    """The Third Chapter: the number before the word."""
    value = _value(match["number"])
    if value is None or match["word"].lower() not in _SURE | _USUAL:
        return None
    heading = _heading(match["word"], match["number"], value, line, match)
    return replace(heading, form=f"Nth {match['word'].capitalize()}") if heading else None


def _heading(
    word: str, number: str, value: tuple[int, ...], line: str, match: re.Match[str]
) -> Heading | None:
    kind = _kind(word)
    label = line[: match.start("rest")].strip()
    rest = (
        _OF_ALL.sub("", match["rest"], count=1) if _OF_ALL.match(match["rest"]) else match["rest"]
    )
    read = _REST.fullmatch(rest)
    if kind is None or read is None:
        return None
    title = clean_title(read["title"])
    if ends_a_chapter(title) or (rest and not rest[0].isspace() and not read["sign"]):
        return None
    doubt = _doubt(word, read["sign"], title)
    form = f"{word.capitalize()} N"
    numbers_only = word.lower() not in _SURE
    return Heading(kind, form, number, value, title, label, doubt, numbers_only=numbers_only)


def _value(number: str) -> tuple[int, ...] | None:
    if number[-1].upper() in "ABCDE" and number[:-1].isdecimal():  # 1A, 1b
        return int(number[:-1]), "ABCDE".index(number[-1].upper()) + 1
    if _THOUSANDS.fullmatch(number):
        return value_of(number.replace(",", ""))
    return value_of(re.sub(r"(?<=\d)(?:st|nd|rd|th)$", "", number, flags=re.IGNORECASE))


def _kind(word: str) -> HeadingKind | None:
    plain = word.lower()
    known = _SURE.get(plain) or _USUAL.get(plain)
    if known or plain in NO_HEADINGS or _IN_WORDS.fullmatch(plain):
        return known
    return _CHAPTER if len(word) > 2 and word[0].isupper() else None


def _doubt(word: str, sign: str, title: str) -> int:
    plain = word.lower()
    doubt = CLEAR if plain in _SURE else LIKELY
    if plain in _MUST_BE_CAPITAL and word[0].islower():
        doubt += UNLIKELY
    if title and sign[:1] in ("", ",", "，"):
        doubt += UNLIKELY if reads_on(title) else LIKELY if sign else CLEAR
    return doubt
