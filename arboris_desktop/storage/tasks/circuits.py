"""Providers that are out of order, as all processes at the library know them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import delete, exists, select, update

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.retry import LONGEST_WAIT
from arboris_desktop.domain.tasks import OpenCircuit
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.settings import provider_circuits

_columns = provider_circuits.c

ANY_OPEN = exists().select_from(provider_circuits)
"""A condition: there is one, whether or not the process that opened it still lives."""


class CircuitRepository(Repository):
    """Reads and writes open circuits within the caller's transaction."""

    def newest(self, living: Sequence[str]) -> OpenCircuit | None:
        """The one that is probed last, of those that a living process has opened: what the dead
        knew may be over."""
        query = (
            select(provider_circuits)
            .where(_columns.owner.in_(living))
            .order_by(_columns.probe_at.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return None
        left = row.probe_at - self._clock()
        if left > LONGEST_WAIT:  # The clock was set back meanwhile.
            left = timedelta()
        seconds = max(0.0, left.total_seconds())
        return OpenCircuit(
            row.provider, ErrorKind(row.reason), row.wait_seconds, seconds, row.owner
        )

    def open(self, circuit: OpenCircuit) -> None:
        """Tells all processes that a provider is out of order."""
        values = {
            "owner": circuit.owner,
            "reason": circuit.reason.value,
            "wait_seconds": circuit.wait_seconds,
            "probe_at": self._clock() + timedelta(seconds=circuit.seconds_to_probe),
        }
        self._upsert(provider_circuits, {"provider": circuit.provider}, values)

    def take_probe(self, provider: str) -> bool:
        """True for the one process that may ask the provider now; the next one may after the
        present wait."""
        now = self._clock()
        due = update(provider_circuits).where(
            _columns.provider == provider,
            (_columns.probe_at <= now) | (_columns.probe_at > now + LONGEST_WAIT),
        )
        wait = self._connection.execute(
            select(_columns.wait_seconds).where(_columns.provider == provider)
        ).scalar_one_or_none()
        if wait is None:
            return True
        changed = self._connection.execute(due.values(probe_at=now + timedelta(seconds=wait)))
        return changed.rowcount == 1

    def hasten(self) -> None:
        """Lets every provider be probed at once."""
        self._connection.execute(update(provider_circuits).values(probe_at=self._clock()))

    def close(self) -> None:
        """Tells all processes that every provider works, as far as is known."""
        self._connection.execute(delete(provider_circuits))
