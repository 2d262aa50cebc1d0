"""A circuit breaker: spares the queue a provider that is out of order, in all processes.

After Michael Nygard, "Release It!" (2nd ed. 2018), chapter 5: *closed* lets all through; some
failures in a row *open* it, and nothing is let through; after a while it is *half open*, and one
task is the probe that decides.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from enum import StrEnum

from arboris_desktop.domain.errors import PROVIDER_DOWN, PROVIDER_TROUBLE, ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import OpenCircuit
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance

FAILURES_TO_OPEN_WHEN_REFUSED = 2
"""A wrong key or an empty account is met by every task alike: two in a row say enough."""

FAILURES_TO_OPEN = 3
"""A connection may break by chance; as many as run at once by default say that it did not."""

FIRST_WAIT, LONGEST_WAIT = 30.0, 900.0
"""Seconds from opening to the first probe; a probe that fails doubles them, up to the longest."""

REFUSED_WAIT = 300.0
"""Seconds to the first probe where somebody has to do something first (a key, a payment)."""


class CircuitState(StrEnum):
    """The state of a circuit: all is let through, nothing, or one probe that is on its way."""

    CLOSED = "closed"
    OPEN = "open"
    HALF_OPEN = "half_open"


@record
class Circuit:
    """The breaker's state, for whoever shows it.

    ``reason`` is ``None`` while it is closed; ``seconds_to_probe`` counts from now.
    """

    state: CircuitState
    reason: ErrorKind | None = None
    seconds_to_probe: float = 0.0


class CircuitBreaker:
    """Decides how many tasks may start, from how the last ones ended. For one thread.

    It watches one provider at a time, the one that failed last: that others answer, or do not,
    says nothing about it. Steps of a task may be routed to different ones; those among which one
    stands in for another count as one, which fails only when all of them do. Time is monotonic:
    sleep and clock changes do not matter.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self.reset()

    def reset(self) -> None:
        """Closes it, for a provider of which nothing is known yet."""
        self._state = CircuitState.CLOSED
        self._provider = ""
        self._reason: ErrorKind | None = None
        self._failures = 0
        self._wait = 0.0
        self._probe_at = 0.0

    @property
    def circuit(self) -> Circuit:
        """The state now."""
        to_probe = max(0.0, self._probe_at - self._monotonic())
        waits = self._state is CircuitState.OPEN
        return Circuit(self._state, self._reason, to_probe if waits else 0.0)

    @property
    def is_closed(self) -> bool:
        """True if the provider is taken to work."""
        return self._state is CircuitState.CLOSED

    def allowed(self, free: int) -> int:
        """The number of tasks that may start where ``free`` places are; one, the probe, when it is
        time."""
        if self._state is CircuitState.CLOSED:
            return free
        due = self._state is CircuitState.OPEN and self._monotonic() >= self._probe_at
        return min(free, 1) if due else 0

    @property
    def provider(self) -> str:
        """The provider that it watches; empty if none has failed."""
        return self._provider

    @property
    def wait(self) -> float:
        """The seconds from opening to the probe, as they are now."""
        return self._wait

    def follow(self, circuit: OpenCircuit | None) -> bool:
        """Takes over what another process has found, if there is anything; true if that was new.

        A probe that is on its way here is awaited.
        """
        before = self._state, self._provider
        if self._state is CircuitState.HALF_OPEN:
            return False
        if circuit is not None:
            self._state, self._provider = CircuitState.OPEN, circuit.provider
            self._reason, self._wait = circuit.reason, circuit.wait_seconds
            self._probe_at = self._monotonic() + circuit.seconds_to_probe
        elif self._state is CircuitState.OPEN:
            self.reset()
        return before != (self._state, self._provider)

    def probe_started(self) -> None:
        """The task that ``allowed`` let through while open was claimed."""
        self._state = CircuitState.HALF_OPEN

    def probe_now(self) -> None:
        """The author wants no waiting: the next task is the probe."""
        if self._state is CircuitState.OPEN:
            self._probe_at = self._monotonic()

    def succeeded(self, *providers: str) -> None:
        """A task got what it asked for, from all of these."""
        if not self._provider or self._provider in providers:
            self.reset()
        else:
            # It did not need the one that is out of order: perhaps the next task does.
            self.not_probed()

    def failed(
        self,
        provider: str,
        kind: ErrorKind,
        retry_after: float | None = None,
        *,
        answered: Collection[str] = (),
    ) -> None:
        """A task failed by ``kind``, and had got answers of others, ``answered``, before.

        ``retry_after`` in seconds, if the provider named it.
        """
        if self._provider and self._provider in answered:
            self.reset()
        in_trouble = kind in PROVIDER_DOWN | PROVIDER_TROUBLE
        if self._state is CircuitState.CLOSED:
            self._count(provider, kind if in_trouble else None, retry_after)
        elif not in_trouble and provider == self._provider:
            # It works, though its answer was of no use.
            self.reset()
        elif not in_trouble:
            self.not_probed()
        elif self._state is CircuitState.HALF_OPEN:
            self._provider = provider
            self._open(kind, retry_after)

    def _count(self, provider: str, kind: ErrorKind | None, retry_after: float | None) -> None:
        if provider != self._provider or kind is None:
            self.reset()
            self._provider = provider
        if kind is None:
            return
        self._failures += 1
        # Who says when to come back means everybody.
        if self._failures >= _failures_to_open(kind) or retry_after is not None:
            self._open(kind, retry_after)

    def not_probed(self) -> None:
        """The probe ended without having asked (it was stopped): the next task is one."""
        if self._state is CircuitState.HALF_OPEN:
            self._state = CircuitState.OPEN
            self._probe_at = self._monotonic()

    def _open(self, kind: ErrorKind, retry_after: float | None) -> None:
        first = REFUSED_WAIT if kind in PROVIDER_DOWN else FIRST_WAIT
        self._wait = min(LONGEST_WAIT, max(first, self._wait * 2))
        self._state = CircuitState.OPEN
        self._reason = kind
        self._probe_at = self._monotonic() + (self._wait if retry_after is None else retry_after)


class SharedCircuits:
    """Open circuits as all processes at the library know them."""

    def __init__(self, database: Database, instance: Instance) -> None:
        self._database = database
        self._instance = instance

    def newest(self) -> OpenCircuit | None:
        """The provider that a process of this library has found out of order, if any."""
        living = self._instance.live_owners()
        with self._database.read() as transaction:
            return transaction.circuits.newest(living)

    def open(
        self, provider: str, reason: ErrorKind, wait_seconds: float, seconds_to_probe: float
    ) -> None:
        """Tells all processes that a provider is out of order."""
        owner = self._instance.owner
        circuit = OpenCircuit(provider, reason, wait_seconds, seconds_to_probe, owner)
        with self._database.write() as transaction:
            transaction.circuits.open(circuit)

    def close(self) -> None:
        """Tells all processes that providers may be asked."""
        with self._database.write() as transaction:
            transaction.circuits.close()

    def may_probe(self, circuit: OpenCircuit) -> bool:
        """True for the one process that asks a provider which is out of order, to try it."""
        with self._database.write() as transaction:
            return transaction.circuits.take_probe(circuit.provider)

    def probe_now(self) -> None:
        """Lets providers that are out of order be asked at once."""
        with self._database.write() as transaction:
            transaction.circuits.hasten()


def _failures_to_open(kind: ErrorKind) -> int:
    if kind is ErrorKind.SPEND_LIMIT:
        # That is no fault which might be over by chance.
        return 1
    return FAILURES_TO_OPEN_WHEN_REFUSED if kind in PROVIDER_DOWN else FAILURES_TO_OPEN
