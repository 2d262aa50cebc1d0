"""Backups of the database: what is known of one, when one is due, and which are kept."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from arboris_desktop.domain.record import record

BACKUP_INTERVAL = timedelta(days=1)
KEPT_NEWEST = 5
KEPT_DAYS = 7
KEPT_WEEKS = 4
KEPT_BY_HAND = 10


class BackupReason(StrEnum):
    """The reason why a backup was made; it is part of the file's name."""

    AUTOMATIC = "automatic"
    BY_HAND = "by-hand"
    BEFORE_UPGRADE = "before-upgrade"
    BEFORE_RESTORE = "before-restore"
    EXCHANGED = "exchanged"
    """The content of an open library whose file was replaced by another."""
    OTHER = "other"


@record
class Backup:
    """A file in the folder of backups. ``made_at`` is UTC, ``size`` in bytes."""

    path: Path
    made_at: datetime
    reason: BackupReason
    size: int


@record
class BackupContents:
    """The findings in a backup that was examined. A ``damage`` forbids restoring it.

    ``words`` counts words, or characters of Chinese novels.
    """

    novels: int = 0
    chapters: int = 0
    words: int = 0
    damage: str | None = None

    @property
    def is_good(self) -> bool:
        """True if the backup is whole and can be restored."""
        return self.damage is None


def is_due(newest: datetime | None, changed_at: datetime | None, now: datetime) -> bool:
    """True if a backup should be made: the newest is a day old, and something changed since."""
    if changed_at is None:
        return False
    if newest is None:
        return True
    return now - newest >= BACKUP_INTERVAL and changed_at > newest


def superseded(backups: Iterable[Backup]) -> list[Backup]:
    """The backups that need not be kept: neither among the newest, nor the newest of one of the
    last days or weeks that have any.

    Days and weeks are counted among those with backups, so that a long pause loses nothing. Those
    that the author asked for count apart: neither kind displaces the other.
    """
    all_newest_first = sorted(backups, key=lambda backup: backup.made_at, reverse=True)
    by_hand = [each for each in all_newest_first if each.reason is BackupReason.BY_HAND]
    newest_first = [each for each in all_newest_first if each.reason is not BackupReason.BY_HAND]
    kept = set(newest_first[:KEPT_NEWEST]) | set(by_hand[:KEPT_BY_HAND])
    kept |= _newest_of_each(newest_first, lambda made: made.date(), KEPT_DAYS)
    kept |= _newest_of_each(newest_first, lambda made: made.isocalendar()[:2], KEPT_WEEKS)
    return [backup for backup in all_newest_first if backup not in kept]


def _newest_of_each(
    newest_first: Sequence[Backup], period: Callable[[datetime], Hashable], count: int
) -> set[Backup]:
    found: dict[Hashable, Backup] = {}
    for backup in newest_first:
        found.setdefault(period(backup.made_at), backup)
    return set(list(found.values())[:count])
