"""The dictionary of the open novel, on the thread that owns it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.text.quotations import Span
from arboris_desktop.writing.spelling.dictionaries import find_dictionaries

if TYPE_CHECKING:
    from arboris_desktop.writing.spelling.speller import Speller

_TURN_SECONDS = 0.001
"""Seconds for which the thread may hold the interpreter lock while it reads a dictionary or
searches for suggestions.

That is half a second of Python at a stretch, in which the window would get its turn only every five
milliseconds.
"""


class Judge:
    """Reads a dictionary when words are first judged; all methods run on the same thread."""

    def __init__(self) -> None:
        self._wanted: tuple[str, tuple[str, ...]] = ("", ())
        self._known: tuple[str, ...] = ()
        self._files: Path | None = None
        self._speller: Speller | None = None

    def names(self, folders: Iterable[str]) -> tuple[str, ...]:
        """The dictionaries that are there."""
        return tuple(find_dictionaries(map(Path, folders)))

    def prepare(self, dictionary: str, folders: tuple[str, ...], known: tuple[str, ...]) -> None:
        """Sets what words are judged by from now on."""
        self._wanted, self._known = (dictionary, folders), known
        if self._speller is not None:
            self._speller.know(known)

    def faults(self, texts: Iterable[str]) -> dict[str, tuple[Span, ...]]:
        """Returns the wrong words in texts. Raises ``DictionaryError``."""
        speller = self._ready()
        return {text: () if speller is None else speller.faults(text) for text in texts}

    def suggestions(self, word: str) -> tuple[str, ...]:
        """Suggests corrections. Raises ``DictionaryError``."""
        speller = self._ready()
        with _turns():
            return () if speller is None else speller.suggestions(word)

    def _ready(self) -> Speller | None:
        dictionary, folders = self._wanted
        files = find_dictionaries(map(Path, folders)).get(dictionary)
        if files is None:
            return None
        if self._speller is None or files != self._files:
            # The library takes 6 MB, and a Chinese novel never needs it.
            from arboris_desktop.writing.spelling.speller import Speller

            with _turns():
                self._speller, self._files = Speller(files), files
            self._speller.know(self._known)
        return self._speller


@contextmanager
def _turns() -> Iterator[None]:
    """Lets the window run often."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(_TURN_SECONDS)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)
