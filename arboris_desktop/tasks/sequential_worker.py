"""The queue worked one task at a time by whoever waits for it: without a window, and without Qt."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime

from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.tasks import AnalysisStep, AnalysisTask
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.tasks.worker import AnalysisWorker

log = logging.getLogger(__name__)

LOOK_SECONDS = 2.0
"""The longest wait when nothing is due: another process may be at work."""

_LEAST_SECONDS = 0.05


class SequentialWorker:
    """Works tasks when it is asked to; between two calls, nothing runs.

    ``look_after`` is awaited with the novel of each chapter that was analysed; a failure of it is
    for the log only, since the next chapter tries again.
    """

    def __init__(
        self,
        queue: AnalysisQueue,
        worker: AnalysisWorker,
        tell: Callable[[TaskOutcome], None] = lambda _outcome: None,
        look_after: Callable[[str], Awaitable[object]] | None = None,
    ) -> None:
        self._queue = queue
        self._worker = worker
        self._tell = tell
        self._look_after = look_after

    async def work_one(self) -> bool:
        """Works the next task that is due to its end; false, a moment later, when none is.

        Cancel to stop: the task goes back into the queue. Raises ``StorageError``.
        """
        task = await asyncio.to_thread(self._claim)
        if task is None:
            await asyncio.sleep(await asyncio.to_thread(self._seconds_to_next))
            return False
        outcome = await self._work(task)
        self._tell(outcome)
        if self._look_after is not None and outcome.kind is OutcomeKind.COMPLETED:
            try:
                await self._look_after(task.project_id)
            except ArborisError as error:
                log.warning("what novel %s needs waits: %s", task.project_id, error)
        return True

    async def until_idle(self) -> None:
        """Works until nothing waits and nothing runs, in any process. Ends at once when the author
        has paused the queue."""
        while not await asyncio.to_thread(self._is_done):
            await self.work_one()

    def _is_done(self) -> bool:
        return self._queue.is_idle() or self._queue.is_paused()

    def _claim(self) -> AnalysisTask | None:
        self._queue.recover_abandoned()
        return self._queue.claim_next()

    def _seconds_to_next(self) -> float:
        due = self._queue.next_due_at()
        if due is None:
            return LOOK_SECONDS
        seconds = (due - datetime.now(UTC)).total_seconds()
        return min(max(seconds, _LEAST_SECONDS), LOOK_SECONDS)

    async def _work(self, task: AnalysisTask) -> TaskOutcome:
        stop = threading.Event()
        running = asyncio.ensure_future(
            asyncio.to_thread(self._worker.run, task, stop, _watch_no_step)
        )
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            stop.set()
            await asyncio.wait({running})
            raise


def _watch_no_step(_task_id: int, _step: AnalysisStep) -> None:
    """Ignores a step: who waits for a task's end does not look at them."""
