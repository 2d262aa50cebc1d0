"""The window's slow work, off the GUI thread and in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from arboris_desktop.background.pool import Job, Pool

Result = TypeVar("Result")


class Operations(Pool):
    """Runs functions one after the other on a single thread: reads and writes of the database,
    imports, exports.

    One thread keeps them in the order they were asked for, so a save is never overtaken by the
    read that follows it.
    """

    settling = Signal()
    """Somebody needs all that was typed to be stored: who has something unsaved asks for it to be
    saved before this returns."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(1, parent)
        self._finishing = False

    def _start(self, job: Job) -> None:
        """Begins nothing once ``finish`` was called: nobody would be left to hear of it."""
        if not self._finishing:
            super()._start(job)

    def _tell(self, tell: Callable[[], object], *, is_awaited: bool) -> None:
        """Lets whoever awaits what was asked for first go on first.

        A coroutine goes on in the next turn of the loop, and so a handler is called there: a save
        that was confirmed before an earlier reading is shown would seem to be undone by it.
        """
        if is_awaited or (loop := _running_loop()) is None:
            tell()
        else:
            loop.call_soon(tell)

    def call(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Runs ``work`` for whoever awaits it, who is cancelled once ``finish`` was called."""
        ended = super().call(work)
        if self._finishing:
            ended.cancel()
        return ended

    async def settled(self) -> None:
        """Has what was typed saved, and waits until all that was asked for is done.

        Whoever reads the database beside this thread, such as a call of a model, awaits this
        first: it would be told what the author has changed since.
        """
        self.settling.emit()
        await self.call(lambda: None)

    def finish(self, milliseconds: int = 5000) -> bool:
        """Waits until everything asked for is done; false when that took too long.

        Handlers are called only if the event loop runs meanwhile; what they ask for is not done.
        """
        self._finishing = True
        return self.wait(milliseconds)


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
