"""Copies of the database that are consistent while it is in use."""

from __future__ import annotations

import contextlib
import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path

from arboris_desktop.domain.backups import Backup, BackupContents, BackupReason
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.durable_files import sync_file, sync_folder
from arboris_desktop.storage.engine.errors import file_errors, storage_errors
from arboris_desktop.storage.engine.private_files import close_to_others, make_private_folder

_NAME = re.compile(r"arboris-(\d{8}T\d{6}Z)-(.+?)(?:~\d+)?\.db")
_TIME = "%Y%m%dT%H%M%SZ"
_PARTIAL = ".partial"

_CONTENTS = """
    SELECT (SELECT count(*) FROM novel_projects WHERE status NOT IN ('arriving', 'leaving')),
           (SELECT count(*) FROM chapters WHERE selected_version_id IS NOT NULL),
           (SELECT coalesce(sum(word_count), 0) FROM chapters)
"""


def back_up(database: Path, folder: Path, *, reason: str, now: datetime) -> Path:
    """Copies the database with SQLite's online backup and returns the copy's path.

    The copy appears under its final name only when it is whole, checked and on the disk. Raises
    ``StorageError``: for a fault of the disk, or ``DATABASE_CORRUPT`` if the copy, and so the
    database, is damaged.
    """
    with storage_errors(), _opened(database, "mode=ro") as source:
        return back_up_open(source, folder, reason=reason, now=now)


def back_up_open(source: sqlite3.Connection, folder: Path, *, reason: str, now: datetime) -> Path:
    """Copies what a connection has open, as ``back_up``, wherever its file is by now."""
    with file_errors():
        make_private_folder(folder)
        target = _free_name(folder, f"arboris-{now:{_TIME}}-{reason}")
    _copy_checked(source, target)
    return target


def copy_database(database: Path, target: Path) -> None:
    """Puts a checked copy in the place of ``target``; raises ``StorageError`` as ``back_up``."""
    with storage_errors(), _opened(database, "mode=ro") as source:
        _copy_checked(source, target)


def _copy_checked(source: sqlite3.Connection, target: Path) -> None:
    partial = target.with_name(f"{target.name}{_PARTIAL}")
    try:
        with file_errors():
            partial.unlink(missing_ok=True)
        _copy(source, partial)
        if damage := check_integrity(partial):
            raise StorageError(ErrorKind.DATABASE_CORRUPT, damage[0])
        with file_errors():
            sync_file(partial)
            os.replace(partial, target)
            sync_folder(target.parent)
    finally:
        for left in (partial, partial.with_name(f"{partial.name}-journal")):
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)


def _copy(source: sqlite3.Connection, partial: Path) -> None:
    with storage_errors(), closing(sqlite3.connect(partial)) as copy:
        close_to_others(partial)
        source.backup(copy)
        # One file, without a WAL beside it: what is moved or mailed is then whole.
        copy.execute("PRAGMA journal_mode = DELETE")


def check_integrity(database: Path) -> list[str]:
    """Lists what ``PRAGMA integrity_check`` finds wrong; an empty list for a sound database."""
    with storage_errors(), _opened(database, "mode=ro") as connection:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [row for row in rows if row != "ok"] + [f"foreign key: {row}" for row in broken]


def check_quickly(database: Path) -> list[str]:
    """Lists what ``PRAGMA quick_check`` finds wrong: damaged pages, but not what indexes miss."""
    with storage_errors(), _opened(database, "mode=ro") as connection:
        rows = [str(row[0]) for row in connection.execute("PRAGMA quick_check")]
    return [row for row in rows if row != "ok"]


def list_backups(folder: Path) -> list[Backup]:
    """The backups in the folder, the newest first; raises ``StorageError``."""
    with file_errors():
        paths = list(folder.iterdir()) if folder.exists() else []
        found = [backup for path in paths if (backup := _described(path)) is not None]
    return sorted(found, key=lambda backup: (backup.made_at, backup.path.name), reverse=True)


def read_backup(path: Path) -> BackupContents:
    """Examines a backup whole: is it sound, and what is in it. Raises nothing: an unreadable file
    is a damaged backup."""
    try:
        if damage := check_integrity(path):
            return BackupContents(damage=damage[0])
        # Without ``immutable`` SQLite would leave files beside a backup in WAL mode.
        with storage_errors(), _opened(path, "immutable=1") as connection:
            return BackupContents(*connection.execute(_CONTENTS).fetchone())
    except StorageError as error:
        return BackupContents(damage=error.message)
    except sqlite3.Error as error:
        return BackupContents(damage=str(error))


def remove(backups: list[Backup]) -> None:
    """Deletes backups; raises ``StorageError``."""
    with file_errors():
        for backup in backups:
            backup.path.unlink(missing_ok=True)


@contextmanager
def _opened(database: Path, options: str) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"{database.absolute().as_uri()}?{options}", uri=True)) as opened:
        yield opened


def _described(path: Path) -> Backup | None:
    named = _NAME.fullmatch(path.name)
    if named is None:
        return None
    try:
        made_at = datetime.strptime(named[1], _TIME).replace(tzinfo=UTC)
    except ValueError:
        return None
    return Backup(path, made_at, _reason(named[2]), path.stat().st_size)


def _reason(word: str) -> BackupReason:
    if word in list(BackupReason):
        return BackupReason(word)
    # A migration names the revision it leads to.
    return BackupReason.BEFORE_UPGRADE if word.startswith("before-") else BackupReason.OTHER


def _free_name(folder: Path, stem: str) -> Path:
    """A second backup within one second takes another name instead of the first one's place."""
    target, number = folder / f"{stem}.db", 1
    while target.exists():
        number += 1
        target = folder / f"{stem}~{number}.db"
    return target
