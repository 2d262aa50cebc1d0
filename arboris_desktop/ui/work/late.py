"""Something that is made when it is first needed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Thing_co = TypeVar("Thing_co", covariant=True)


class Late(Generic[Thing_co]):
    """Makes a thing once, for the first who needs it."""

    def __init__(self, make: Callable[[], Thing_co]) -> None:
        self._make = make
        self._made: Thing_co | None = None
        self._waiting: list[Callable[[Thing_co], object]] = []

    def get(self) -> Thing_co:
        """The thing, made now if it was not before."""
        if self._made is None:
            self._made = self._make()
            waiting, self._waiting = self._waiting, []
            for do in waiting:
                do(self._made)
        return self._made

    def when_made(self, do: Callable[[Thing_co], object]) -> None:
        """Does something to the thing: as soon as it is made, or at once if it was before."""
        if self._made is None:
            self._waiting.append(do)
        else:
            do(self._made)

    @property
    def made(self) -> Thing_co | None:
        """The thing, if it was made."""
        return self._made
