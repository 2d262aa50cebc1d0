"""Words of a dictionary in less memory, with the same answers as the library's own reading."""

from __future__ import annotations

import io
import tracemalloc
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spylls.hunspell.readers import read_aff, read_dic
from spylls.hunspell.readers.file_reader import BaseReader

from arboris_desktop.resources import resource_path
from arboris_desktop.writing.spelling.shared_words import read_shared

AFFIXES = "SET UTF-8\nSFX A Y 1\nSFX A 0 s .\nPFX B Y 1\nPFX B 0 un .\n"

letters = st.text("abcxyzAÉß'-", min_size=1, max_size=6)
flags = st.sampled_from(["", "/A", "/AB", "/BA", "/B"])
tags = st.sampled_from(["", " ph:wensday", "\tpo:noun", " ph:abc* st:x"])
lines = st.builds("".join, st.tuples(letters, flags, tags))


class Lines(BaseReader):  # type: ignore[misc]
    """A text as the library reads a file."""

    def __init__(self, text: str) -> None:
        super().__init__(io.StringIO(text))

    def reset_encoding(self, encoding: str) -> None:
        """Nothing: it is text already."""


def read_as_the_library(lines: Lines, affixes: Any, context: Any) -> Any:
    return read_dic(lines, aff=affixes, context=context)


def both(affixes: str, numbered: Iterable[str]) -> tuple[Any, Any]:
    """The dictionary as we keep it, and as the library does."""
    text = "\n".join(numbered)
    dictionaries = []
    for read in (read_shared, read_as_the_library):
        aff, context = read_aff(Lines(affixes))
        dictionaries.append(read(Lines(text), aff, context))
    return dictionaries[0], dictionaries[1]


def parts(words: Iterable[Any]) -> list[tuple[Any, ...]]:
    return [
        (word.stem, set(word.flags), dict(word.data), list(word.alt_spellings), word.captype)
        for word in words
    ]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(lines, max_size=30))
def test_each_word_is_as_the_library_reads_it(written: list[str]) -> None:
    ours, theirs = both(AFFIXES, ["30", *written])

    assert parts(ours.words) == parts(theirs.words)
    for word in theirs.words:
        assert parts(ours.homonyms(word.stem)) == parts(theirs.homonyms(word.stem))
        assert ours.has_flag(word.stem, "A") == theirs.has_flag(word.stem, "A")
    assert list(ours.homonyms("nobody")) == list(theirs.homonyms("nobody")) == []


@settings(deadline=None)
@given(st.lists(lines, max_size=30))
def test_words_with_capitals_are_found_by_small_letters(written: list[str]) -> None:
    ours, theirs = both(AFFIXES, ["30", *written])

    # The library also finds every word by each of its letters, which is no word.
    small = {word.stem.lower() for word in theirs.words if len(word.stem) > 1}
    for stem in small:
        found = ours.homonyms(stem, ignorecase=True)
        assert parts(found) == parts(theirs.homonyms(stem, ignorecase=True))


def test_a_dictionary_of_many_lines_is_read_to_its_end() -> None:
    ours, theirs = both(AFFIXES, ["2500", *(f"word{n}/A" for n in range(2500))])

    assert parts(ours.words) == parts(theirs.words)
    assert [word.stem for word in ours.homonyms("word2499")] == ["word2499"]


def test_words_are_in_order_as_the_librarys() -> None:
    ours, _theirs = both(AFFIXES, ["3", "b", "a/AB", "a/A"])
    b, a_two, a_one = ours.words

    assert a_two < b
    assert not b < a_one
    assert a_one < a_two


@pytest.mark.long
@pytest.mark.parametrize("name", ["en_US", "en_GB"])
def test_a_whole_dictionary_takes_half_of_the_memory_at_most(name: str) -> None:
    folder = resource_path("dictionaries")
    affixes, words = (
        (Path(folder) / f"{name}.{end}").read_text("utf-8", "replace") for end in ("aff", "dic")
    )
    taken = []
    for read in (read_shared, read_as_the_library):
        aff, context = read_aff(Lines(affixes))
        tracemalloc.start()
        try:
            dictionary = read(Lines(words), aff, context)
            taken.append(tracemalloc.get_traced_memory()[0])
        finally:
            tracemalloc.stop()
        assert len(dictionary.words) > 40_000
    ours, theirs = taken
    assert ours <= theirs / 2
