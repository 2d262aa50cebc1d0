"""Emphasis in the program's texts: ``*italic*`` and ``**bold**``, written where it is well formed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

EMPHASIS = re.compile(
    r"(?<![\\*])(?P<stars>\*{1,3})(?=[^\s*])(?P<inside>[^*\n]*[^\s*\\])(?P=stars)(?!\*)"
)
"""Emphasised words within one line, stars and all."""

_EDGES = re.compile(r"(?P<before>\s*)(?P<inside>.*?)(?P<after>\s*)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Run:
    """Text in one style, as formats with styles have it."""

    text: str
    italic: bool = False
    bold: bool = False


def write_runs(runs: Iterable[Run]) -> str:
    """The runs as text with marks; stars that are letters and could be taken for marks escaped."""
    return "".join(
        _marked(literal("".join(run.text for run in group)), italic=italic, bold=bold)
        for (italic, bold), group in groupby(runs, key=lambda run: (run.italic, run.bold))
    )


def literal(text: str) -> str:
    """Text whose stars are letters."""
    return text.replace("*", r"\*") if EMPHASIS.search(text) else text


def _marked(text: str, *, italic: bool, bold: bool) -> str:
    """Marks around each line of a text, white space at their edges outside."""
    stars = "*" * (italic + 2 * bold)
    if not stars:
        return text
    return "\n".join(_marked_line(line, stars) for line in text.split("\n"))


def _marked_line(line: str, stars: str) -> str:
    match = _EDGES.fullmatch(line)
    if match is None or not match["inside"]:
        return line
    return f"{match['before']}{stars}{match['inside']}{stars}{match['after']}"
