"""Connects the backups: the daily one, one on request, and restoring one from the menu."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot

from arboris_desktop.background.backup_keeper import BackupKeeper
from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.backups import Backup
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.dialogs import answered
from arboris_desktop.ui.work.desk import Desk, spawned_once

if TYPE_CHECKING:
    from arboris_desktop.ui.backups.restore_dialog import RestoreDialog


class BackupDesk(Desk):
    """Makes backups on request, and asks which one to restore.

    Restoring itself needs the database closed: see ``app``. A library on a server is backed up
    there, and nothing of this is offered.
    """

    restore_decided = Signal(object)
    """The path of the backup that is to replace the database."""

    def __init__(self, window: MainWindow, backups: Backups, operations: Operations) -> None:
        super().__init__(window)
        self._window = window
        self._backups = backups
        self._operations = operations
        self._keeper = BackupKeeper(backups, self)
        self._keeper.failed.connect(self.failed)
        self._is_offered = backups.paths.server is None
        window.actions_.back_up.triggered.connect(self.back_up)
        window.actions_.restore_backup.triggered.connect(self.open)
        for action in (window.actions_.back_up, window.actions_.restore_backup):
            action.setVisible(self._is_offered)

    def start(self) -> None:
        """Starts the daily backup."""
        if self._is_offered:
            self._keeper.start()

    @Slot()
    def back_up(self) -> None:
        """Makes a backup at once, including everything typed so far."""
        self._window.actions_.back_up.setEnabled(False)
        self.spawn(self._back_up())

    async def _back_up(self) -> None:
        try:
            edits = self._window.findChildren(TypedEdits)
            for each in edits:
                each.flush()
            # The saves have been requested by now and run in order.
            await self._operations.call(lambda: None)
            is_whole = not any(each.is_any_pending for each in edits)
            made = await self._keeper.make_now()
            self._tell(made, is_whole=is_whole)
        finally:
            self._window.actions_.back_up.setEnabled(True)

    def _tell(self, made: Path, *, is_whole: bool) -> None:
        words = self.tr("Backed up: {file}, {size}.").format(
            file=made.name, size=QLocale().formattedDataSize(made.stat().st_size)
        )
        if not is_whole:
            words += " " + self.tr("Your last changes are not in it: they are not saved yet.")
        self._window.tell(words)

    @spawned_once
    async def open(self) -> None:
        """Lets the author choose a backup."""
        from arboris_desktop.ui.backups.restore_dialog import RestoreDialog

        backups = await self.in_background(self._backups.list)
        dialog = RestoreDialog(backups, self._backups.paths.backups, self._window)
        examining = self.spawn(self._examine(dialog, backups))
        try:
            chosen = await answered(dialog, RestoreDialog.chosen)
        finally:
            examining.cancel()
        if chosen is not None:
            self.restore_decided.emit(chosen)

    async def _examine(self, dialog: RestoreDialog, backups: list[Backup]) -> None:
        for row, backup in enumerate(backups):
            dialog.show_contents(
                row, await self.in_background(partial(self._backups.examine, backup))
            )

    async def stop(self) -> None:
        """Closes the dialog and waits for a running backup."""
        await super().stop()
        self._keeper.stop_timers()
        await self.in_background(self._keeper.stop)
