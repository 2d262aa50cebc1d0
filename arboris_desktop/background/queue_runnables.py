"""Work of the processor on the queue, on a pool thread: on a busy disk it outlasts a frame."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from PySide6.QtCore import QObject, QRunnable, Signal

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.settings import QueueSettings
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.writing.preferences import Preferences

Tidy = Callable[[Callable[[], bool]], object]
"""Clears away what nobody needs, until it is done or the function that it is given says so."""


@dataclass(frozen=True, slots=True)
class Claimed:
    """The result of a claim: tasks, when the next one is due, and the error, if any."""

    tasks: tuple[AnalysisTask, ...] = ()
    next_due_at: datetime | None = None
    error: ArborisError | None = None
    is_probe: bool = False


@dataclass(frozen=True, slots=True)
class SeenElsewhere:
    """Changes by another process: tasks that are no longer ours, and whether it paused.

    ``wishes`` to pause or to go on were stored here when the look began.
    """

    lost: tuple[int, ...]
    paused: bool
    wishes: int


class QueueBridge(QObject):
    """Carries the news to the GUI thread; lives there as long as the processor."""

    claimed = Signal(object)
    """A ``Claimed``."""

    looked = Signal(object)
    """A ``SeenElsewhere``, or ``None`` when nothing was changed elsewhere."""

    pause_stored = Signal(bool)
    """Paused or not, as it is stored now."""

    failed = Signal(object)
    """An ``ArborisError``."""


class ClaimRunnable(QRunnable):
    """Recovers abandoned tasks and claims up to ``wanted`` new ones."""

    def __init__(
        self,
        queue: AnalysisQueue,
        wanted: int,
        bridge: QueueBridge,
        *,
        is_probe: bool,
        all_due: bool,
    ) -> None:
        super().__init__()
        self._queue = queue
        self._wanted = wanted
        self._is_probe = is_probe
        self._all_due = all_due
        self._claimed = bridge.claimed.emit

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        tasks: list[AnalysisTask] = []
        try:
            self._queue.recover_abandoned()
            if self._all_due:
                self._queue.make_due()
            tasks = self._queue.claim(self._wanted)
            due = self._queue.next_due_at()
            self._claimed(Claimed(tuple(tasks), due, is_probe=self._is_probe))
        except ArborisError as error:
            # Tasks that were claimed before the fault are run all the same.
            self._claimed(Claimed(tuple(tasks), None, error, self._is_probe))


class LookRunnable(QRunnable):
    """Looks whether another process wrote (or ``always``), and what of it concerns this one."""

    def __init__(
        self,
        queue: AnalysisQueue,
        running: tuple[AnalysisTask, ...],
        bridge: QueueBridge,
        *,
        always: bool,
        wishes: int,
    ) -> None:
        super().__init__()
        self._queue = queue
        self._running = running
        self._always = always
        self._wishes = wishes
        self._looked = bridge.looked.emit
        self._failed = bridge.failed.emit

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        seen: SeenElsewhere | None = None
        try:
            if self._queue.changed_elsewhere() or self._always:
                lost, paused = self._queue.lost(self._running), self._queue.is_paused()
                seen = SeenElsewhere(lost, paused, self._wishes)
        except ArborisError as error:
            self._failed(error)
        finally:
            self._looked(seen)


class TidyRunnable(QRunnable):
    """Clears away what nobody needs any more."""

    def __init__(self, tidy: Tidy, shall_stop: Callable[[], bool], bridge: QueueBridge) -> None:
        super().__init__()
        self._tidy = tidy
        self._shall_stop = shall_stop
        self._failed = bridge.failed.emit

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        try:
            self._tidy(self._shall_stop)
        except ArborisError as error:
            self._failed(error)


class StorePauseRunnable(QRunnable):
    """Stores whether the queue is paused: as it is wanted when this runs, not when it was made."""

    def __init__(
        self, preferences: Preferences, wanted: Callable[[], bool], bridge: QueueBridge
    ) -> None:
        super().__init__()
        self._preferences = preferences
        self._wanted = wanted
        self._stored = bridge.pause_stored.emit
        self._failed = bridge.failed.emit

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        paused = self._wanted()
        try:
            stored = self._preferences.get(QueueSettings)
            self._preferences.set(replace(stored, paused=paused))
        except ArborisError as error:
            self._failed(error)
        self._stored(paused)
