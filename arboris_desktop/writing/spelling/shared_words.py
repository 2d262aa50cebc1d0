"""The words of a dictionary with shared parts stored once.

spylls keeps a set of flags, a dictionary, two lists and an object with a dictionary of its own for
each word: four times the memory, for the same answers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from spylls.hunspell.algo.capitalization import Type
from spylls.hunspell.data.dic import Dic
from spylls.hunspell.readers import read_dic

_AT_ONCE = 1000
"""Lines that are read before their words are compacted."""

_NO_DATA: Mapping[str, list[str]] = {}


@dataclass(slots=True, eq=False)
class SharedWord:
    """A word with the interface of spylls' ``Word``; it is never changed."""

    stem: str
    flags: frozenset[str]
    data: Mapping[str, list[str]]
    alt_spellings: Sequence[str]
    captype: Any

    def __lt__(self, other: SharedWord) -> bool:
        """Sorts words: by the stem, then by the flags."""
        if self.stem != other.stem:
            return self.stem < other.stem
        return self.flags < other.flags


def read_shared(lines: Iterable[tuple[int, str]], affixes: Any, context: Any) -> Any:
    """Builds the dictionary of numbered lines, as ``read_dic`` would."""
    numbered = iter(lines)
    reader = _Reader(affixes)
    while some := list(islice(numbered, _AT_ONCE)):
        reader.take(read_dic(some, aff=affixes, context=context).words)
    return reader.dictionary


class _Reader:
    """Builds one dictionary from words that arrive in portions."""

    def __init__(self, affixes: Any) -> None:
        self.dictionary: Any = Dic(words=[])
        self.dictionary.index, self.dictionary.lowercase_index = {}, {}
        self._casing = affixes.casing
        self._flags: dict[frozenset[str], frozenset[str]] = {}

    def take(self, words: Iterable[Any]) -> None:
        """Adds words."""
        dictionary = self.dictionary
        for word in words:
            flags = frozenset(word.flags)
            shared = SharedWord(
                word.stem,
                self._flags.setdefault(flags, flags),
                word.data or _NO_DATA,
                word.alt_spellings or (),
                word.captype,
            )
            dictionary.words.append(shared)
            _add(dictionary.index, word.stem, shared)
            for lower in self._lowered(word):
                _add(dictionary.lowercase_index, lower, shared)

    def _lowered(self, word: Any) -> Iterable[str]:
        """Returns the lower-case forms of a word with capitals; others are found as they are."""
        return () if word.captype is Type.NO else self._casing.lower(word.stem)


def _add(index: dict[str, tuple[SharedWord, ...]], stem: str, word: SharedWord) -> None:
    index[stem] = (*index.get(stem, ()), word)
