"""Names that the book knows, found in its prose."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from arboris_desktop.domain.record import record
from arboris_desktop.text.quotations import Span

_BEGINS = 2
"""Characters by which names are looked up; a shorter one stands in too many other words."""


@record
class FoundName:
    """A place where a name stands, and the number of the character that it refers to."""

    span: Span
    number: int


class KnownNames:
    """Finds names in one pass over a text, however many there are."""

    def __init__(self, numbers: Mapping[str, int]) -> None:
        self._numbers = {name: number for name, number in numbers.items() if len(name) >= _BEGINS}
        self._by_begin: dict[str, list[str]] = {}
        for name in sorted(self._numbers, key=len, reverse=True):
            self._by_begin.setdefault(name[:_BEGINS], []).append(name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KnownNames) and self._numbers == other._numbers

    def __hash__(self) -> int:
        return hash(frozenset(self._numbers.items()))

    def __bool__(self) -> bool:
        return bool(self._numbers)

    def found_in(self, text: str) -> Iterator[FoundName]:
        """The places in reading order, the longest name first where several begin.

        A name of Latin letters is found only as a whole word, written as the book writes it.
        """
        place, last = 0, len(text) - _BEGINS
        while place <= last:
            names = self._by_begin.get(text[place : place + _BEGINS], ())
            name = next((each for each in names if _stands(each, text, place)), None)
            if name is None:
                place += 1
            else:
                end = place + len(name)
                yield FoundName(Span(place, end), self._numbers[name])
                place = end


def _stands(name: str, text: str, place: int) -> bool:
    if not text.startswith(name, place):
        return False
    end = place + len(name)
    cuts_before = place > 0 and _is_latin(name[0]) and _is_latin(text[place - 1])
    cuts_after = end < len(text) and _is_latin(name[-1]) and _is_latin(text[end])
    return not (cuts_before or cuts_after)


def _is_latin(sign: str) -> bool:
    """True for letters and digits of scripts that part words by blanks."""
    return sign.isalnum() and sign < "\u2e80"
