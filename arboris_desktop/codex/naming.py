"""The person whom a title and a part of a name mean: ``Miss Eliza``, ``Dr Reed``, 孔明先生, 林姑娘.

A guess is made only where exactly one known character fits. A surname under ``Mr`` or ``Miss`` is
shared by families, so it also needs somebody who is known to be a man or a woman.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

_MALE = "mr mister sir lord master uncle 先生 公子 少爷 老爷"
_FEMALE = "mrs miss ms lady madam madame mistress aunt 姑娘 小姐 夫人 太太"
_EITHER = "dr doctor professor captain colonel 大人 将军 老 小"
_GENDERS = {
    title: gender
    for gender, titles in (("m", _MALE), ("f", _FEMALE), ("", _EITHER))
    for title in titles.split()
}
TITLES = frozenset(title for title in _GENDERS if title.isascii())
"""The English words that stand before a name, in small letters."""

TITLE_SUFFIXES = tuple(t for t in _GENDERS if len(t) == 2 and not t.isascii())
"""The Chinese words that follow a surname."""

_ENGLISH = "|".join(title for title in _GENDERS if title.isascii())
_SUFFIXES = "|".join(TITLE_SUFFIXES)
_TITLED = lazy_pattern(
    rf"(?P<english>{_ENGLISH})\.?\s+(?P<of_english>\S.*)"
    rf"|(?P<of_suffix>[\u4e00-\u9fff]{{1,4}})(?P<suffix>{_SUFFIXES})"
    r"|(?P<prefix>[老小])(?P<of_prefix>[\u4e00-\u9fff])",
    re.IGNORECASE,
)
_GENDERED_WORD = lazy_pattern(
    r"\b(?:(?P<f>she|her|woman|girl|daughter|sister|wife|mother|widow|aunt|lady)"
    r"|(?P<m>he|his|him|man|boy|son|brother|husband|father|uncle|gentleman))\b"
    r"|(?P<f_zh>[她女姐妹妻娘])|(?P<m_zh>[他男兄弟爷])",
    re.IGNORECASE,
)
_COURTESY_NAME = r"[，,]?\s*(?:表)?字([\u4e00-\u9fff]{2})(?![\u4e00-\u9fff])"
_SURNAME_AND_NAME = lazy_pattern(
    rf"姓([\u4e00-\u9fff]{{1,2}})[，,]?\s*名([\u4e00-\u9fff]{{1,2}}){_COURTESY_NAME}"
)


@record
class Titled:
    """A title's gender (``m``, ``f`` or empty) and the name that follows or precedes it."""

    gender: str
    rest: str


@record
class Person:
    """A known character: all names, and the statements about them."""

    id: int
    names: tuple[str, ...]
    statements: tuple[str, ...] = ()


def titled(name: str) -> Titled | None:
    """The parts of a name with a title; ``None`` for one without."""
    found = _TITLED.fullmatch(name.strip())
    if found is None:
        return None
    title = found["english"] or found["suffix"] or found["prefix"]
    rest = found["of_english"] or found["of_suffix"] or found["of_prefix"]
    return Titled(_GENDERS[title.casefold()], rest)


def whom_it_means(name: str, people: Iterable[Person], *, by_surname: bool = True) -> int | None:
    """The one character whom a title with a name means, or ``None`` if that is not certain.

    A forename or another name that only one has is enough. Without ``by_surname`` a surname is
    not: somebody who is said to be new may be of a family that is known.
    """
    parts = titled(name)
    if parts is None:
        return None
    folded = parts.rest.casefold()
    genders = {person: _gender(person) for person in people}
    fit = [one for one, gender in genders.items() if {gender, parts.gender} != {"m", "f"}]
    known = [one for one in fit if folded in map(str.casefold, one.names)]
    known = known or [one for one in fit if any(_is_forename(folded, n) for n in one.names)]
    if known or not by_surname:
        return known[0].id if len(known) == 1 else None
    family = [one for one in fit if any(is_surname(parts.rest, other) for other in one.names)]
    certain = [one for one in family if not parts.gender or genders[one]]
    return family[0].id if len(family) == 1 and certain else None


def is_surname(part: str, name: str) -> bool:
    """True if a name is a full one with that surname: the last word, or the first characters."""
    if not part.isascii():
        return name.startswith(part) and 0 < len(name) - len(part) <= 2 and titled(name) is None
    words = name.casefold().split()
    return len(words) > 1 and words[-1] == part.casefold() and titled(name) is None


def _is_forename(part: str, name: str) -> bool:
    if not part.isascii():
        return name.endswith(part) and 0 < len(name) - len(part) <= 2 and len(part) > 1
    words = name.casefold().split()
    return len(words) > 1 and words[0] == part.casefold()


def is_of_a_family(name: str, full_name: str) -> bool:
    """True if a name is only a title with the surname of a full name: others may bear it too."""
    parts = titled(name)
    return parts is not None and is_surname(parts.rest, full_name)


def courtesy_names(name: str, text: str) -> tuple[str, ...]:
    """The courtesy names that a Chinese text gives a person: 诸葛亮，字孔明; 姓关名羽，字云长."""
    direct = re.findall(re.escape(name) + _COURTESY_NAME, text)
    spelt = [
        given for last, first, given in _SURNAME_AND_NAME.findall(text) if last + first == name
    ]
    return tuple(dict.fromkeys((*direct, *spelt)))


def is_addressed(name: str, text: str) -> bool:
    """True if a Chinese text speaks of a person by forename, or by surname and title."""
    if len(name) < 2 or name.isascii():
        return False
    surname = re.escape(name[0])
    by_title = re.search(rf"[老小]{surname}|{surname}(?:{_SUFFIXES})", text)
    return by_title is not None or (len(name) == 3 and name[1:] in text)


def _gender(person: Person) -> str:
    """``m`` or ``f`` if titles and statements agree on it, else empty."""
    titles = (titled(name) for name in person.names)
    genders = {parts.gender for parts in titles if parts is not None and parts.gender}
    genders |= {gender for said in person.statements if (gender := _spoken_of_as(said))}
    return genders.pop() if len(genders) == 1 else ""


def _spoken_of_as(statement: str) -> str:
    """The gender of the first word that has one: statements begin with whom they are about."""
    found = _GENDERED_WORD.search(statement)
    return found.lastgroup[0] if found is not None and found.lastgroup else ""
