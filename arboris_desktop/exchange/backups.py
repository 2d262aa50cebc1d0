"""Use cases of backups: creating one when it is due, listing, and restoring."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from arboris_desktop.domain.backups import Backup, BackupContents, BackupReason, is_due, superseded
from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.domain.record import record
from arboris_desktop.storage.backups import backup as files
from arboris_desktop.storage.backups.restore import restore
from arboris_desktop.storage.engine.paths import DataPaths


@record
class Backups:
    """The backups of one data folder. It needs no open database, which may be damaged."""

    paths: DataPaths
    clock: Clock = utc_now

    def list(self) -> list[Backup]:
        """Returns all backups, the newest first. Raises ``StorageError``."""
        return files.list_backups(self.paths.backups)

    def examine(self, backup: Backup) -> BackupContents:
        """Reads a whole backup and returns its contents or damage."""
        return files.read_backup(backup.path)

    def newest_good(self) -> tuple[Backup, BackupContents] | None:
        """Returns the newest intact backup with its contents. Raises ``StorageError``."""
        for backup in self.list():
            contents = self.examine(backup)
            if contents.is_good:
                return backup, contents
        return None

    def make(self, reason: BackupReason = BackupReason.AUTOMATIC) -> Path:
        """Creates a backup, then removes superseded ones. Raises ``StorageError``."""
        made = files.back_up(
            self.paths.database, self.paths.backups, reason=reason, now=self.clock()
        )
        files.remove([old for old in superseded(self.list()) if old.path != made])
        return made

    def make_if_due(self) -> Path | None:
        """Creates the backup of the day if anything has changed. Raises ``StorageError``."""
        now = self.clock()
        # One from the future was made before the clock was set back.
        made_at = next((each.made_at for each in self.list() if each.made_at <= now), None)
        return self.make() if is_due(made_at, self._changed_at(), now) else None

    def refuse_damaged(self) -> None:
        """Raises ``StorageError`` (``DATABASE_CORRUPT``) if pages of the database are damaged."""
        if not self.paths.database.exists():
            # A process that has it open reports that it is gone.
            return
        if damage := files.check_quickly(self.paths.database):
            raise StorageError(ErrorKind.DATABASE_CORRUPT, damage[0])

    def restore(self, path: Path) -> Path | None:
        """Replaces the database by a backup; see ``storage.backups.restore``."""
        return restore(self.paths, path, self.clock())

    def _changed_at(self) -> datetime | None:
        """Returns when the database was last written, by the times of its files."""
        database = self.paths.database
        if not database.exists():
            return None
        written = [
            path.stat().st_mtime
            for path in (database, database.with_name(f"{database.name}-wal"))
            if path.exists()
        ]
        return datetime.fromtimestamp(max(written), UTC) if written else None
