"""Makes the daily backup while the window is open, on a thread of its own."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from arboris_desktop.background.operations import Operations
from arboris_desktop.domain.backups import BackupReason
from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.backups import Backups

FIRST_MILLISECONDS = 2000
"""After the start, so that it does not compete with opening the first novel."""

CHECK_MILLISECONDS = 3_600_000
"""The interval at which it is asked whether a backup is due; also after a sleep of the computer."""


class BackupKeeper(QObject):
    """Looks for damage once, then makes a backup whenever one is due."""

    failed = Signal(object)
    """An ``ArborisError``; each kind once, until a backup was looked after without a fault."""

    def __init__(self, backups: Backups, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._backups = backups
        # Not the window's operations: saving must not wait behind a backup of a large file.
        self._operations = Operations(self)
        self._told: set[ErrorKind] = set()
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._first = QTimer(self)
        self._first.setSingleShot(True)
        self._first.timeout.connect(self._begin)

    def start(self) -> None:
        """Looks for damage soon, and for a due backup from then on."""
        self._first.start(FIRST_MILLISECONDS)
        self._timer.start(CHECK_MILLISECONDS)

    @Slot()
    def _begin(self) -> None:
        self._operations.run(
            self._backups.refuse_damaged, lambda _sound: self.look(), self._on_failure
        )

    @Slot()
    def look(self) -> None:
        """Makes a backup if one is due."""
        self._operations.run(
            self._backups.make_if_due, lambda _made: self._told.clear(), self._on_failure
        )

    async def make_now(self) -> Path:
        """Makes a backup because the author asks for one; raises ``StorageError``."""
        return await self._operations.call(lambda: self._backups.make(BackupReason.BY_HAND))

    def _on_failure(self, error: Exception) -> None:
        kind = error.kind if isinstance(error, ArborisError) else ErrorKind.INTERNAL
        if kind not in self._told:
            self._told.add(kind)
            self.failed.emit(error)

    def stop(self) -> None:
        """Begins nothing any more and waits for what runs; blocks."""
        self._operations.finish()

    def stop_timers(self) -> None:
        """Asks no more; to be called on the GUI thread, before ``stop``."""
        self._first.stop()
        self._timer.stop()
