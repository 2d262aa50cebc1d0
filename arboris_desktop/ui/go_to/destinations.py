"""Destinations the author can go to, and which of them the typed letters mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from arboris_desktop.text.chinese import folded_name


class DestinationKind(IntEnum):
    """Kinds of destinations, in the order in which equals are listed."""

    CHAPTER = 0
    ENTRY = 1
    ACTION = 2
    WORDS = 3


@dataclass(frozen=True)
class Destination:
    """A place to go, or something to do: ``title`` as it is listed, ``detail`` beside it.

    ``names`` are other words by which it is found.
    """

    kind: DestinationKind
    title: str
    go: Callable[[], object]
    detail: str = ""
    names: tuple[str, ...] = ()
    folded: tuple[str, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "folded", tuple(folded_name(n) for n in (self.title, *self.names)))


def matching(destinations: Iterable[Destination], typed: str, most: int) -> Sequence[Destination]:
    """The destinations whose names have every typed word in them, the likeliest first.

    A name that is the typed words comes before one that begins with them, and that before one in
    which they begin a word. Case and Chinese script do not matter. Nothing typed means all.
    """
    words = folded_name(typed)
    ranked = [(_rank(each, words), each) for each in destinations]
    found = sorted(
        ((rank, each) for rank, each in ranked if rank is not None),
        key=lambda pair: (pair[0], pair[1].kind),
    )
    return [each for _rank_of, each in found[:most]]


def _rank(destination: Destination, typed: str) -> int | None:
    ranks = (_rank_of_name(name, typed) for name in destination.folded)
    return min((rank for rank in ranks if rank is not None), default=None)


def _rank_of_name(name: str, typed: str) -> int | None:
    if name == typed:
        return 0
    if name.startswith(typed):
        return 1
    if f" {typed}" in name:
        return 2
    return 3 if all(word in name for word in typed.split()) else None
