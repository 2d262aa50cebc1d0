"""Running slow work off the GUI thread, with the result back on it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, QRunnable, QThreadPool, Signal, Slot

Result = TypeVar("Result")
Handler = Callable[[Any], object]


class Operations(QObject):
    """Runs functions one after the other on a single thread: reads and writes of the database,
    imports, exports.

    One thread keeps them in the order they were asked for, so a save is never overtaken by the
    read that follows it.
    """

    _done = Signal(object)

    settling = Signal()
    """Somebody needs all that was typed to be stored: who has something unsaved asks for it to be
    saved before this returns."""

    failed = Signal(object)
    """An exception of an operation that had no handler of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._handlers: dict[int, tuple[Handler, Handler]] = {}
        self._next_id = 0
        self._finishing = False
        self._done.connect(self._deliver)

    def run(
        self,
        work: Callable[[], Result],
        on_success: Callable[[Result], object] = lambda _result: None,
        on_failure: Callable[[Exception], object] | None = None,
    ) -> None:
        """Runs ``work`` on the thread; one of the handlers is then called on the GUI thread.

        After ``finish`` the call does nothing: nobody would be left to hear of the result.
        """
        if self._finishing:
            return
        self._next_id += 1
        self._handlers[self._next_id] = (on_success, on_failure or self.failed.emit)
        self._pool.start(_Operation(self._next_id, work, self._done.emit))

    async def result(self, work: Callable[[], Result]) -> Result:
        """Waits for what ``run`` would hand over; raises what the work raised."""
        ended: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def succeed(result: Result) -> None:
            if not ended.done():
                ended.set_result(result)

        def fail(error: Exception) -> None:
            if not ended.done():
                ended.set_exception(error)

        if self._finishing:
            ended.cancel()
        self.run(work, succeed, fail)
        return await ended

    async def settled(self) -> None:
        """Has what was typed saved, and waits until all that was asked for is done.

        Whoever reads the database beside this thread, such as a call of a model, awaits this
        first: it would be told what the author has changed since.
        """
        self.settling.emit()
        await self.result(lambda: None)

    @Slot(object)
    def _deliver(self, finished: _Finished) -> None:
        on_success, on_failure = self._handlers.pop(finished.id)
        if finished.error is not None:
            on_failure(finished.error)
        else:
            on_success(finished.result)

    def finish(self, milliseconds: int = 5000) -> bool:
        """Waits until everything asked for is done; false when that took too long.

        Handlers are called only if the event loop runs meanwhile; what they ask for is not done.
        """
        self._finishing = True
        return self._pool.waitForDone(milliseconds)


class _Finished:
    def __init__(self, operation_id: int, result: object, error: Exception | None) -> None:
        self.id = operation_id
        self.result = result
        self.error = error


class _Operation(QRunnable):
    def __init__(
        self, operation_id: int, work: Callable[[], object], done: Callable[[_Finished], None]
    ) -> None:
        super().__init__()
        self._id = operation_id
        self._work = work
        self._done = done

    def run(self) -> None:
        try:
            finished = _Finished(self._id, self._work(), None)
        except Exception as error:
            # Whatever it was, the handler on the GUI thread reports it.
            finished = _Finished(self._id, None, error)
        self._done(finished)
