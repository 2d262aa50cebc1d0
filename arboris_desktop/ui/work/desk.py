"""The base class of desks, which connect panels and dialogs to use cases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject, Signal

Arguments = ParamSpec("Arguments")
AnyDesk = TypeVar("AnyDesk", bound="Desk")
Result = TypeVar("Result")
Work = Coroutine[Any, Any, None]


class Desk(QObject):
    """Handles signals by coroutines that await the database, a dialog or a model.

    Unexpected failures of a coroutine are reported to the author. What the author typed must not be
    stored by a coroutine that is only started: see ``Pool.call``.
    """

    failed = Signal(object)
    """An exception that the author should be told about."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        # asyncio itself keeps only weak references to tasks.
        self._spawned: set[asyncio.Task[None]] = set()
        self._newest: dict[str, asyncio.Task[None]] = {}
        self._is_stopped = False

    def spawn(self, work: Work) -> asyncio.Task[None]:
        """Runs a coroutine until it ends, or the desk is stopped.

        After that a new one is cancelled before it starts: nobody would wait for it.
        """
        task = asyncio.ensure_future(work)
        if self._is_stopped:
            task.cancel()
        self._spawned.add(task)
        task.add_done_callback(self._note_end)
        return task

    def _note_end(self, task: asyncio.Task[None]) -> None:
        self._spawned.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            self.tell_failure(error)

    async def beside(self, work: Callable[[], Result]) -> Result:
        """Runs ``work`` on another thread than the operations: it takes long, and need not see
        pending saves."""
        return await asyncio.to_thread(work)

    def tell_failure(self, error: BaseException) -> None:
        """Reports an unexpected failure to the author."""
        self.failed.emit(error)

    def spawn_newest(self, name: str, work: Work) -> None:
        """Runs a coroutine in place of the one of that name, whose result is no longer wanted."""
        self.drop(name)
        self._newest[name] = self.spawn(work)

    def drop(self, name: str) -> None:
        """Cancels the newest coroutine of that name."""
        if (running := self._newest.pop(name, None)) is not None:
            running.cancel()

    async def stop(self) -> None:
        """Cancels what runs, and waits for it; nothing new is started."""
        self._is_stopped = True
        # A coroutine that was just spawned must reach its await on the save that it follows:
        # cancelled before, it would leave that save's failure unnoticed.
        await asyncio.sleep(0)
        running = list(self._spawned)
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


def spawned(
    method: Callable[Concatenate[AnyDesk, Arguments], Work],
) -> Callable[Concatenate[AnyDesk, Arguments], None]:
    """Makes a slot of a coroutine: the coroutine is started, and the signal does not wait for
    it."""
    count = taken_by(method) - 1

    @wraps(method)
    def begin(desk: AnyDesk, *given: Any, **named: Any) -> None:
        desk.spawn(method(desk, *given[:count], **named))

    return cast(Callable[Concatenate[AnyDesk, Arguments], None], begin)


def taken_by(method: Callable[..., object]) -> int:
    """Returns the number of arguments that a method takes; a signal may have more, such as
    ``checked``."""
    return len(signature(method).parameters)
