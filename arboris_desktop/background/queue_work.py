"""Work of the processor on the queue, on a pool thread: on a busy disk it outlasts a frame."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.pool import Pool
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisTask, OpenCircuit
from arboris_desktop.tasks.queue import AnalysisQueue

Result = TypeVar("Result")

Tidy = Callable[[Callable[[], bool]], object]
"""Clears away what nobody needs, until it is done or the function that it is given says so."""


class Wishes(QObject):
    """Brings the author's wishes, and what was found of providers, to the database.

    Until all are there, the database answers by what was wanted before.
    """

    settled = Signal()
    """One is stored, or could not be."""

    failed = Signal(object)
    """An exception: one could not be stored."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._settled = 0
        self._waiting = 0

    def keep(
        self,
        pool: Pool,
        store: Callable[[], Result],
        then: Callable[[Result | None], object] = lambda _result: None,
    ) -> None:
        """Stores one on a pool, and does ``then`` with the result; with ``None`` if it failed."""
        self._waiting += 1

        def end(result: Result | None) -> None:
            self._waiting -= 1
            self._settled += 1
            then(result)
            self.settled.emit()

        def fail(error: Exception) -> None:
            self.failed.emit(error)
            end(None)

        pool.run(store, end, fail)

    @property
    def are_stored(self) -> bool:
        """True if none is on its way."""
        return not self._waiting

    @property
    def number_settled(self) -> int:
        """The number of those that have arrived, to be noted by whoever begins to read."""
        return self._settled

    def none_since(self, settled: int) -> bool:
        """True if what was read, when so many had arrived, is not older than any of them."""
        return settled == self._settled and self.are_stored


@record
class Claimed:
    """The result of a claim: tasks, when the next one is due, and the error, if any.

    ``recovered`` tasks of workers that are gone wait again, or have failed.
    """

    tasks: tuple[AnalysisTask, ...] = ()
    next_due_at: datetime | None = None
    error: Exception | None = None
    is_probe: bool = False
    recovered: int = 0
    circuit: OpenCircuit | None = None
    """Another process found the provider out of order, and nothing was claimed."""


@record
class SeenElsewhere:
    """Changes by another process: tasks that are no longer ours, and whether it paused.

    ``wishes`` to pause or to go on were stored here when the look began.
    """

    lost: tuple[int, ...]
    paused: bool
    wishes: int
    circuit: OpenCircuit | None = None


def claim(queue: AnalysisQueue, wanted: int, *, is_probe: bool, all_due: bool) -> Claimed:
    """Recovers abandoned tasks and claims up to ``wanted`` new ones.

    Nothing while a provider is out of order, but for one task as the probe of one process. Tasks
    that were claimed before a fault are to be run all the same.
    """
    tasks: list[AnalysisTask] = []
    recovered = 0
    try:
        recovered = queue.recover_abandoned()
        circuit = queue.circuits.newest()
        may_ask = circuit is None or (
            is_probe and queue.waits() and queue.circuits.may_probe(circuit)
        )
        if not may_ask:
            return Claimed(recovered=recovered, circuit=circuit)
        if all_due:
            queue.make_due()
        tasks = queue.claim(wanted)
        return Claimed(tuple(tasks), queue.next_due_at(), None, is_probe, recovered)
    except ArborisError as error:
        return Claimed(tuple(tasks), None, error, is_probe, recovered)


def look(queue: AnalysisQueue, running: tuple[AnalysisTask, ...], *, wishes: int) -> SeenElsewhere:
    """Looks what of another process's changes concerns this one."""
    # What comes after this is told again.
    queue.changed_elsewhere(wait=True)
    return SeenElsewhere(queue.lost(running), queue.is_paused(), wishes, queue.circuits.newest())
