"""The port to the database: all that differs between one kind and another.

Everything else is the same SQLAlchemy for all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import ColumnClause, Connection

from arboris_desktop.domain.clock import Clock
from arboris_desktop.storage.engine.instances import Instance


class Store(Protocol):
    """A library that is open. Usable from any thread; everything raises ``StorageError``."""

    place: str
    """The location, in words for people."""

    is_shared: bool
    """True if several people may have it open, each on a machine of their own."""

    def reading(self) -> AbstractContextManager[Connection]:
        """A consistent view of all that was committed."""

    def writing(self) -> AbstractContextManager[Connection]:
        """The one transaction that writes at this time, in whatever process or machine; it is
        stored when the block has ended, or left no trace."""

    def claiming(self) -> AbstractContextManager[Connection]:
        """As ``writing``, but beside others where the database can do that: for statements that
        are right by themselves, whatever happens meanwhile. Each may be stored at once, whatever
        comes of the next one."""

    def writing_in(self, novel: str) -> AbstractContextManager[Connection]:
        """As ``writing``, but beside those who write in other novels where the database can do
        that; nothing is written outside of the novel but counts that everybody raises."""

    def changed_elsewhere(self, *, wait: bool) -> bool:
        """True if another process may have written since the last call; see ``Database``."""

    def on_change(self, heard: Callable[[], None]) -> Callable[[], None]:
        """Calls a function, on some thread, soon after another process wrote, where the database
        tells it; elsewhere one has to look. Returns what ends that."""

    def refuse_exchanged(self) -> None:
        """Raises ``StorageError`` when what was opened is not there any more."""

    def clock(self) -> Clock:
        """The clock that all processes at this database share."""

    def known_to_others(self, instance: Instance) -> Instance:
        """This process as others at this database see it."""

    def close(self) -> None:
        """Closes every connection."""


class FullText(Protocol):
    """An index over the terms of passages (``text.search_terms``): the same hits from each."""

    insertion: str
    """The statement that stores ``:terms`` for the passage ``:id``."""

    nothing: str
    """An expression that no passage matches."""

    kept_terms: ColumnClause[int]
    """The numbers of the passages that have terms in the index."""

    def stored(self, terms: Sequence[str]) -> str:
        """The terms of a passage as the index takes them, their order included."""

    def expression(self, phrases: Iterable[Sequence[str]], *, all_of_them: bool) -> str:
        """One that passages match with all of the phrases, or any; empty without a phrase."""

    def matches(self, name: str) -> str:
        """The condition for the passages that match the expression of a parameter."""

    def rank(self, name: str) -> str:
        """The expression that ranks how badly a passage fits a parameter, as a number."""
