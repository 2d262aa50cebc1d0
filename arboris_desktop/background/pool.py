"""Running functions on threads, with the result back on the GUI thread."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QRunnable, QThreadPool, Signal, Slot

from arboris_desktop.domain.record import record

Result = TypeVar("Result")


class Pool(QObject):
    """Threads of its own: the global ones are shared, and torn down only when the process ends.

    It is made on the GUI thread and lives there. A job on a thread holds the function that it runs
    and one bound signal; handlers, and whatever they refer to, never leave the GUI thread.
    """

    _ended = Signal(object)

    failed = Signal(object)
    """An exception of a function that nobody awaits and that has no handler for it."""

    def __init__(self, threads: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._threads = QThreadPool(self)
        self.set_threads(threads)
        self._jobs: dict[int, Job] = {}
        self._next_id = 0
        self._ended.connect(self._deliver)

    @property
    def is_idle(self) -> bool:
        """True if nothing runs, waits, or is still to be told."""
        return not self._jobs

    def set_threads(self, count: int) -> None:
        """Takes another number of threads from now on."""
        self._threads.setMaxThreadCount(count)

    def run(
        self,
        work: Callable[[], Result],
        on_success: Callable[[Result], object] = lambda _result: None,
        on_failure: Callable[[Exception], object] | None = None,
    ) -> None:
        """Runs ``work`` on a thread; one of the handlers is then called on the GUI thread."""
        self._start(Job(work, on_success, on_failure or self.failed.emit))

    def call(self, work: Callable[[], Result]) -> asyncio.Future[Result]:
        """Runs ``work`` on a thread, from now on and not only when it is awaited.

        Whoever awaits it gets the result, or what the work raised. Should they be cancelled, the
        work goes on, and its failure is told by ``failed``.
        """
        ended: asyncio.Future[Result] = asyncio.get_running_loop().create_future()

        def succeed(result: Result) -> None:
            if not ended.done():
                ended.set_result(result)

        def fail(error: Exception) -> None:
            if ended.done():
                self.failed.emit(error)
            else:
                ended.set_exception(error)

        self._start(Job(work, succeed, fail, is_awaited=True))
        return ended

    def _start(self, job: Job) -> None:
        self._next_id += 1
        self._jobs[self._next_id] = job
        self._threads.start(_Runnable(self._next_id, job.work, self._ended.emit))

    def wait(self, milliseconds: int) -> bool:
        """Blocks until all is done; false when that took too long. Nothing is told meanwhile."""
        return self._threads.waitForDone(milliseconds)

    def tell_now(self) -> None:
        """Calls the handlers of what is done, without going through the event loop."""
        QCoreApplication.sendPostedEvents(self, QEvent.Type.MetaCall.value)

    @Slot(object)
    def _deliver(self, ended: _Ended) -> None:
        job = self._jobs.pop(ended.id)
        if ended.error is None:
            tell = partial(job.on_success, ended.result)
        else:
            tell = partial(job.on_failure, ended.error)
        self._tell(tell, is_awaited=job.is_awaited)

    def _tell(self, tell: Callable[[], object], *, is_awaited: bool) -> None:
        tell()


@record
class Job:
    work: Callable[[], Any]
    on_success: Callable[[Any], object]
    on_failure: Callable[[Exception], object]
    is_awaited: bool = False


@record
class _Ended:
    id: int
    result: Any
    error: Exception | None


class _Runnable(QRunnable):
    """Qt deletes it when it has run: nobody may keep a reference."""

    def __init__(
        self, job_id: int, work: Callable[[], object], tell: Callable[[_Ended], None]
    ) -> None:
        super().__init__()
        self._id = job_id
        self._work: Callable[[], object] | None = work
        self._tell = tell

    def run(self) -> None:
        """Called by the pool on one of its threads."""
        ended = self._attempt()
        # The last reference to the function, and so to all it holds, is the GUI thread's.
        self._work = None
        # A pool that is deleted waits for its threads, and has no ears for what these tell then.
        with suppress(RuntimeError):
            self._tell(ended)

    def _attempt(self) -> _Ended:
        assert self._work is not None
        try:
            return _Ended(self._id, self._work(), None)
        except Exception as error:
            # Whatever it was, the handler on the GUI thread reports it.
            return _Ended(self._id, None, error)
