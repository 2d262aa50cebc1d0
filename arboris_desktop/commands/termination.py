"""Ending a command by a signal: one way for Ctrl+C, SIGTERM, SIGHUP and Ctrl+Break."""

from __future__ import annotations

import signal
from collections.abc import Callable, Coroutine, Iterator
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Any, Self, TypeVar

from arboris_desktop.background.signals import end_signals

STOPPED = 130
"""The exit code of a command that was ended by any signal: the shell's code for Ctrl+C."""

Result = TypeVar("Result")


class Termination:
    """Turns the first signal that ends the process into a ``KeyboardInterrupt``, while entered.

    Code within an event loop uses ``run`` or ``calling`` instead. A closing terminal and a service
    manager send several signals: those after the first would only disturb the clean-up. Only Ctrl+C
    takes effect again.
    """

    def __init__(self) -> None:
        self._came = False
        self._stop: Callable[[], object] | None = None
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._before = {number: signal.signal(number, self._on_signal) for number in end_signals()}
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def run(self, work: Coroutine[Any, Any, Result]) -> Result:
        """Runs a coroutine to its end; a signal cancels it, and it cleans up.

        Raises ``KeyboardInterrupt`` in that case.
        """
        import asyncio  # Imported only when needed, since start-up time counts.

        try:
            with asyncio.Runner() as runner:
                return runner.run(self._cancelled_by_signal(work))
        except asyncio.CancelledError:
            raise KeyboardInterrupt from None

    async def _cancelled_by_signal(self, work: Coroutine[Any, Any, Result]) -> Result:
        import asyncio

        loop, task = asyncio.get_running_loop(), asyncio.current_task()
        assert task is not None
        # The loop waits in the system's `select`, which no handler interrupts.
        with self.calling(lambda: loop.call_soon_threadsafe(task.cancel)):
            return await work

    @contextmanager
    def calling(self, stop: Callable[[], object]) -> Iterator[None]:
        """Calls ``stop`` on the first signal within the block instead of raising."""
        self._stop = stop
        try:
            yield
        finally:
            self._stop = None

    def _on_signal(self, number: int, _frame: FrameType | None) -> None:
        if self._came and number != signal.SIGINT:
            return
        insists, self._came = self._came, True
        if insists or self._stop is None:
            raise KeyboardInterrupt
        self._stop()
