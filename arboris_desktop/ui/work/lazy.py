"""Lazy creation of an object."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

Thing_co = TypeVar("Thing_co", covariant=True)


class Lazy(Generic[Thing_co]):
    """Creates an object once, on first access."""

    def __init__(self, make: Callable[[], Thing_co]) -> None:
        self._make = make
        self._made: Thing_co | None = None
        self._waiting: list[Callable[[Thing_co], object]] = []

    def get(self) -> Thing_co:
        """Returns the object, creating it if necessary."""
        if self._made is None:
            self._made = self._make()
            waiting, self._waiting = self._waiting, []
            for do in waiting:
                do(self._made)
        return self._made

    def when_made(self, do: Callable[[Thing_co], object]) -> None:
        """Calls a function with the object: when it is created, or at once if it exists."""
        if self._made is None:
            self._waiting.append(do)
        else:
            do(self._made)

    @property
    def made(self) -> Thing_co | None:
        """Returns the object, if it exists."""
        return self._made
