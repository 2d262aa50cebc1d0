"""The files that SQLite keeps beside a database, and takes for those of whichever lies there."""

from __future__ import annotations

import os
from pathlib import Path

from arboris_desktop.storage.engine.durable_files import sync_folder

SIDE_FILES = ("-wal", "-shm", "-journal")
"""Suffixes of the side files, after the name of the database."""


def log_of(database: Path) -> Path:
    """Its write-ahead log."""
    return database.with_name(f"{database.name}-wal")


def set_log_aside(database: Path, aside: Path) -> None:
    """Gives a log another name, so that the next database at that path does not find it.

    ``aside`` is the name that its own database has, or would have. Raises ``OSError``.
    """
    log = log_of(database)
    if log.exists():
        os.replace(log, log_of(aside))
    database.with_name(f"{database.name}-shm").unlink(missing_ok=True)
    sync_folder(database.parent)


def remove_with_side_files(database: Path) -> None:
    """Removes a database that nobody has open; raises ``OSError``."""
    for end in ("", *SIDE_FILES):
        database.with_name(f"{database.name}{end}").unlink(missing_ok=True)
