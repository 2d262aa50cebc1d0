r"""Emphasis in the program's texts: ``*italic*``, ``**bold**``, ``***both***`` within a line.

A star that stands for itself where it could be taken for a mark is written ``\*``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import groupby

from arboris_desktop.domain.record import record
from arboris_desktop.text.patterns import lazy_pattern

EMPHASIS = lazy_pattern(
    r"(?<![\\*])(?P<stars>\*{1,3})(?=[^\s*])(?P<inside>(?:[^*\n]|(?<=\\)\*)*?[^\s*\\])(?P=stars)(?!\*)"
)
"""Emphasised words, stars and all."""

_EDGES = lazy_pattern(r"(?P<before>\s*)(?P<inside>.*?)(?P<after>\s*)", re.DOTALL)
_STARS = lazy_pattern(r"\\\*|\*+")
_LINE_END = lazy_pattern("([\n\ue000])")


@record
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


def write_line(runs: Iterable[Run]) -> str:
    r"""The runs of one line as text in the stored form: every star that is a letter is ``\*``.

    Marks stand at letters, not at white space, and never behind a backslash.
    """
    known = list(runs)
    letters = "".join(run.text for run in known)
    if not any(run.italic or run.bold for run in known):
        return letters.replace("*", r"\*")
    styles = [run.italic + 2 * run.bold for run in known for _letter in run.text]
    _settle(letters, styles)
    pieces, style = [], 0
    for letter, wanted in zip(letters, styles, strict=True):
        pieces.append("*" * (style ^ wanted) + (r"\*" if letter == "*" else letter))
        style = wanted
    return "".join(pieces) + "*" * style


def _settle(letters: str, styles: list[int]) -> None:
    """Takes styles from white space at the edge of runs; a backslash is as what follows it."""
    changed = True
    while changed:
        before, after = list(styles), 0
        for place in reversed(range(len(letters))):
            if letters[place] == "\\":
                styles[place] = after
            elif letters[place].isspace():
                styles[place] &= after
            after = styles[place]
        ahead = 0
        for place, letter in enumerate(letters):
            if letter.isspace():
                styles[place] &= ahead
            ahead = styles[place]
        changed = styles != before


def read_runs(line: str) -> Iterator[Run]:
    """The runs of one line of the program's text; marks become styles, escaped stars letters."""
    if "*" not in line:  # as nearly all are
        if line:
            yield Run(line)
        return
    style = 0
    for piece, is_mark in pieces(line):
        if is_mark:
            style ^= len(piece)
        elif piece:
            yield Run(_unescaped(piece), italic=bool(style & 1), bold=bool(style & 2))


def letters_of(line: str) -> str:
    """The letters of a line without its marks, as a title has them."""
    return "".join(run.text for run in read_runs(line))


def pieces(line: str) -> Iterator[tuple[str, bool]]:
    """A line in pieces, each with whether it is a mark.

    A mark switches its style on or off, so that ``*a***b**`` is italic, then bold. In a line in
    which that does not come out, the stars that stand around words in pairs are marks.
    """
    end = 0
    for start, after in _switches(line) or _pairs(line):
        yield line[end:start], False
        yield line[start:after], True
        end = after
    yield line[end:], False


def _switches(line: str) -> list[tuple[int, int]]:
    places, style = [], 0
    for found in _STARS.finditer(line):
        if found[0][0] == "\\":
            continue
        start, end = found.span()
        wanted = style ^ (end - start)
        opens = wanted & ~style and (end == len(line) or line[end].isspace())
        closes = style & ~wanted and (start == 0 or line[start - 1].isspace())
        if end - start > 3 or opens or closes:
            return []
        places.append((start, end))
        style = wanted
    return [] if style else places


def _pairs(line: str) -> list[tuple[int, int]]:
    places = []
    for found in EMPHASIS.finditer(line):
        stars = len(found["stars"])
        places += [(found.start(), found.start() + stars), (found.end() - stars, found.end())]
    return places


def _unescaped(text: str) -> str:
    return text.replace(r"\*", "*")


def without_marks(passage: str) -> str:
    r"""A passage of a stored text as it is shown, wherever it was cut out.

    A mark goes without the other of its pair too: each star that is a letter is ``\*`` there.
    """
    return _STARS.sub(lambda found: "*" if found[0] == r"\*" else "", passage)


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
