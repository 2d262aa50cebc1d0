"""Connects batches: the dialog that starts one, and the bar with its progress."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.batches import AnalysisBatch
from arboris_desktop.tasks.batches import BatchChoice, Batches
from arboris_desktop.ui.frame.side_panel import Panel
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import answered
from arboris_desktop.ui.work.desk import Desk, spawned
from arboris_desktop.writing.novels import NovelContents

if TYPE_CHECKING:
    from arboris_desktop.ui.batches.bar import BatchBar
    from arboris_desktop.ui.batches.dialog import BatchDialog


class BatchDesk(Desk):
    """Starts, shows and ends batches."""

    changed = Signal()
    """Tasks were queued, held, released or cancelled."""

    def __init__(
        self,
        window: MainWindow,
        batches: Batches,
        operations: Operations,
        contents: Callable[[], NovelContents | None],
    ) -> None:
        super().__init__(window)
        self._window = window
        self._batches = batches
        self._operations = operations
        self._contents = contents
        self._bar: BatchBar | None = None
        self._newest_batch: AnalysisBatch | None = None
        window.actions_.analyse_many.triggered.connect(self.open)
        window.side.when_made(Panel.ACTIVITY, lambda panel: self._join(panel.batch_bar))

    def _join(self, bar: BatchBar) -> None:
        self._bar = bar
        bar.pause_requested.connect(lambda batch: self._change(self._batches.pause, batch))
        bar.resume_requested.connect(lambda batch: self._change(self._batches.resume, batch))
        bar.cancel_requested.connect(lambda batch: self._change(self._batches.cancel, batch))
        bar.show_batch(self._newest_batch)

    @spawned
    async def refresh(self) -> None:
        """Shows the progress of the newest open batch."""
        batches = await self._operations.call(lambda: self._batches.list(open_only=True))
        self._newest_batch = batches[0] if batches else None
        if self._bar is not None:
            self._bar.show_batch(self._newest_batch)

    @Slot()
    def open(self) -> None:
        """Lets the author choose chapters of the open novel."""
        contents = self._contents()
        if contents is not None and contents.chapters:
            self._window.flush_edits()
            self.spawn(self._choose(contents))

    def offer(self, project_id: str, numbers: Sequence[int]) -> None:
        """Asks whether chapters that were just added are to be analysed."""
        contents = self._contents()
        if contents is not None and contents.project.id == project_id and numbers:
            self.spawn(self._choose(contents, (numbers[0], numbers[-1])))

    async def _choose(self, contents: NovelContents, chosen: tuple[int, int] | None = None) -> None:
        from arboris_desktop.ui.batches.dialog import BatchDialog

        project, chapters = contents.project, contents.chapters
        dialog = BatchDialog(project.id, project.title, chapters, self._window, chosen)
        dialog.estimate_wanted.connect(
            lambda choice: self.spawn_newest("estimate", self._estimate(dialog, choice))
        )
        try:
            choice = await answered(dialog, BatchDialog.choice)
        finally:
            self.drop("estimate")
        if choice is not None:
            self._change(self._batches.start, choice)

    async def _estimate(self, dialog: BatchDialog, choice: BatchChoice) -> None:
        estimate = await self._operations.call(lambda: self._batches.estimate(choice))
        dialog.show_estimate(choice, estimate)

    @spawned
    async def _change(self, change: Callable[[Any], object], of: int | BatchChoice) -> None:
        await self._operations.call(lambda: change(of))
        self.refresh()
        self.changed.emit()
