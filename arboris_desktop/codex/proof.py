"""Proof by a quotation: it must say enough to prove something.

That a name stands in a chapter proves that somebody is mentioned, and "he said" that somebody
speaks, but neither that Mara died. A quotation needs two words, or four 字, besides the names of
the book; numbers, titles and signs are not, and words that every page has are not enough.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from arboris_desktop.codex.naming import TITLE_SUFFIXES, TITLES
from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.record import record
from arboris_desktop.text.chinese import simplified
from arboris_desktop.text.patterns import lazy_pattern

NAMED_KINDS = (EntryKind.CHARACTER, EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM)
"""The kinds whose entries have a name; a rule and a seed are called by what they say."""

_NEEDED = 4
_WORTH_OF_A_WORD = 2
"""Two words, four 字, or a word and two 字."""

_HAN = r"\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_TOKEN = lazy_pattern(
    rf"(?P<character>[{_HAN}])|(?P<number>\d[\d.,:]*)|(?P<word>[^\W\d_{_HAN}]+(?:['’‑-]?[^\W\d_{_HAN}]+)*)"
)
_POSSESSIVE = lazy_pattern(r"['’]s?$")

_COMMON_WORDS = frozenset(
    re.findall(
        r"\w+",
        """
        a an the this that these those it its he him his she her hers they them their theirs we us
        our you your i me my mine who whom which what and or but nor so yet if then than as at by
        for from in into of off on onto out over to up with about is am are was were be been being
        do does did has have had will would shall should can could may might must not no yes oh ah
        well there here said says say asked asks ask replied replies answered answers told tells
        cried spoke speaks went very just too also now one some any all
        """,
    )
)
_COMMON_CHARACTERS = frozenset(
    "的了着过在是有和与及或也又都就便才而且但却吗呢吧啊呀哦嗯么之其这那此哪一个们"
    "他她它我你您咱谁何说道问答曰讲喊叫对向把被给跟从到去来上下里又再还很不没"
)


@record
class _Names:
    """The names of a book, in the forms in which a quotation may have them."""

    phrases: re.Pattern[str] | None
    words: frozenset[str]


def proves_enough(quotation: str, names: Iterable[str] = ()) -> bool:
    """True if the quotation says something besides the names, whatever they are written with."""
    text = _plain(quotation)
    known = _known(tuple(dict.fromkeys(names)))
    if known.phrases is not None:
        text = known.phrases.sub(" \0 ", text)
    worth, has_content = 0, False
    for place, found in enumerate(_TOKEN.finditer(text)):
        if found.lastgroup == "number":
            has_content = True
        elif found.lastgroup == "character":
            worth += 1
            has_content |= found[0] not in _COMMON_CHARACTERS
        elif not _is_name(found[0], known, begins=place == 0 or _begins(text, found.start())):
            worth += _WORTH_OF_A_WORD
            has_content |= _folded(found[0]) not in _COMMON_WORDS
    return worth >= _NEEDED and has_content


def _is_name(word: str, known: _Names, *, begins: bool) -> bool:
    """A word of a name, a title, or what is written as a name: with a capital within a sentence."""
    folded = _folded(word)
    is_capital = word[0].isupper() and folded not in _COMMON_WORDS
    return folded in known.words or folded in TITLES or (is_capital and not begins)


def _begins(text: str, place: int) -> bool:
    """True if a sentence or a speech begins there."""
    before = text[:place].rstrip()
    return not before or before[-1] in ".!?…:;\"'“”‘’«»—–-([。！？：「『"


def _folded(word: str) -> str:
    return _POSSESSIVE.sub("", word).casefold()


def _plain(text: str) -> str:
    return simplified(unicodedata.normalize("NFKC", text))


@lru_cache(maxsize=64)
def _known(names: tuple[str, ...]) -> _Names:
    plain = [name for name in map(_plain, map(str.strip, names)) if name]
    forms = {form for name in plain for form in _forms(name)}
    phrases = [_as_pattern(form) for form in sorted(forms, key=len, reverse=True)]
    words = {
        _folded(found[0])
        for name in plain
        if len(name.split()) <= 3
        for found in _TOKEN.finditer(name)
        if found.lastgroup == "word"
    }
    pattern = re.compile("|".join(phrases), re.IGNORECASE) if phrases else None
    return _Names(pattern, frozenset(words - _COMMON_WORDS))


def _forms(name: str) -> list[str]:
    """A name, and the other ways in which a Chinese text says it: 沈渡生, 渡生, 沈姑娘, 老沈."""
    if not re.fullmatch(rf"[{_HAN}·]+", name):
        return [name]
    parts = [part for part in name.split("·") if len(part) > 1]
    given = [name[-2:]] if 3 <= len(name) <= 4 else []
    titled = [name[0] + title for title in TITLE_SUFFIXES] if 2 <= len(name) <= 4 else []
    prefixed = [prefix + name[0] for prefix in "老小阿"] if 2 <= len(name) <= 3 else []
    return [name, *parts, *given, *titled, *prefixed]


def _as_pattern(form: str) -> str:
    escaped = r"\s+".join(map(re.escape, form.split()))
    return escaped if re.match(rf"[{_HAN}]", form) else rf"(?<!\w){escaped}(?:['’]s)?(?!\w)"
