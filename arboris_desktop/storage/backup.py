"""Copies of the database that are consistent while it is in use."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from arboris_desktop.storage.errors import storage_errors


def back_up(database: Path, folder: Path, *, reason: str, now: datetime) -> Path:
    """Copies the database with SQLite's online backup and returns the copy's path.

    The copy appears under its final name only when it is whole. Raises ``StorageError``.
    """
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"arboris-{now:%Y%m%dT%H%M%SZ}-{reason}.db"
    partial = target.with_suffix(".partial")
    with (
        storage_errors(),
        closing(sqlite3.connect(database)) as source,
        closing(sqlite3.connect(partial)) as copy,
    ):
        source.backup(copy)
    os.replace(partial, target)
    return target


def check_integrity(database: Path) -> list[str]:
    """What ``PRAGMA integrity_check`` finds wrong; an empty list for a sound database."""
    with storage_errors(), closing(sqlite3.connect(database)) as connection:
        rows = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    return [row for row in rows if row != "ok"] + [f"foreign key: {row}" for row in broken]
