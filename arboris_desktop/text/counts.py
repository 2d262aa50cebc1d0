"""The length of prose, as the usual word processors count it.

Chinese: each character and each full-width mark or sign is one, and so is each run of Latin letters
and digits with what is written into it (``O’Brien``, ``3.14``). English: what white space or a dash
parts is a word; a Chinese character in it is a word of its own. Signs alone between blanks (``&``,
``%``, ``...``, a dash) are one as well. LibreOffice leaves out a dash there, Word does not. Stars
alone are no word: they are the mark between scenes.
"""

from __future__ import annotations

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import CJK

_FULL_WIDTH = (
    "\u00b7\u2014-\u2016\u2018-\u201f\u2025-\u2027\u203b\u2103\u2116\u2160-\u218b\u2190-\u21ff\u2460-\u27bf"
    "\u3001-\u3004\u3008-\u3020\u3030\uff01-\uffee"
)
"""The signs that take the room of a character in Chinese, as long as it is not within a Latin
word."""

_LETTER = "[A-Za-z\u00c0-\u024f\u0300-\u036f]"
# The sign first: so it is found without a look at every letter.
_APOSTROPHE = lazy_pattern(f"\u2019(?<={_LETTER}\u2019)(?={_LETTER})")
_DASHES = lazy_pattern("--|[\u2012-\u2015]")
_COUNTED = {
    Language.ENGLISH: lazy_pattern(f"[{CJK}]+"),
    Language.CHINESE: lazy_pattern(f"[{CJK}{_FULL_WIDTH}]+"),
}
_WORD = lazy_pattern(r"[^\W_]\S*")
_SIGN_FIRST = lazy_pattern(r"(?<!\S)(?!\*+(?!\S))[^\w\s]\S*")
_LETTER_WITHIN = lazy_pattern(r"[^\W_]")


COUNTING_RULE = 1
"""To be raised with each change of what counts: stored counts are then made again, once."""


@record
class PublishedLength:
    """The length of a text in the ways in which platforms count; which one counts how changes."""

    word_processor: int
    """Chinese characters and marks one each, a Latin word or number one."""
    with_marks: int
    """Every character but white space."""
    without_marks: int
    """Letters and digits only."""


def published_length(text: str) -> PublishedLength:
    """The length of a text for publishing in Chinese."""
    seen = "".join(text.split())
    letters = sum(character.isalnum() for character in seen)
    return PublishedLength(count_words(text, Language.CHINESE), len(seen), letters)


def count_words(text: str, language: Language) -> int:
    """The length an author expects: words for English, characters (字数) for Chinese."""
    plain = _APOSTROPHE.sub("'", text)
    others, runs = _COUNTED[language].subn(" ", plain)
    characters = len(plain) - len(others) + runs
    # In English a mark beside a Chinese character is not alone.
    among = plain if language is Language.ENGLISH else others
    signs = sum(not _LETTER_WITHIN.search(run) for run in _SIGN_FIRST.findall(among))
    if language is Language.ENGLISH:
        others = _DASHES.sub(" ", others)
    return characters + signs + len(_WORD.findall(others))
