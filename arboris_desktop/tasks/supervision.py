"""Running a model call so that it can be stopped, timed out and kept alive by a heartbeat."""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any, TypeVar

from arboris_desktop.domain.errors import ErrorKind, ProviderError, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.settings import QueueSettings

log = logging.getLogger(__name__)

Result = TypeVar("Result")

LEASE = timedelta(seconds=30)
HEARTBEAT_SECONDS = 5.0
GRACE_SECONDS = 2 * HEARTBEAT_SECONDS
"""The time for which a living process may be seen with a lease run out before its task is taken:
after the computer slept, all leases have, and their owners need a moment to say that they go on."""

LOOK_SECONDS = 0.25
"""The interval at which a running call looks whether it shall stop; a cancel takes about this
long."""


@record
class TimeAllowed:
    """Seconds for one attempt: ``exactly`` so many, or else ``usually``, and several times as much
    for a model on a computer of the author's; without either, what the author has set."""

    exactly: float | None = None
    usually: float | None = None

    def seconds(self, settings: QueueSettings, slowness: int = 1) -> float:
        """The time for an attempt with a model that is so slow."""
        return self.exactly or (self.usually or settings.task_timeout_seconds) * slowness


class TaskStoppedError(Exception):
    """The task shall not go on: the app quits, or the author cancelled it."""


class LeaseLostError(Exception):
    """The task is no longer this worker's: it was cancelled or taken over elsewhere."""


class Supervisor:
    """Watches over the calls of one task."""

    def __init__(
        self, stop: threading.Event, heartbeat: Callable[[], bool], timeout_seconds: float
    ) -> None:
        self._stop = stop
        self._heartbeat = heartbeat
        self._began = time.monotonic()
        self._waited = 0.0
        self._allowed = timeout_seconds
        self._waits_since: float | None = None
        self._next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS
        self._lease_ends = time.monotonic() + LEASE.total_seconds()

    def look(self) -> None:
        """Sends the heartbeat when it is due; raises if the task must not go on."""
        if self._stop.is_set():
            raise TaskStoppedError
        now = time.monotonic()
        if self._waits_since is None and now - self._began - self._waited >= self._allowed:
            raise ProviderError(ErrorKind.TOTAL_TIMEOUT, "the task took longer than allowed")
        if now >= self._next_heartbeat:
            self._beat(now)
            self._next_heartbeat = time.monotonic() + HEARTBEAT_SECONDS

    def allow(self, seconds: float) -> None:
        """Sets how long the task may take, from its beginning: it goes by who is asked now."""
        self._allowed = seconds

    def waits(self, waiting: bool) -> None:
        """A call waits for its turn or its first words, or does not any more.

        That has bounds of its own, and uses up nothing of the time allowed for the task: a
        computer may read a prompt for minutes, and four tasks may wait for one place.
        """
        now = time.monotonic()
        if self._waits_since is not None:
            self._waited += now - self._waits_since
        self._waits_since = now if waiting else None

    def _beat(self, now: float) -> None:
        """Extends the lease; a disk that fails meanwhile ends the call only with the lease."""
        try:
            ours = self._heartbeat()
        except StorageError as error:
            if now >= self._lease_ends:
                raise
            log.warning("a heartbeat could not be written: %s", error)
            return
        if not ours:
            raise LeaseLostError
        self._lease_ends = now + LEASE.total_seconds()

    async def watch(self, call: Coroutine[Any, Any, Result]) -> Result:
        """Awaits the call, looking around meanwhile; a call that must stop is cancelled."""
        running = asyncio.ensure_future(call)
        try:
            while not running.done():
                self.look()
                await asyncio.wait({running}, timeout=LOOK_SECONDS)
            return running.result()
        finally:
            if not running.done():
                running.cancel()
                await asyncio.wait({running})
