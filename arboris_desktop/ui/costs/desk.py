"""Connects the dialog of costs to the ledger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.costs import CostGrouping, CostPeriod
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.ui.costs.words import chapter_total
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.novels.novel_desk import NovelDesk, of_novel
from arboris_desktop.ui.novels.open_novel import OpenNovel
from arboris_desktop.ui.widgets.dialogs import agreed, chosen_file
from arboris_desktop.ui.widgets.file_dialog import dialog_to_save
from arboris_desktop.ui.work.desk import spawned_once
from arboris_desktop.writing.costs import Costs

if TYPE_CHECKING:
    from arboris_desktop.ui.costs.dialog import CostsDialog


class CostsDesk(NovelDesk):
    """Opens the dialog, reads what it requests off the GUI thread, and exports it."""

    limits_requested = Signal()

    def __init__(self, window: MainWindow, costs: Costs, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._costs = costs
        self._operations = operations
        window.actions_.costs.triggered.connect(self.open)

    @Slot(object)
    def show_chapter(self, chapter: ChapterOverview) -> None:
        """Shows the cost of the shown chapter below it."""
        self.refresh_chapter()

    @of_novel
    async def refresh_chapter(self, novel: OpenNovel) -> None:
        """Updates the cost of the shown chapter."""
        if (chapter := novel.chapter) is not None:
            row = await novel.call(lambda: self._costs.of_chapter(chapter.id))
            self._window.chapter_view.show_cost(chapter.id, lambda: chapter_total(row))

    @spawned_once
    async def open(self) -> None:
        """Opens the dialog."""
        # Imported when it is first shown.
        from arboris_desktop.ui.costs.dialog import CostsDialog

        novel = self._novel if self._window.is_in_studio else None
        dialog = CostsDialog(novel.contents.project.title if novel else "", self._window)
        project_id = novel.id if novel else None
        dialog.limits_requested.connect(self.limits_requested)
        dialog.export_requested.connect(lambda: self.spawn(self._export(dialog)))
        dialog.asked.connect(
            lambda period, grouping, only: self.spawn_newest(
                "report", self._read(dialog, period, grouping, project_id if only else None)
            )
        )
        dialog.ask()
        try:
            await agreed(dialog)
        finally:
            self.drop("report")

    async def _read(
        self,
        dialog: CostsDialog,
        period: CostPeriod,
        grouping: CostGrouping,
        project_id: str | None,
    ) -> None:
        report = await self._operations.call(
            lambda: self._costs.report(period, grouping, project_id)
        )
        dialog.show_report(report)

    async def _export(self, dialog: CostsDialog) -> None:
        from arboris_desktop.exchange.cost_table import write_cost_table

        headings, rows = dialog.table()
        chooser = dialog_to_save(
            dialog,
            self.tr("Export the costs"),
            self.tr("Tables for spreadsheets (*.csv)"),
            "csv",
        )
        if (path := await chosen_file(chooser)) is not None:
            await self._operations.call(lambda: write_cost_table(path, headings, rows))
