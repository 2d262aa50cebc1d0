"""Mistakes in a text, by a dictionary and the words that a novel knows."""

from __future__ import annotations

import io
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from spylls.hunspell import Dictionary
from spylls.hunspell.readers import read_aff
from spylls.hunspell.readers.file_reader import FileReader

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.text.quotations import Span
from arboris_desktop.text.spelled_words import bare, spelled_words
from arboris_desktop.writing.spelling.shared_words import read_shared

SUGGESTIONS = 6
SUGGESTION_SECONDS = 1.0
"""Seconds after which the search for suggestions stops."""

_MOST_KEPT = 50_000

_CONTRACTED = ("'ll", "'d", "'ve", "'re")
"""Contracted verbs that English appends to any word; the dictionaries have them only with a few."""


class DictionaryError(ArborisError):
    """A dictionary that cannot be read."""


class _Lines(FileReader):  # type: ignore[misc]
    """Yields the lines of a file. The library's own reader leaves files open."""

    def _open(self, path: str, encoding: str) -> io.StringIO:
        text = Path(path).read_bytes().decode(encoding, "surrogateescape")
        return io.StringIO(text, newline=None)


@lru_cache(maxsize=2)
def _read(files: Path, _changed_at: int) -> Dictionary:
    """Returns the dictionary, which is cached: looking words up changes nothing in it."""
    affixes, context = read_aff(_Lines(f"{files}.aff"))
    words = _Lines(f"{files}.dic", encoding=context.encoding)
    return Dictionary(affixes, read_shared(words, affixes, context))


def _changed_at(files: Path) -> int:
    return files.with_name(f"{files.name}.dic").stat().st_mtime_ns


class Speller:
    """Judges words. It belongs to one thread; reading a dictionary takes half a second."""

    def __init__(self, files: Path) -> None:
        """Reads the dictionary. Raises ``DictionaryError``."""
        try:
            self._dictionary: Any = _read(files, _changed_at(files))
        except Exception as error:  # The library may fail in any way on a foreign file.
            raise DictionaryError(ErrorKind.INVALID_VALUE, f"{files.name}: {error}") from error
        self._judged: dict[str, bool] = {}
        self._contracted = _CONTRACTED if files.name.startswith("en") else ()
        self._known: frozenset[str] = frozenset()

    def know(self, words: Iterable[str]) -> None:
        """Sets the words, and those in names, that are right whatever the dictionary says."""
        self._known = frozenset(
            bare(word) for each in words for _place, word in spelled_words(each)
        )

    def faults(self, text: str) -> tuple[Span, ...]:
        """Returns the places of words that are neither known nor in the dictionary."""
        return tuple(span for span, word in spelled_words(text) if not self._is_right(word))

    def suggestions(
        self, word: str, shall_stop: Callable[[], bool] = lambda: False
    ) -> tuple[str, ...]:
        """Returns suggestions, the likeliest first: as many as are found in time."""
        found: dict[str, None] = {}
        began = time.monotonic()
        for each in self._dictionary.suggest(word.replace("’", "'")):
            found[each] = None
            is_late = time.monotonic() - began > SUGGESTION_SECONDS
            if len(found) == SUGGESTIONS or is_late or shall_stop():
                break
        return tuple(found)

    def _is_right(self, word: str) -> bool:
        if bare(word) in self._known:
            return True
        judged = self._judged.get(word)
        if judged is None:
            if len(self._judged) > _MOST_KEPT:
                self._judged.clear()
            judged = self._judged[word] = bool(self._dictionary.lookup(word))
        return judged or self._is_contracted(word)

    def _is_contracted(self, word: str) -> bool:
        """True for a right word with a contracted verb: there'll, Nell'd, they'd've."""
        ending = next((each for each in self._contracted if word.lower().endswith(each)), "")
        return bool(ending) and self._is_right(word[: -len(ending)])
