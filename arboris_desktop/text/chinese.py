"""Simplified and traditional Chinese made alike, character by character, so that places hold."""

from __future__ import annotations

from functools import cache

from arboris_desktop.resources import read_text


def simplified(text: str) -> str:
    """Returns the text with each traditional character in its simplified form.

    The length stays, so that a place in one is the same place in the other. By the tables of
    OpenCC; where one simplified character stands for several traditional ones, they become alike.
    """
    return text if text.isascii() else text.translate(_table())


def folded_name(text: str) -> str:
    """Returns a name as names are compared that are looked for: case, Chinese script and the width
    of blanks do not matter."""
    return " ".join(simplified(text).casefold().split())


@cache
def _table() -> str:
    """Every character at its own place: asking a dictionary for those that it lacks is slow."""
    lines = read_text("text", "traditional.txt").splitlines()
    traditional, simple = (line for line in lines if not line.startswith("#"))
    table = list(map(chr, range(max(map(ord, traditional)) + 1)))
    for one, other in zip(traditional, simple, strict=True):
        table[ord(one)] = other
    return "".join(table)
