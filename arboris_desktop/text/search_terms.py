"""The terms by which a text is found: each CJK character, each Latin word, each number.

A Chinese word of any length is then a phrase of its characters, and nothing has to know where
words begin. Case, width and accents do not count.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from arboris_desktop.text.prose import CJK, LETTERS
from arboris_desktop.text.quotations import Span

_RUN = re.compile(rf"(?P<cjk>[{CJK}]+)|{LETTERS}")
_QUOTED = re.compile(r'["“”„]([^"“”„]+)["“”„]|([^\s"“”„]+)')


def search_terms(text: str) -> list[str]:
    """The terms of a text in their order; none of them holds white space or a quotation mark."""
    terms: list[str] = []
    for run in _RUN.finditer(text):
        if run["cjk"]:
            terms.extend(_plain(run["cjk"]))
        else:
            terms.extend(_folded(run[0]))
    return terms


def phrases_of(words: str) -> list[str]:
    """What somebody who types these words looks for: each word, and as a whole what they quote."""
    found = ("".join(match.groups("")) for match in _QUOTED.finditer(words))
    return [phrase for phrase in found if search_terms(phrase)]


def find_phrase(phrase: str, text: str) -> Span | None:
    """Where the terms of a phrase first stand in a text, one after the other."""
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
        """Whether the terms of the phrase stand in the text, one after the other."""
        wanted = _joined(phrase)
        return bool(wanted) and f" {wanted} " in self._terms

    def names(self, name: str) -> bool:
        """Whether somebody of that name is spoken of: a Will is not in every sentence with will."""
        if not self.holds(name):
            return False
        # The last word: within a sentence, The Guild is the Guild.
        last = name.rsplit(maxsplit=1)[-1]
        return last in self._text or not last[:1].isupper()


@lru_cache(maxsize=10_000)  # names are looked up again and again
def _joined(phrase: str) -> str:
    return " ".join(search_terms(phrase))


def _placed_terms(text: str) -> Iterator[tuple[str, Span]]:
    for run in _RUN.finditer(text):
        if run["cjk"]:
            for place, character in enumerate(run["cjk"], run.start()):
                for term in _plain(character):
                    yield term, Span(place, place + 1)
        else:
            for term in _folded(run[0]):
                yield term, Span(*run.span())


def _plain(characters: str) -> str:
    """CJK characters without variants of width and shape."""
    return "".join(unicodedata.normalize("NFKC", characters).split())


@lru_cache(maxsize=20_000)  # a novel says the same words again and again
def _folded(word: str) -> tuple[str, ...]:
    """A word without case, width and accents; what is left of a sign may be several words."""
    plain = unicodedata.normalize("NFKD", word.casefold())
    letters = "".join(c if c.isalnum() else " " for c in plain if not unicodedata.combining(c))
    return tuple(letters.split())
