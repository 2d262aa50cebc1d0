"""The terms by which a text is found: each CJK character, each Latin word, each number.

A Chinese word of any length is then a phrase of its characters, and nothing has to know where
words begin. Case, width and accents do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.prose import CJK, LETTERS
from arboris_desktop.text.quotations import Span

_RUN = lazy_pattern(rf"(?P<cjk>[{CJK}]+)|{LETTERS}")
_COMPOSED = lazy_pattern(".[\u3099\u309a]?")
"""A character, with the mark of voicing that may stand apart from it."""

_QUOTED = lazy_pattern(r'["“”„]([^"“”„]+)["“”„]|([^\s"“”„]+)')


def search_terms(text: str) -> list[str]:
    """The terms of a text in their order; none of them holds white space or a quotation mark."""
    terms: list[str] = []
    for run in _RUN.finditer(text):
        if run["cjk"] and unicodedata.is_normalized("NFKC", run["cjk"]):
            terms.extend(run["cjk"])
        else:
            terms.extend(term for term, _span in _terms_of(run))
    return terms


def phrases_of(words: str) -> list[str]:
    """The phrases that somebody who types these words looks for: each word, and as a whole what
    they quote."""
    found = ("".join(match.groups("")) for match in _QUOTED.finditer(words))
    return [phrase for phrase in found if search_terms(phrase)]


def find_phrase(phrase: str, text: str) -> Span | None:
    """The first place in a text where the terms of a phrase stand, one after the other."""
    wanted = search_terms(phrase)
    if not wanted:
        return None
    placed = list(_placed_terms(text))
    terms = [term for term, _span in placed]
    for start in range(len(terms) - len(wanted) + 1):
        if terms[start : start + len(wanted)] == wanted:
            return Span(placed[start][1].start, placed[start + len(wanted) - 1][1].end)
    return None


class TermText:
    """A text in which phrases are looked up again and again."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._terms = f" {' '.join(search_terms(text))} "

    def holds(self, phrase: str) -> bool:
        """True if the terms of the phrase stand in the text, one after the other."""
        return _joined(phrase) in self._terms

    def names(self, name: str) -> bool:
        """True if somebody of that name is spoken of: a Will is not in every sentence with will."""
        return self.first_named((name,)) is not None

    def first_named(self, names: Iterable[str]) -> str | None:
        """The first of somebody's names by which the text speaks of them."""
        terms = self._terms
        for name in names:
            # Hardly any of a long book's names is in the text: what follows is rare.
            if _joined(name) in terms and self._is_a_name(name):
                return name
        return None

    def _is_a_name(self, name: str) -> bool:
        # The last word: within a sentence, The Guild is the Guild.
        last = name.rsplit(maxsplit=1)[-1]
        return last in self._text or not last[:1].isupper()


@lru_cache(maxsize=10_000)  # names are looked up again and again
def _joined(phrase: str) -> str:
    """The terms between spaces; of a phrase without any, what no text holds."""
    return f" {' '.join(search_terms(phrase)) or '  '} "


def _placed_terms(text: str) -> Iterator[tuple[str, Span]]:
    for run in _RUN.finditer(text):
        yield from _terms_of(run)


def _terms_of(run: re.Match[str]) -> Iterator[tuple[str, Span]]:
    """The terms of a run, each with all that it stands for: none is a part of what another is."""
    if not run["cjk"]:
        if word := _folded(run[0]):
            yield word, Span(*run.span())
        return
    for match in _COMPOSED.finditer(run["cjk"]):
        start = run.start() + match.start()
        for place, term in enumerate(_plain(match[0]), start):
            yield term, Span(place, start + len(match[0]))


@lru_cache(maxsize=20_000)
def _plain(characters: str) -> str:
    """Without variants of width and shape, if that is one character; else as it stands."""
    plain = "".join(unicodedata.normalize("NFKC", characters).split())
    return plain if len(plain) == 1 else characters


@lru_cache(maxsize=20_000)  # a novel says the same words again and again
def _folded(word: str) -> str:
    """A word without case, width and accents."""
    return "".join(map(_letters, unicodedata.normalize("NFKD", word.casefold())))


def _letters(character: str) -> str:
    return character if character.isalnum() and not unicodedata.combining(character) else ""
