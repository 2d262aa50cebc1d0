"""Coroutines that a signal started: kept alive, reported when they fail, and ended together."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any


class Coroutines:
    """Runs coroutines on the window's loop. asyncio itself keeps only weak references to them."""

    def __init__(self, on_failure: Callable[[BaseException], None]) -> None:
        self._on_failure = on_failure
        self._running: set[asyncio.Task[None]] = set()
        self._is_stopped = False

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        """Runs a coroutine; an exception that ends it goes to ``on_failure``.

        After ``stop`` it ends before it has begun: nobody would wait for it.
        """
        task = asyncio.ensure_future(work)
        if self._is_stopped:
            task.cancel()
        self._running.add(task)
        task.add_done_callback(self._ended)
        return task

    async def stop(self) -> None:
        """Cancels what runs and waits until it has ended; nothing is begun any more."""
        self._is_stopped = True
        running = list(self._running)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self._on_failure(error)
