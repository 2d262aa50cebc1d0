"""The words of a text that a dictionary can judge."""

from __future__ import annotations

from collections.abc import Iterator

from arboris_desktop.text.elisions import is_elided
from arboris_desktop.text.patterns import lazy_pattern
from arboris_desktop.text.quotations import Span

_HAN = r"\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LETTER = rf"[^\W\d_{_HAN}]"
_WORD = lazy_pattern(rf"{_LETTER}+(?:['’]{_LETTER}+)*")
_ADDRESS = lazy_pattern(r"\S+@\S+|\w+://\S+|www\.\S+")
_POSSESSIVES = ("'s", "'")


def spelled_words(text: str) -> Iterator[tuple[Span, str]]:
    """Words with their places, apostrophes straight as dictionaries have them.

    Characters of Chinese, Japanese and Korean are left out, and so are words with digits, single
    letters, addresses, and what an apostrophe has left of a word (’tis).
    """
    addresses = [found.span() for found in _ADDRESS.finditer(text)]
    for found in _WORD.finditer(text):
        start, end = found.span()
        before = text[start - 1 : start]
        beside = before + text[end : end + 1]
        is_address = any(first <= start < last for first, last in addresses)
        is_part = any(c.isdigit() or c == "_" for c in beside) or is_elided(before, found[0])
        if end - start > 1 and not is_address and not is_part:
            yield Span(start, end), found[0].replace("’", "'")


def bare(word: str) -> str:
    """A word without the ending that makes it a possessive, in lower case."""
    folded = word.casefold().replace("’", "'")
    ending = next((each for each in _POSSESSIVES if folded.endswith(each)), "")
    return folded.removesuffix(ending)
