"""Words that the author wants to look at before a text is published; nothing is ever changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from arboris_desktop.domain.record import record
from arboris_desktop.resources import read_text

_COMMENT = "#"


@record
class WatchedWord:
    """A place in a text where a watched word stands."""

    word: str
    start: int
    end: int


def read_words(text: str) -> tuple[str, ...]:
    """A list of words, one in each line; blank lines, comments and repetitions are left out."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(dict.fromkeys(line for line in lines if line and not line.startswith(_COMMENT)))


def example_words() -> tuple[str, ...]:
    """The list that ships as an example; it is no platform's own."""
    return read_words(read_text("text", "watched.txt"))


def find_watched(text: str, words: Iterable[str]) -> Iterator[WatchedWord]:
    """The places in reading order, the longest word first where several begin.

    Case does not count. A word of Latin letters is found only as a whole.
    """
    by_length = sorted({word for word in words if word.strip()}, key=len, reverse=True)
    if not by_length:
        return
    known = {word.casefold(): word for word in by_length}
    pattern = re.compile("|".join(map(_pattern, by_length)), re.IGNORECASE)
    for found in pattern.finditer(text):
        word = known.get(found[0].casefold(), found[0])
        yield WatchedWord(word, found.start(), found.end())


def _pattern(word: str) -> str:
    before = r"(?<![A-Za-z0-9])" if _is_latin(word[0]) else ""
    after = r"(?![A-Za-z0-9])" if _is_latin(word[-1]) else ""
    return f"{before}{re.escape(word)}{after}"


def _is_latin(character: str) -> bool:
    return character.isascii() and character.isalnum()
