r"""Emphasis in the program's texts: ``*italic*``, ``**bold**``, ``***both***`` within a line.

A star that stands for itself where it could be taken for a mark is written ``\*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from arboris_desktop.text.patterns import lazy_pattern

EMPHASIS = lazy_pattern(
    r"(?<![\\*])(?P<stars>\*{1,3})(?=[^\s*])(?P<inside>(?:[^*\n]|(?<=\\)\*)*?[^\s*\\])(?P=stars)(?!\*)"
)
"""Emphasised words, stars and all."""

_EDGES = lazy_pattern(r"(?P<before>\s*)(?P<inside>.*?)(?P<after>\s*)", re.DOTALL)
_LINE_END = lazy_pattern("([\n\ue000])")


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, as formats with styles have it."""

    text: str
    italic: bool = False
    bold: bool = False


def write_letters(runs: Iterable[Run]) -> str:
    """Runs whose stars are letters, as text with marks."""
    known = list(runs)
    whole = "".join(run.text for run in known)
    if "*" in whole and EMPHASIS.search(whole):
        known = [replace(run, text=run.text.replace("*", r"\*")) for run in known]
    return write_runs(known)


def write_runs(runs: Iterable[Run]) -> str:
    """Runs whose stars are marks already, as text with marks."""
    return "".join(
        _marked("".join(run.text for run in group), "*" * (italic + 2 * bold))
        for (italic, bold), group in groupby(runs, key=lambda run: (run.italic, run.bold))
    )


def read_runs(line: str) -> Iterator[Run]:
    """The runs of one line of the program's text; marks become styles, escaped stars letters."""
    end = 0
    for found in EMPHASIS.finditer(line):
        yield from _plain_run(line[end : found.start()])
        stars = len(found["stars"])
        yield Run(_unescaped(found["inside"]), italic=stars != 2, bold=stars > 1)
        end = found.end()
    yield from _plain_run(line[end:])


def _plain_run(text: str) -> Iterator[Run]:
    if text:
        yield Run(_unescaped(text))


def _unescaped(text: str) -> str:
    return text.replace(r"\*", "*")


def without_needless_escapes(text: str) -> str:
    """The text with plain stars, if none of them could be taken for a mark."""
    if "\\" not in text:
        return text
    plain = text.replace(r"\*", "*")
    return text if EMPHASIS.search(plain) else plain


def _marked(text: str, stars: str) -> str:
    """Marks around each line of a text, white space at their edges outside."""
    if not stars:
        return text
    return "".join(_marked_line(line, stars) for line in _LINE_END.split(text))


def _marked_line(line: str, stars: str) -> str:
    match = _EDGES.fullmatch(line)
    if match is None or not match["inside"].strip("\ue000"):
        return line
    return f"{match['before']}{stars}{match['inside']}{stars}{match['after']}"
