"""Connects the auto-writer: the dialog that starts a run, its bar, and the work itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.auto_runs import AutoRun, AutoRunStatus, AutoStep, StopReason
from arboris_desktop.domain.settings import WritingSettings
from arboris_desktop.ui.auto.dialog import AutoDialog, with_room
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, answered
from arboris_desktop.writing.chapters.auto_events import AutoEvent, AutoProgress
from arboris_desktop.writing.chapters.auto_writer import AutoWriter
from arboris_desktop.writing.preferences import Preferences

_LOOK_SECONDS = 5.0
"""Seconds; another process may finish an analysis, so the queue is checked in any case."""

_BOUNDS = (StopReason.TOKENS, StopReason.COST, StopReason.TIME)


class AutoDesk(NovelDesk):
    """Runs the auto-writer of a novel; it continues while another novel is shown."""

    shows = Changes(outline=True, others=True)

    chapter_stored = Signal()
    """A chapter of the run is complete, and its analysis is queued."""

    chapter_grew = Signal(object)
    """An ``AutoText``: a chapter of the run is being written."""

    run_waits = Signal()
    """The run has stopped: it is done, or waits for the author."""

    def __init__(
        self,
        window: MainWindow,
        writer: AutoWriter,
        preferences: Preferences,
        operations: Operations,
        *,
        how_many: Callable[[], int],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._writer = writer
        self._preferences = preferences
        self._operations = operations
        self._how_many = how_many
        self._run: AutoRun | None = None
        self._working: AutoRun | None = None
        self._work: asyncio.Task[None] | None = None
        self._queue_event = asyncio.Event()
        bar = window.auto_bar
        bar.pause_requested.connect(self.pause)
        bar.continue_requested.connect(self.continue_run)
        bar.end_requested.connect(self.end)
        window.actions_.write_many.triggered.connect(self.open)

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Looks for an unfinished run of the novel, including one that a crash interrupted."""
        if self._is_working and self._working is not None:
            self._show(self._working)
        run = await novel.call(lambda: self._writer.waiting(novel.id))
        # An ended run stays until the author has closed it.
        if run is not None and not (self._is_working and self._shows_working):
            self._show(run)

    def end_novel(self) -> None:
        """Shows no run; a running one continues."""
        super().end_novel()
        self._run = None
        self._window.auto_bar.show_run(None)

    @Slot()
    def queue_changed(self) -> None:
        """Wakes a run that waits for a task."""
        self._queue_event.set()

    @Slot()
    def open(self) -> None:
        """Asks which chapters to write; if there is an unfinished run, shows it instead."""
        if self._novel is None:
            return
        if self._is_working:
            self._tell_of_run()
        elif self._run is not None and self._run.status is AutoRunStatus.PAUSED:
            self.continue_run()
        else:
            self._novel.spawn(self._begin(self._novel))

    def _tell_of_run(self) -> None:
        working = self._working
        if self._novel is None or working is None or working.project_id == self._novel.id:
            return
        self._window.tell(
            self.tr("Many chapters of another novel are being written. Pause or end that first.")
        )

    @Slot()
    def pause(self) -> None:
        """Stops the run and keeps the text so far; it can be resumed."""
        if self._work is not None and self._shows_working:
            self._work.cancel()

    @Slot()
    def continue_run(self) -> None:
        """Resumes the run; first asks for another bound if one was reached."""
        run, novel = self._run, self._novel
        if run is None or novel is None:
            return
        if self._is_working:
            self._tell_of_run()
        elif run.stop_reason in _BOUNDS:
            novel.spawn(self._ask_for_room(novel, run))
        else:
            self._begin_work(run)

    @Slot()
    def end(self) -> None:
        """Ends the run permanently."""
        if (run := self._run) is not None:
            self.spawn(self._end(run))

    @property
    def _is_working(self) -> bool:
        return self._work is not None and not self._work.done()

    @property
    def _shows_working(self) -> bool:
        """True if the running run belongs to the open novel."""
        run, working = self._run, self._working
        return run is not None and working is not None and run.id == working.id

    def _show(self, run: AutoRun) -> None:
        """Shows the state of a run, if it belongs to the open novel."""
        if self._novel is not None and run.project_id == self._novel.id:
            self._run = run
            self._window.auto_bar.show_run(run)

    async def _begin(self, novel: OpenNovel) -> None:
        settings = await self._settings()
        versions = await self._operations.call(self._how_many)
        planned = novel.contents.chapters
        unwritten = [c.number for c in planned if not c.is_written]
        next_chapter = unwritten[0] if unwritten else len(planned) + 1
        dialog = AutoDialog(
            next_chapter,
            planned,
            settings.words_in(novel.language),
            versions,
            parent=self._window,
        )
        if await agreed(dialog):
            (first, last), options = dialog.numbers(), dialog.options()
            self._begin_work(
                await self._operations.call(
                    lambda: self._writer.start(novel.id, first, last, options)
                )
            )

    async def _settings(self) -> WritingSettings:
        return await self._operations.call(lambda: self._preferences.get(WritingSettings))

    async def _ask_for_room(self, novel: OpenNovel, run: AutoRun) -> None:
        settings = await self._settings()
        dialog = AutoDialog(
            run.next_chapter,
            novel.contents.chapters,
            settings.words_in(novel.language),
            run.options.candidates,
            replace(run, options=with_room(run.options, run)),
            self._window,
        )
        if (options := await answered(dialog, AutoDialog.options)) is not None:
            self._begin_work(
                await self._operations.call(lambda: self._writer.change_options(run.id, options))
            )

    def _begin_work(self, run: AutoRun) -> None:
        self._working = replace(run, status=AutoRunStatus.RUNNING)
        self._show(self._working)
        self._work = self.spawn(self._work_on(run.id))

    async def _work_on(self, run_id: int) -> None:
        try:
            await self._operations.settled()
            self._show(await self._writer.work(run_id, self._wait_for_queue, self._tell))
        except asyncio.CancelledError:
            self._show(await self._operations.call(lambda: self._writer.run(run_id)))
            raise
        finally:
            self.run_waits.emit()
            self._tell_stored()

    async def _wait_for_queue(self) -> None:
        self._queue_event.clear()
        try:
            async with asyncio.timeout(_LOOK_SECONDS):
                await self._queue_event.wait()
        except TimeoutError:
            return

    def _tell(self, event: AutoEvent) -> None:
        if not isinstance(event, AutoProgress):
            self.chapter_grew.emit(event)
            return
        self._working = event.run
        if self._novel is not None and event.run.project_id == self._novel.id:
            self._run = event.run
            self._window.auto_bar.show_step(event.run, event.chapter, event.step)
        if event.step is AutoStep.STORED:
            self._tell_stored()

    def _tell_stored(self) -> None:
        self.chapter_stored.emit()
        self.changed.emit(
            Changes(outline=True, texts=True, tasks=True, codex=True, candidates=True)
        )

    async def _end(self, run: AutoRun) -> None:
        work = self._work
        if work is not None and not work.done() and self._shows_working:
            work.cancel()
            await asyncio.wait([work])
        await self._operations.call(lambda: self._writer.cancel(run.id))
        self._show(await self._operations.call(lambda: self._writer.run(run.id)))
