"""Calls that run now, and that began within a minute, of all processes at the library."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import timedelta

from sqlalchemy import ColumnElement, delete, func, insert, select, update

from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.settings import call_places

_MINUTE = timedelta(minutes=1)
_RUNS = call_places.c.ended_at.is_(None)


class CallPlaceRepository(Repository):
    """Reads and writes the places of calls within the caller's transaction."""

    def wait_seconds(self, place: str, at_once: int, per_minute: int, otherwise: float) -> float:
        """Returns how many seconds another call would have to wait; 0 for not at all. A limit of 0
        is none.

        ``otherwise`` is the answer where nobody can say when a call will have ended.
        """
        here = call_places.c.model_place == place
        if at_once and self._count(here, _RUNS) >= at_once:
            return otherwise
        if not per_minute:
            return 0.0
        now = self._clock()
        began = call_places.c.started_at
        query = (
            select(began)
            # One from the future began before the clock was set back.
            .where(here, began > now - _MINUTE, began <= now + _MINUTE)
            .order_by(began.desc())
            .offset(per_minute - 1)
            .limit(1)
        )
        first = self._connection.execute(query).scalar_one_or_none()
        return 0.0 if first is None else max(0.0, (first + _MINUTE - now).total_seconds())

    def take(self, place: str, owner: str) -> int:
        """Notes that a call begins, and returns its number."""
        values = {"model_place": place, "owner": owner, "started_at": self._clock()}
        return self._insert_row(insert(call_places).values(values))

    def end(self, number: int) -> None:
        """Notes that a call has ended."""
        self._end(call_places.c.id == number)

    def is_settled(self, owner: str, own: Collection[int], living: Sequence[str]) -> bool:
        """True if all calls that seem to run do so."""
        columns = call_places.c
        lost = (columns.owner == owner) & columns.id.not_in(own)
        return not self._count(_RUNS, columns.owner.not_in(living) | lost)

    def settle(self, owner: str, own: Collection[int], living: Sequence[str]) -> None:
        """Ends the calls of processes that are gone, and those of ``owner`` but its ``own``; what
        is older than a minute is forgotten."""
        self._end(call_places.c.owner.not_in(living))
        self._end((call_places.c.owner == owner) & call_places.c.id.not_in(own))
        now, began = self._clock(), call_places.c.started_at
        forgotten = (began <= now - _MINUTE) | (began > now + _MINUTE)
        self._connection.execute(delete(call_places).where(forgotten, ~_RUNS))

    def _end(self, which: ColumnElement[bool]) -> None:
        self._connection.execute(
            update(call_places).where(which, _RUNS).values(ended_at=self._clock())
        )

    def _count(self, *which: ColumnElement[bool]) -> int:
        query = select(func.count()).select_from(call_places).where(*which)
        return int(self._connection.execute(query).scalar_one())
