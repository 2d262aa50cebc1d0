"""Connects the arrivals of a novel file to the author's decisions about them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from arboris_desktop.domain.instructions import Arrivals
from arboris_desktop.exchange.arriving import Arriving
from arboris_desktop.ui.arrivals.dialog import InstructionsAnswer, InstructionsDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.changes import Changes
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel, once_of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import ask


class ArrivalDesk(NovelDesk):
    """Shows the bar for the open novel, and what there is to accept after an import.

    ``take_import`` returns once whether a novel has just been imported.
    """

    shows = Changes(others=True)

    tasks_changed = Signal()
    """Resting analyses were queued or cancelled."""

    def __init__(
        self, window: MainWindow, arriving: Arriving, take_import: Callable[[str], bool]
    ) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.arrival_bar
        self._arriving = arriving
        self._take_import = take_import
        self._bar.analyse_requested.connect(lambda: self._decide_on_tasks(arriving.analyse))
        self._bar.leave_requested.connect(lambda: self._decide_on_tasks(arriving.leave))
        self._bar.instructions_requested.connect(self._look)

    @of_novel
    async def refresh(self, novel: OpenNovel) -> None:
        """Reads what waits for a decision."""
        arrivals = await novel.call(lambda: self._arriving.of(novel.id))
        self._bar.show_arrivals(arrivals)
        if self._take_import(novel.id):
            self._look()

    def end_novel(self) -> None:
        """Shows nothing any more."""
        super().end_novel()
        self._bar.show_arrivals(Arrivals())

    @once_of_novel
    async def _look(self, novel: OpenNovel) -> None:
        instructions = self._bar.arrivals.instructions
        if not instructions:
            return
        dialog = InstructionsDialog(instructions, self._window)
        try:
            answer = await ask(dialog)
        finally:
            dialog.deleteLater()
        decisions = {
            InstructionsAnswer.USE.value: self._arriving.accept_instructions,
            InstructionsAnswer.DISCARD.value: self._arriving.discard_instructions,
        }
        if (decide := decisions.get(answer)) is not None:
            await novel.call(lambda: decide(novel.id))
            self.refresh()

    @of_novel
    async def _decide_on_tasks(self, novel: OpenNovel, decide: Callable[[str], int]) -> None:
        await novel.call(lambda: decide(novel.id))
        self.refresh()
        self.tasks_changed.emit()
