"""Connects the backups: the daily one, one on request, and restoring one from the menu."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, Signal, Slot

from arboris_desktop.background.backup_keeper import BackupKeeper
from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.backups import Backup
from arboris_desktop.domain.errors import ArborisError, ErrorKind, StorageError
from arboris_desktop.exchange.backups import Backups
from arboris_desktop.ui.main_window import MainWindow
from arboris_desktop.ui.typed_edits import TypedEdits
from arboris_desktop.ui.widgets.dialogs import answered, is_told, show_error
from arboris_desktop.ui.wording import words_of
from arboris_desktop.ui.work.desk import Desk, spawned_once

if TYPE_CHECKING:
    from arboris_desktop.ui.backups.restore_dialog import RestoreDialog

log = logging.getLogger(__name__)

_OF_THE_DISK = (
    ErrorKind.DISK_FULL,
    ErrorKind.DISK_ERROR,
    ErrorKind.FILE_SIZE_LIMIT,
    ErrorKind.FILE_UNWRITABLE,
    ErrorKind.DATABASE_READ_ONLY,
)
"""Faults of the place where backups go; others are those of the library itself."""


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
        self._keeper.failed.connect(self._tell_not_made)
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
            try:
                made = await self._keeper.make_now()
            except StorageError as error:
                self._tell_not_made(error)
            else:
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

    @Slot(object)
    def _tell_not_made(self, error: ArborisError) -> None:
        """Says that it is about a backup: the author may not have asked for one, and the words for
        a full disk speak of what is in the window."""
        if error.kind not in _OF_THE_DISK:
            self.tell_failure(error)
            return
        what = self.tr("A backup of your novels could not be made.")
        if self._is_stopped or is_told(self._window, what):
            log.warning("not told: %s", error)
            return
        advice = self.tr(
            "{reason} The backups go to {folder}. Check that this folder is there, has room and can"
            " be written to. It is tried again within the hour."
        )
        reason, folder = words_of(error).what_happened, self._backups.paths.backups
        words = advice.format(reason=reason, folder=folder)
        show_error(self._window, what, str(error), words)

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
