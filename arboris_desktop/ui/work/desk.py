"""The base class of desks, which connect panels and dialogs to use cases."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from contextvars import ContextVar
from functools import wraps
from inspect import signature
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

from PySide6.QtCore import QObject, Signal

Arguments = ParamSpec("Arguments")
AnyDesk = TypeVar("AnyDesk", bound="Desk")
Result = TypeVar("Result")
Work = Coroutine[Any, Any, None]

_let_again: ContextVar[Callable[[], None]] = ContextVar("_let_again", default=lambda: None)
"""Lets the author ask for the action of this coroutine again."""


def let_again() -> Callable[[], None]:
    """The end of an action that is done once at a time, for whoever waits for its author."""
    return _let_again.get()


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
        self._under_way: list[tuple[tuple[object, ...], object]] = []
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

    async def in_background(self, work: Callable[[], Result]) -> Result:
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

    def begin_once(
        self, action: tuple[object, ...], begin: Callable[[], asyncio.Task[None]]
    ) -> None:
        """Begins an action of the author's, unless the same one is under way: a double click, a
        second Enter, and a key that is held while the database is slow ask for it again.

        Once the author has answered a dialog of it, it may be asked for again.
        """
        if any(each == action for each, _key in self._under_way):
            return
        entry = (action, object())
        self._under_way.append(entry)

        def let_again() -> None:
            self._under_way = [each for each in self._under_way if each[1] is not entry[1]]

        token = _let_again.set(let_again)
        try:
            begin().add_done_callback(lambda _ended: let_again())
        finally:
            _let_again.reset(token)

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


def spawned_once(
    method: Callable[Concatenate[AnyDesk, Arguments], Work],
) -> Callable[Concatenate[AnyDesk, Arguments], None]:
    """Makes a slot of a coroutine as ``spawned`` does: one of the same arguments at a time."""
    count = taken_by(method) - 1

    @wraps(method)
    def begin(desk: AnyDesk, *given: Any, **named: Any) -> None:
        asked = given[:count]
        action = (method.__name__, asked, named)
        desk.begin_once(action, lambda: desk.spawn(method(desk, *asked, **named)))

    return cast(Callable[Concatenate[AnyDesk, Arguments], None], begin)


def taken_by(method: Callable[..., object]) -> int:
    """Returns the number of arguments that a method takes; a signal may have more, such as
    ``checked``."""
    return len(signature(method).parameters)
