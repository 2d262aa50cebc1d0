"""Destinations, and which of them the typed letters mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from arboris_desktop.text.chinese import folded_name


class DestinationKind(IntEnum):
    """Kinds of destinations, in the order in which equal matches are listed."""

    CHAPTER = 0
    ENTRY = 1
    ACTION = 2
    WORDS = 3


@dataclass(frozen=True)
class Destination:
    """A place to go, or something to do: ``title`` as listed, ``detail`` beside it.

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
    """Returns the destinations whose names contain every typed word, the best match first.

    A name that equals the typed words precedes one that begins with them, and that one in which
    they begin a word. Case and Chinese script variants do not matter. Without any typed words, all
    match.
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
