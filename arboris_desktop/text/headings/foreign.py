"""Headings in other languages: Zweites Kapitel, Chapitre premier, Глава вторая, Quyển 1."""

from __future__ import annotations

from collections.abc import Iterator

from arboris_desktop.text.headings.heading import CLEAR, LIKELY, UNLIKELY, Heading, HeadingKind
from arboris_desktop.text.headings.titles import clean_title, ends_a_chapter, reads_on
from arboris_desktop.text.number_words import value_in_words, without_accents
from arboris_desktop.text.numerals import ROMAN, Value, value_of
from arboris_desktop.text.patterns import lazy_pattern

_CHAPTERS = (
    "kapitel chapitre capítulo capitolo capítol глава розділ hoofdstuk rozdział kapitola chương "
    "fejezet bölüm bab κεφάλαιο hồi luku peatükk บทที่ ตอนที่ письмо brief lettre carta сцена"
)
_VOLUMES = (
    "teil buch band partie livre tome parte libro livro часть книга том quyển phần tập частина "
    "część část kitap cilt kısım jilid akt acte acto atto действие"
)
_KINDS = {
    **{without_accents(word): HeadingKind.CHAPTER for word in _CHAPTERS.split()},
    **{without_accents(word): HeadingKind.VOLUME for word in _VOLUMES.split()},
}
_WORD = r"[^\W\d_]{2,14}"
_FIGURES = rf"\d{{1,4}}(?:[.\-–]\d{{1,3}})?|[{ROMAN}]{{1,9}}(?!\w)"
_NUMBER_WORD = r"[^\W\d_]{2,24}"
_IN_WORDS = rf"{_NUMBER_WORD}(?:[\s-]+(?:(?:et|y|e)[\s-]+)?{_NUMBER_WORD})??"
_BARE = lazy_pattern(rf"{_IN_WORDS}\.?")
_UNITS_FIRST = tuple(
    lazy_pattern(
        rf"(?P<unit>{_WORD}\u0e48?)(?:[\s.:№–—-]+|(?=\d))(?:n[º°]\s*|thứ\s+)?"
        rf"(?P<number>{_FIGURES}|{words})(?P<rest>(?:[\s:.,—–\-|(].*)?)",
    )
    for words in (_IN_WORDS.removesuffix("?"), _IN_WORDS)
)
"""The one of as many words as there are first: двадцать первая is not the 20th."""
_NUMBER_FIRST = lazy_pattern(
    rf"(?P<number>\d{{1,4}}|[IVXLC]{{1,7}}|{_IN_WORDS})(?P<sign>\.|-?(?:[eè]re?|[eè]me|e|r|nd|d|a|ª|º|я|ая|й|va|de))?"
    rf"\s+(?P<unit>{_WORD})(?P<rest>(?:[\s:.,—–\-|(].*)?)"
)


def foreign_readings(line: str) -> Iterator[Heading]:
    """The heading that a line without decoration is in another language, if it is one."""
    if line[:1].isdigit() or line[:1].isalpha():
        found = _unit_first(line) or _number_first(line) or _bare(line)
        if found is not None:
            yield found


def _bare(line: str) -> Heading | None:
    """Eins, Zwei, Drei: nothing but the number."""
    is_word = line[0].isupper() and _BARE.fullmatch(line)
    value = value_in_words(line.rstrip(".")) if is_word else None
    if value is None or value_of(line.rstrip(".")) is not None:  # English, or Roman
        return None
    kind, label = HeadingKind.CHAPTER, line.rstrip(".")
    return Heading(kind, "Eins", label, (value,), "", label, LIKELY, numbers_only=True)


def _unit_first(line: str) -> Heading | None:
    for pattern in _UNITS_FIRST:
        match = pattern.fullmatch(line)
        kind = _kind(match["unit"]) if match else None
        if match is None or kind is None:
            return None
        number = match["number"]
        if value := _value(number):
            return _heading(kind, "{} N", match["unit"], value, line, match["rest"], number)
    return None


def _number_first(line: str) -> Heading | None:
    match = _NUMBER_FIRST.fullmatch(line)
    kind = _kind(match["unit"]) if match else None
    if match is None or kind is None:
        return None
    number = match["number"]
    is_counted = match["sign"] or not number.isdecimal()
    value = _value(number) if is_counted else None
    return _heading(kind, "N {}", match["unit"], value, line, match["rest"], number)


def _kind(unit: str) -> HeadingKind | None:
    return _KINDS.get(without_accents(unit))


def _value(number: str) -> Value | None:
    in_words = value_in_words(number)  # first: DIX is no 509
    return value_of(number) if in_words is None else (in_words,)


def _heading(
    kind: HeadingKind, form: str, unit: str, value: Value | None, line: str, rest: str, number: str
) -> Heading | None:
    title = clean_title(rest.strip(" .,"))
    if value is None or ends_a_chapter(title):
        return None
    doubt = CLEAR
    if title and (rest[:1] in " ," and (reads_on(rest.strip(" ,")) or _small(title))):
        doubt = UNLIKELY
    elif rest[:1] == ",":
        doubt = LIKELY
    if not line[0].isupper() and not line[0].isdigit() and line[0].lower() != line[0].upper():
        doubt += UNLIKELY if kind is HeadingKind.VOLUME else LIKELY
    label = line[: len(line) - len(rest)].strip()
    name = form.format(unit.capitalize())
    return Heading(kind, name, number, value, title, label, doubt)


def _small(title: str) -> bool:
    return title[:1].islower()
