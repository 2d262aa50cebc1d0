"""The content of an open library whose file is gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from arboris_desktop.domain.backups import BackupReason
from arboris_desktop.domain.errors import StorageError
from arboris_desktop.storage.backups.backup import back_up_open
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.errors import file_errors
from arboris_desktop.storage.engine.fallback_folders import fallback_folders, make_fallback_folder
from arboris_desktop.storage.engine.paths import DataPaths


def keep_lost_library(database: Database, now: datetime) -> Path:
    """Makes a backup of what the connections still have open, and returns its path.

    Beside the other backups if their folder is there, otherwise in a fallback folder. Raises
    ``StorageError``.
    """
    failure: StorageError | None = None
    with database.open_file() as source:
        for folder in _folders(database.paths):
            try:
                with file_errors():
                    if folder != database.paths.backups:
                        make_fallback_folder(folder)
                return back_up_open(source, folder, reason=BackupReason.EXCHANGED, now=now)
            except StorageError as error:
                failure = failure or error
    assert failure is not None  # there are fallback folders
    raise failure


def _folders(paths: DataPaths) -> Iterator[Path]:
    if paths.home.is_dir():
        yield paths.backups
    yield from fallback_folders(paths.home, paths.backups.name)
