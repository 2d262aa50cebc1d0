"""Connects the tasks: the processor, the task panel, notifications and the queue's banner."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.notifier import Notifier
from arboris_desktop.background.operations import Operations
from arboris_desktop.background.processor import Processor
from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts
from arboris_desktop.tasks.breaker import Circuit, CircuitState
from arboris_desktop.tasks.inbox import Inbox
from arboris_desktop.tasks.outcome import TaskOutcome
from arboris_desktop.tasks.queue import AnalysisQueue
from arboris_desktop.ui.batches.desk import BatchDesk
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import EVERYTHING, Changes
from arboris_desktop.ui.work.desk import Desk, spawned

if TYPE_CHECKING:
    from arboris_desktop.ui.tasks.panel import TaskPanel
    from arboris_desktop.ui.tasks.strip import ActivityStrip

SHOWN_TASKS = 200


class TaskDesk(Desk):
    """Shows what the processor does, and passes on the author's commands."""

    chapter_requested = Signal(str, int)
    """Project and chapter that the author wants to see."""

    novel_changed = Signal(object)
    """The ``Changes`` that tasks may have made to the open novel."""

    counts_changed = Signal(object)
    """The ``QueueCounts`` of the whole queue."""

    def __init__(
        self,
        window: MainWindow,
        queue: AnalysisQueue,
        inbox: Inbox,
        processor: Processor,
        notifier: Notifier,
        operations: Operations,
        batches: BatchDesk,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._panel: TaskPanel | None = None
        self._tasks: tuple[Sequence[AnalysisTask], QueueCounts] | None = None
        self._news: tuple[Sequence[Notification], int] | None = None
        self._strip = window.activity_strip
        self._queue = queue
        self._inbox = inbox
        self._processor = processor
        self._notifier = notifier
        self._operations = operations
        self._batches = batches
        self._connect_processor()
        self._connect_panels()

    def _connect_processor(self) -> None:
        processor = self._processor
        processor.task_started.connect(self.refresh)
        processor.task_started.connect(lambda _: self.novel_changed.emit(Changes(tasks=True)))
        processor.step_started.connect(self.refresh)
        processor.task_finished.connect(self._on_finished)
        processor.paused_changed.connect(self._show_paused)
        processor.circuit_changed.connect(self._show_circuit)
        for news in (processor.changed_elsewhere, processor.recovered):
            news.connect(self._look_around)

    def _connect_panels(self) -> None:
        window = self._window
        self._join(self._strip)
        self._strip.resume_requested.connect(lambda: self.set_paused(False))
        self._strip.opened.connect(window.show_tasks)
        window.side.when_made(Panel.ACTIVITY, self._join_panel)
        window.project_tree.analyse_requested.connect(self.analyse)
        window.actions_.analyse.triggered.connect(self._analyse_shown)
        window.actions_.pause_queue.toggled.connect(self.set_paused)
        window.queue_banner.try_again_requested.connect(self._processor.try_now)
        self._notifier.unread_changed.connect(self._read_notifications)
        self._notifier.clicked.connect(self.open_notification)
        self._batches.changed.connect(self.look_again)
        self._batches.failed.connect(self.failed)

    def _join(self, source: TaskPanel | ActivityStrip) -> None:
        source.retry_requested.connect(self.retry)
        source.cancel_requested.connect(self.cancel)

    def _join_panel(self, panel: TaskPanel) -> None:
        """The author looks at the panel for the first time, and sees what was read last."""
        self._panel = panel
        self._join(panel)
        panel.priority_changed.connect(self.set_priority)
        panel.pause_toggled.connect(self.set_paused)
        panel.details_requested.connect(self._show_failures)
        panel.chapter_requested.connect(self.chapter_requested)
        panel.read.connect(self._mark_these_read)
        panel.mark_all_read_requested.connect(self._mark_all_read)
        panel.analysis_requested.connect(self._window.actions_.analyse_many.trigger)
        panel.show_paused(self._processor.is_paused)
        self._fill_panel()

    def _fill_panel(self) -> None:
        if self._panel is not None and self._tasks is not None:
            self._panel.show_tasks(*self._tasks)
        if self._panel is not None and self._news is not None:
            self._panel.show_notifications(*self._news)

    def start(self) -> None:
        """Shows the queue and starts the processor."""
        self.refresh()
        self._show_paused(self._processor.is_paused)
        self._notifier.start()
        self._processor.start()

    @Slot()
    def refresh(self) -> None:
        """Reads tasks and counts again."""
        self._read()
        self._batches.refresh()

    @spawned
    async def _read(self) -> None:
        tasks, counts = await self._operations.call(
            lambda: (self._queue.recent(limit=SHOWN_TASKS), self._queue.counts())
        )
        self._explain_banner(tasks)
        self._tasks = tasks, counts
        if self._panel is not None:
            self._panel.show_tasks(tasks, counts)
        self._strip.show_tasks(tasks, counts)
        self._window.activity_button.show_count(counts.unfinished + counts.failed)
        self.counts_changed.emit(counts)

    @Slot()
    def _look_around(self) -> None:
        """Shows what another process may have done to the queue."""
        self.refresh()
        self._notifier.check()

    @Slot(object)
    def _on_finished(self, outcome: TaskOutcome) -> None:
        self.refresh()
        self._notifier.check()
        self.novel_changed.emit(Changes(tasks=True, codex=True))

    @Slot(bool)
    def _show_paused(self, paused: bool) -> None:
        if self._panel is not None:
            self._panel.show_paused(paused)
        self._strip.show_paused(paused)
        action = self._window.actions_.pause_queue
        action.blockSignals(True)
        action.setChecked(paused)
        action.blockSignals(False)

    @Slot(object)
    def _show_circuit(self, circuit: Circuit) -> None:
        banner = self._window.queue_banner
        if circuit.reason is None:
            banner.clear()
        elif circuit.state is CircuitState.HALF_OPEN:
            banner.show_trying()
        else:
            banner.show_error(circuit.reason, circuit.seconds_to_probe)
            self.refresh()

    def _explain_banner(self, tasks: Sequence[AnalysisTask]) -> None:
        """Shows the message of the newest task with the failure for which the queue waits."""
        banner = self._window.queue_banner
        if (kind := banner.kind) is None:
            return
        failed = [task for task in tasks if task.error_type == kind and task.error_message]
        newest = max(failed, key=lambda task: task.updated_at, default=None)
        banner.show_detail("" if newest is None else str(newest.error_message))

    # --- what the author wants of a task ---

    @Slot(int)
    def retry(self, task_id: int) -> None:
        """Queues a failed or cancelled task again."""
        self._change(lambda: self._queue.retry(task_id))

    @Slot(int)
    def cancel(self, task_id: int) -> None:
        """Cancels a waiting or running task."""
        # The row first: a worker that stopped before it would return the task to the queue.
        stop = partial(self._processor.stop_running, task_id)
        self._change(lambda: self._queue.cancel(task_id), stop)

    @Slot(int, int)
    def set_priority(self, task_id: int, priority: int) -> None:
        """Changes the priority of a waiting task."""
        self._change(lambda: self._queue.set_priority(task_id, priority))

    @Slot(int)
    def analyse(self, chapter_id: int) -> None:
        """Queues a chapter's present text."""
        self._change(lambda: self._queue.add_chapter(chapter_id))

    @Slot()
    def _analyse_shown(self) -> None:
        self._window.flush_edits()
        chapters = self._window.chapter_parts.made
        if chapters and (chapter_id := chapters.view.chapter_id) is not None:
            self.analyse(chapter_id)

    @spawned
    async def _change(
        self, work: Callable[[], object], then: Callable[[], object] = lambda: None
    ) -> None:
        try:
            await self._operations.call(work)
            then()
        finally:
            # What was refused has changed elsewhere, and is not what is shown.
            self._changed()

    def _changed(self) -> None:
        self.refresh()
        self._processor.wake()

    @Slot()
    def look_again(self) -> None:
        """Shows and starts what was queued, held or cancelled elsewhere in the window."""
        self.refresh()
        self._processor.look_now()
        self.novel_changed.emit(EVERYTHING)

    @Slot(bool)
    def set_paused(self, paused: bool) -> None:
        """Pauses the queue, or resumes it."""
        if paused != self._processor.is_paused:
            if paused:
                self._processor.pause()
            else:
                self._processor.resume()

    @spawned
    async def _show_failures(self, task_id: int) -> None:
        failures = await self._operations.call(lambda: self._queue.failures(task_id))
        if self._panel is not None:
            self._panel.show_failures(task_id, failures)

    # --- notifications ---

    @spawned
    async def _read_notifications(self) -> None:
        found, unread = await self._operations.call(
            lambda: (self._inbox.list(), self._inbox.unread_count())
        )
        self._news = found, unread
        if self._panel is not None:
            self._panel.show_notifications(found, unread)

    @Slot(object)
    def open_notification(self, notification: Notification) -> None:
        """Marks it as read and shows its chapter."""
        self._mark_read(lambda: self._inbox.mark_read(notification.id))
        self.chapter_requested.emit(notification.project_id, notification.chapter_id)

    @Slot()
    def _mark_all_read(self) -> None:
        self._mark_read(self._inbox.mark_all_read)

    @Slot(object)
    def _mark_these_read(self, notification_ids: Sequence[int]) -> None:
        self._mark_read(lambda: list(map(self._inbox.mark_read, notification_ids)))

    @spawned
    async def _mark_read(self, mark: Callable[[], object]) -> None:
        await self._operations.call(mark)
        self._notifier.check()

    def offer_analysis(self, project_id: str, numbers: Sequence[int]) -> None:
        """Asks whether chapters that were just added should be analysed."""
        if numbers:
            self._batches.offer(project_id, numbers)

    async def stop(self) -> None:
        """Closes what is open, without starting anything."""
        self._notifier.stop()
        await self._batches.stop()
        await super().stop()
