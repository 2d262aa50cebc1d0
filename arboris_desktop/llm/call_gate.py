"""Limits on a provider's concurrent calls and calls per minute, across threads and event loops."""

from __future__ import annotations

import asyncio
import threading
import time
from bisect import insort
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from itertools import count

from arboris_desktop.domain.errors import ErrorKind, ProviderError

MINUTE = 60.0
LONGEST_PAUSE = 60.0
"""The longest pause, in seconds, that a call waits out after a provider asked for one.

For a longer pause, the call fails at once, so that the caller can do something else.
"""


class CallGate:
    """Admits calls in the order in which they arrived, calls that the author waits for first.

    A limit of 0 means none. Waiting can be cancelled and uses no resources: a call is woken when it
    may proceed. Thread-safe; each call waits in its own event loop.
    """

    def __init__(
        self,
        max_parallel: int = 0,
        requests_per_minute: int = 0,
        monotonic: Callable[[], float] = time.monotonic,
    ) -> None:
        self._monotonic = monotonic
        self._lock = threading.Lock()
        self._numbers = count()
        self._waiting: list[_Waiter] = []
        self._running = 0
        self._starts: deque[float] = deque()
        self._paused_until = 0.0
        self._max_parallel = max_parallel
        self._per_minute = requests_per_minute

    def limit_to(self, max_parallel: int, requests_per_minute: int) -> None:
        """Changes the limits; running calls are not affected."""
        with self._lock:
            if (max_parallel, requests_per_minute) == (self._max_parallel, self._per_minute):
                return
            self._max_parallel, self._per_minute = max_parallel, requests_per_minute
            self._wake_first()

    def pause(self, seconds: float) -> None:
        """Admits no call for the given time, because the provider asked for a pause."""
        with self._lock:
            self._paused_until = max(self._paused_until, self._monotonic() + seconds)

    def reopen(self) -> None:
        """Ends a pause early."""
        with self._lock:
            self._paused_until = 0.0
            self._wake_first()

    @asynccontextmanager
    async def place(self, *, background: bool = False) -> AsyncIterator[None]:
        """Waits for a place and holds it.

        ``background`` calls let others go first. Raises ``ProviderError`` (RATE_LIMITED) if a pause
        would take too long.
        """
        await self._enter(_Waiter(background, next(self._numbers)))
        try:
            yield
        finally:
            with self._lock:
                self._running -= 1
                self._wake_first()

    async def _enter(self, waiter: _Waiter) -> None:
        with self._lock:
            insort(self._waiting, waiter)
        try:
            while (wait := self._try(waiter)) > 0:
                await waiter.wait(wait)
        finally:
            # Whether it was cancelled or admitted: the next one may go.
            with self._lock:
                with suppress(ValueError):
                    self._waiting.remove(waiter)
                self._wake_first()

    def _try(self, waiter: _Waiter) -> float:
        """Admits the call and returns 0, or returns how long to wait; infinity means until
        woken."""
        with self._lock:
            waiter.woken.clear()
            if waiter is not self._waiting[0] or 0 < self._max_parallel <= self._running:
                return float("inf")
            now = self._monotonic()
            wait = max(self._pause_left(now), self._rate_delay(now))
            if wait <= 0:
                del self._waiting[0]
                self._running += 1
                self._starts.append(now)
            return wait

    def _pause_left(self, now: float) -> float:
        left = self._paused_until - now
        if left > LONGEST_PAUSE:
            raise ProviderError(
                ErrorKind.RATE_LIMITED,
                f"the provider wants to be left alone for {left:.0f} s",
                retry_after=left,
            )
        return left

    def _rate_delay(self, now: float) -> float:
        while self._starts and self._starts[0] <= now - MINUTE:
            self._starts.popleft()
        if not self._per_minute or len(self._starts) < self._per_minute:
            return 0.0
        return self._starts[-self._per_minute] + MINUTE - now

    def _wake_first(self) -> None:
        if self._waiting:
            self._waiting[0].wake()


class _Waiter:
    """A call that waits at the gate, in the event loop that made it."""

    def __init__(self, background: bool, number: int) -> None:
        self._rank = (background, number)
        self._loop = asyncio.get_running_loop()
        self.woken = asyncio.Event()

    def __lt__(self, other: _Waiter) -> bool:
        return self._rank < other._rank

    def wake(self) -> None:
        """Wakes the call; may be called from any thread."""
        # If the loop was closed meanwhile, nobody is waiting any more.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self.woken.set)

    async def wait(self, seconds: float) -> None:
        """Waits until the call is woken or the time has passed."""
        limit = None if seconds == float("inf") else seconds
        with suppress(TimeoutError):
            async with asyncio.timeout(limit):
                await self.woken.wait()
