"""Putting a backup in the place of the author's database, which is kept.

The order of the steps is such that a crash leaves the old database or the new one, never a
database beside the write-ahead log of another.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from arboris_desktop.domain.backups import BackupReason
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.backups.backup import (
    back_up,
    check_integrity,
    copy_database,
    read_backup,
)
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import file_errors, storage_errors
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.migrate import REVISIONS, stored_revision
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.storage.engine.private_files import FILE_MODE
from arboris_desktop.storage.engine.side_files import set_log_aside


def restore(paths: DataPaths, backup: Path, now: datetime) -> Path | None:
    """Puts the backup in the database's place and returns where the present one is kept.

    A sound database is kept among the backups, a damaged one beside its place. ``None`` when there
    was no database. Raises ``StorageError``, the database then being as it was: for a backup that
    is damaged or of a newer version, for a full disk, and ``DATABASE_LOCKED`` while another
    process has the database open. This process must have closed it.
    """
    with _alone(paths):
        _refuse_unusable(backup)
        fresh = paths.database.with_name(f"{paths.database.name}.restoring")
        try:
            copy_database(backup, fresh)
            kept = _keep_present(paths, now)
            with file_errors():
                os.replace(fresh, paths.database)
                sync_folder(paths.database.parent)
        finally:
            with contextlib.suppress(OSError):
                fresh.unlink(missing_ok=True)
        return kept


def refuse_while_restoring(paths: DataPaths) -> None:
    """Raises ``StorageError`` while another process restores a backup.

    To be called after this process has made itself known as an ``Instance``: either it sees the
    restoring process then, or that one sees it.
    """
    if not paths.restore_lock.exists():
        return
    with _only_restorer(paths):
        return


@contextmanager
def _alone(paths: DataPaths) -> Iterator[None]:
    paths.refuse_lost_link()
    with file_errors():
        paths.create()
    with _only_restorer(paths):
        with file_errors():
            instance = Instance(paths.instances)
        try:
            if others := [name for name in instance.live_owners() if name != instance.owner]:
                processes = ", ".join(name.partition("-")[0] for name in others)
                raise StorageError(
                    ErrorKind.DATABASE_LOCKED, f"Arboris is running as process {processes}"
                )
            yield
        finally:
            instance.close()


@contextmanager
def _only_restorer(paths: DataPaths) -> Iterator[None]:
    lock = FileLock(paths.restore_lock, mode=FILE_MODE)
    with file_errors():
        try:
            lock.acquire(timeout=0)
        except Timeout as error:  # it is an OSError too
            raise StorageError(ErrorKind.DATABASE_LOCKED, "a backup is being restored") from error
    try:
        yield
    finally:
        lock.release()


def _refuse_unusable(backup: Path) -> None:
    if not backup.is_file():
        raise StorageError(ErrorKind.BACKUP_DAMAGED, f"there is no backup {backup}")
    contents = read_backup(backup)
    if contents.damage is not None:
        raise StorageError(ErrorKind.BACKUP_DAMAGED, f"{backup.name}: {contents.damage}")
    revision = stored_revision(backup)
    if revision not in REVISIONS:
        raise StorageError(ErrorKind.DATABASE_TOO_NEW, f"{backup.name}: revision {revision}")


def _keep_present(paths: DataPaths, now: datetime) -> Path | None:
    if not paths.database.exists():
        with file_errors():
            set_log_aside(paths.database, _aside(paths, now))
        return None
    if not _is_sound(paths.database):
        return _set_aside(paths.database, _aside(paths, now))
    kept = back_up(paths.database, paths.backups, reason=BackupReason.BEFORE_RESTORE, now=now)
    _empty_wal(paths.database)
    return kept


def _is_sound(database: Path) -> bool:
    try:
        return database.stat().st_size > 0 and not check_integrity(database)
    except StorageError as error:
        if error.kind is not ErrorKind.DATABASE_CORRUPT:
            raise
        return False


def _empty_wal(database: Path) -> None:
    """Writes the WAL into the database and removes it; needs to be alone with the file."""
    with storage_errors(), closing(sqlite3.connect(database)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _aside(paths: DataPaths, now: datetime) -> Path:
    return paths.database.with_name(f"{paths.database.name}.damaged-{now:%Y%m%dT%H%M%SZ}")


def _set_aside(database: Path, aside: Path) -> Path:
    """Keeps a damaged database with its WAL, for whoever may rescue more of it.

    The WAL goes first: the damaged database may miss it, the restored one must not find it.
    """
    with file_errors():
        set_log_aside(database, aside)
        try:
            os.link(database, aside)
        except OSError:
            # A file system without hard links.
            os.replace(database, aside)
    return aside
