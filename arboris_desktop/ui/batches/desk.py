"""Wires batches: the dialog that starts one, and the bar that shows how far it is."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QDialog

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.tasks import AnalysisBatch, BatchEstimate
from arboris_desktop.tasks.batches import BatchChoice, Batches
from arboris_desktop.ui.batches.dialog import BatchDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.ui.work.coroutines import Coroutines
from arboris_desktop.writing.novels import NovelContents


class BatchDesk(QObject):
    """Starts, shows and ends batches as the author wants."""

    changed = Signal()
    """Tasks were queued, held, freed or cancelled."""

    failed = Signal(object)
    """An exception that the author should be told about."""

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
        self._dialogs = Coroutines(self.failed.emit)
        self._dialog: BatchDialog | None = None
        self._bar = window.task_panel.batch_bar
        window.actions_.analyse_many.triggered.connect(self.open)
        self._bar.pause_requested.connect(lambda batch: self._change(self._batches.pause, batch))
        self._bar.resume_requested.connect(lambda batch: self._change(self._batches.resume, batch))
        self._bar.cancel_requested.connect(lambda batch: self._change(self._batches.cancel, batch))

    @Slot()
    def refresh(self) -> None:
        """Shows how far the newest open batch is."""
        self._operations.run(
            lambda: self._batches.list(open_only=True), self._show, self.failed.emit
        )

    def _show(self, batches: list[AnalysisBatch]) -> None:
        self._bar.show_batch(batches[0] if batches else None)

    @Slot()
    def open(self) -> None:
        """Lets the author choose chapters of the open novel."""
        contents = self._contents()
        if contents is not None and contents.chapters:
            self._window.chapter_view.flush_edits()
            self._dialogs.spawn(self._choose(contents))

    def offer(self, project_id: str, numbers: Sequence[int]) -> None:
        """Asks whether chapters that were just added are to be analysed; no others are."""
        contents = self._contents()
        if contents is not None and contents.project.id == project_id and numbers:
            self._dialogs.spawn(self._choose(contents, numbers[0], numbers[-1]))

    async def _choose(self, contents: NovelContents, first: int = 1, last: int = 0) -> None:
        last = last or contents.chapters[-1].number
        project = contents.project
        dialog = BatchDialog(project.id, project.title, last, self._window, first)
        dialog.estimate_wanted.connect(self._estimate)
        self._dialog = dialog
        try:
            accepted = await ask(dialog) == QDialog.DialogCode.Accepted.value
            choice = dialog.choice()
        finally:
            self._dialog = None
            dialog.deleteLater()
        if accepted:
            self._run(lambda: self._batches.start(choice))

    @Slot(object)
    def _estimate(self, choice: BatchChoice) -> None:
        self._operations.run(
            lambda: self._batches.estimate(choice),
            lambda estimate: self._show_estimate(choice, estimate),
            self.failed.emit,
        )

    def _show_estimate(self, choice: BatchChoice, estimate: BatchEstimate) -> None:
        if self._dialog is not None:
            self._dialog.show_estimate(choice, estimate)

    def _change(self, change: Callable[[int], None], batch_id: int) -> None:
        self._run(lambda: change(batch_id))

    def _run(self, work: Callable[[], object]) -> None:
        self._operations.run(work, lambda _result: self._changed(), self.failed.emit)

    def _changed(self) -> None:
        self.refresh()
        self.changed.emit()

    async def stop(self) -> None:
        """Closes the dialog without starting anything."""
        await self._dialogs.stop()
