"""Wires the backups: the daily one, and restoring one from the menu."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QObject, Signal, Slot

from arboris_desktop.background.backup_keeper import BackupKeeper
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.ui.backups.restore_dialog import RestoreDialog
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.widgets.dialogs import ask
from arboris_desktop.ui.work.coroutines import Coroutines


class BackupDesk(QObject):
    """Asks which backup to restore. Restoring itself needs the database closed: see ``app``."""

    failed = Signal(object)
    """An exception that the author should be told about."""

    restore_decided = Signal(object)
    """The path of the backup that is to take the place of the database."""

    def __init__(self, window: MainWindow, backups: Backups) -> None:
        super().__init__(window)
        self._window = window
        self._backups = backups
        self._dialogs = Coroutines(self.failed.emit)
        self._keeper = BackupKeeper(backups, self)
        self._keeper.failed.connect(self.failed)
        window.actions_.restore_backup.triggered.connect(self.open)

    def start(self) -> None:
        """Begins to look after the daily backup."""
        self._keeper.start()

    @Slot()
    def open(self) -> None:
        """Lets the author choose a backup."""
        self._dialogs.spawn(self._choose())

    async def _choose(self) -> None:
        backups = await asyncio.to_thread(self._backups.list)
        dialog = RestoreDialog(backups, self._backups.paths.backups, self._window)
        answer = asyncio.ensure_future(ask(dialog))
        try:
            for row, backup in enumerate(backups):
                contents = await asyncio.to_thread(self._backups.examine, backup)
                if answer.done():
                    break
                dialog.show_contents(row, contents)
            chosen = dialog.chosen() if await answer else None
        finally:
            answer.cancel()
            dialog.deleteLater()
        if chosen is not None:
            self.restore_decided.emit(chosen)

    async def stop(self) -> None:
        """Closes the dialog and waits for a backup that is being made."""
        await self._dialogs.stop()
        self._keeper.stop_timers()
        await asyncio.to_thread(self._keeper.stop)
