"""Looks after a novel when a chapter was analysed: the index, the summaries, the rules."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Callable, Coroutine, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.pool import Pool
from arboris_desktop.domain.errors import ArborisError
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.tasks.outcome import OutcomeKind, TaskOutcome
from arboris_desktop.tasks.supervision import LOOK_SECONDS

if TYPE_CHECKING:
    from arboris_desktop.writing.search import Search

log = logging.getLogger(__name__)

STOP_MILLISECONDS = 5000


Care = Callable[[str], Coroutine[Any, Any, object]]
"""Care that asks a model for a novel, given its id; does nothing when there is nothing to do."""


class StoryKeeper(QObject):
    """Works after each analysis, one novel at a time, on a thread of its own.

    A failure is for the log only: the next analysis tries again. ``cares`` are done one after the
    other; ``may_ask`` says whether a model may be asked now; without it, only the index is kept.
    """

    refreshed = Signal(str)
    """The novel that was looked after."""

    def __init__(
        self,
        search: Search,
        cares: Sequence[Care],
        may_ask: Callable[[], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._search = search
        self._cares = cares
        self._may_ask = may_ask
        self._stop = threading.Event()
        self._novels: dict[int, str] = {}
        self._waiting: list[str] = []
        self._is_running = False
        self._pool = Pool(1, self)

    @property
    def is_idle(self) -> bool:
        """True if no novel is looked after, and none waits for it."""
        return not self._is_running and not self._waiting

    @Slot(object)
    def note_task(self, task: AnalysisTask) -> None:
        """Remembers the novel of a task that was begun."""
        self._novels[task.id] = task.project_id

    @Slot(object)
    def on_finished(self, outcome: TaskOutcome) -> None:
        """A task has ended; if it was completed, its novel is looked after."""
        project_id = self._novels.pop(outcome.task_id, None)
        if project_id is not None and outcome.kind is OutcomeKind.COMPLETED:
            self.refresh(project_id)

    @Slot(str)
    def refresh(self, project_id: str) -> None:
        """Looks after a novel soon; asked for again meanwhile, it is once more."""
        if project_id not in self._waiting and not self._stop.is_set():
            self._waiting.append(project_id)
            self._begin()

    @Slot(str)
    def index(self, project_id: str) -> None:
        """Brings the index of a novel up to date soon; no model is asked."""
        if not self._stop.is_set():
            self._pool.run(
                lambda: self._search.refresh(project_id, self._stop.is_set),
                # Whoever searches next brings it up to date, or is told.
                on_failure=lambda error: log.warning("an index waits: %s", error),
            )

    def _begin(self) -> None:
        if self._is_running or not self._waiting:
            return
        self._is_running = True
        project_id = self._waiting.pop(0)
        cares = self._cares if self._may_ask() else ()
        self._pool.run(
            lambda: self._look_after(project_id, cares),
            lambda _none: self._on_ended(project_id),
            lambda error: self._on_failure(project_id, error),
        )

    def _look_after(self, project_id: str, cares: Sequence[Care]) -> None:
        """Runs on the pool."""
        self._search.refresh(project_id, self._stop.is_set)
        for care in cares:
            if self._stop.is_set():
                break
            with asyncio.Runner() as runner:
                runner.run(_until_stopped(care(project_id), self._stop))

    def _on_failure(self, project_id: str, error: Exception) -> None:
        defect = None if isinstance(error, ArborisError) else error
        log.warning("what %s needs waits: %s", project_id, error, exc_info=defect)
        self._on_ended(project_id)

    def _on_ended(self, project_id: str) -> None:
        self._is_running = False
        self.refreshed.emit(project_id)
        self._begin()

    def stop(self) -> bool:
        """Stops within a second what runs; false when it overran. What was made stays. Blocks."""
        self._stop.set()
        self._waiting.clear()
        return self._pool.wait(STOP_MILLISECONDS)


async def _until_stopped(work: Coroutine[Any, Any, object], stop: threading.Event) -> None:
    """Runs the work to its end, or until the flag is set."""
    task = asyncio.ensure_future(work)
    while not task.done():
        if stop.is_set():
            task.cancel()
        await asyncio.wait([task], timeout=LOOK_SECONDS)
    if not task.cancelled():
        task.result()
