"""Wires what a novel's file brought to the author's decisions about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal, Slot

from arboris_desktop.domain.instructions import Arrivals, Instruction
from arboris_desktop.exchange.arriving import Arriving
from arboris_desktop.ui.arrivals.dialog import InstructionsAnswer, InstructionsDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import ask


class ArrivalDesk(NovelDesk):
    """Shows the bar for the novel that is open, and after an import what there is to accept."""

    tasks_changed = Signal()
    """Analyses that rested were queued or given up."""

    def __init__(self, window: MainWindow, arriving: Arriving) -> None:
        super().__init__(window)
        self._window = window
        self._bar = window.arrival_bar
        self._arriving = arriving
        self._just_imported = ""
        self._bar.analyse_requested.connect(lambda: self._decide_on_tasks(arriving.analyse))
        self._bar.leave_requested.connect(lambda: self._decide_on_tasks(arriving.leave))
        self._bar.instructions_requested.connect(self._look)

    @Slot(str)
    def note_import(self, project_id: str) -> None:
        """A novel has just come from a file: its instructions are shown when it opens."""
        self._just_imported = project_id

    @Slot()
    def refresh(self) -> None:
        """Reads anew what waits for a decision."""
        if (novel := self._novel) is not None:
            novel.run(
                lambda: self._arriving.of(novel.id), lambda arrivals: self._show(novel, arrivals)
            )

    def end_novel(self) -> None:
        """Shows nothing of it any more."""
        super().end_novel()
        self._bar.show_arrivals(Arrivals())

    def _show(self, novel: OpenNovel, arrivals: Arrivals) -> None:
        self._bar.show_arrivals(arrivals)
        if novel.id == self._just_imported:
            self._just_imported = ""
            if arrivals.instructions:
                novel.spawn(self._ask(novel, arrivals.instructions))

    @Slot()
    def _look(self) -> None:
        novel, instructions = self._novel, self._bar.arrivals.instructions
        if novel is not None and instructions:
            novel.spawn(self._ask(novel, instructions))

    async def _ask(self, novel: OpenNovel, instructions: tuple[Instruction, ...]) -> None:
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
            novel.run(lambda: decide(novel.id), lambda _none: self.refresh())

    def _decide_on_tasks(self, decide: Callable[[str], int]) -> None:
        if (novel := self._novel) is not None:
            novel.run(lambda: decide(novel.id), self._decided)

    def _decided(self, _count: int) -> None:
        self.refresh()
        self.tasks_changed.emit()
