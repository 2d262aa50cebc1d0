"""Bringing a database to the schema of this version, after a copy was made of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from arboris_desktop.domain.clock import Clock
from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.backups.backup import back_up
from arboris_desktop.storage.engine.errors import storage_errors

if TYPE_CHECKING:
    from alembic.config import Config
    from sqlalchemy import Engine

MIGRATIONS = Path(__file__).parents[1] / "migrations"
HEAD = "0021"
"""The newest revision, so that an up-to-date start need not import Alembic (0.2 s); a test
compares it with the migration scripts."""

REVISIONS = tuple(f"{number:04}" for number in range(1, int(HEAD) + 1))
"""All revisions, the oldest first."""


def stored_revision(database: Path) -> str | None:
    """The schema revision of a database file; ``None`` without a file, or if it is not ours."""
    if not database.exists():
        return None
    with storage_errors(), closing(_opened_untouched(database)) as connection:
        known = connection.execute(
            "SELECT name FROM sqlite_master WHERE name = 'alembic_version'"
        ).fetchone()
        if known is None:
            return None
        row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return None if row is None else str(row[0])


def _opened_untouched(database: Path) -> sqlite3.Connection:
    """A connection that changes nothing, on the disk or beside the file.

    A newer version's file must stay as it is: whoever opens it for writing ends a write-ahead log
    that is there, and even a mere reader leaves one. ``immutable`` does neither; it must not be
    used while there is a log, whose pages it would not see.
    """
    wal = database.with_name(f"{database.name}-wal")
    option = "mode=ro" if wal.exists() and wal.stat().st_size else "immutable=1"
    return sqlite3.connect(f"{database.absolute().as_uri()}?{option}", uri=True)


def upgrade(engine: Engine, database: Path, backups: Path, clock: Clock) -> None:
    """Migrates to ``HEAD`` with an engine that writes; does nothing when already there.

    Raises ``StorageError``, and then the file is not touched: with kind ``DATABASE_TOO_NEW`` it was
    made by a newer version; with ``DATABASE_CORRUPT`` it was emptied, or is of another program.
    """
    revision = stored_revision(database)
    if revision == HEAD:
        return
    if revision is None:
        raise StorageError(ErrorKind.DATABASE_CORRUPT, f"{database} holds no library of Arboris")
    if revision not in REVISIONS:
        raise StorageError(
            ErrorKind.DATABASE_TOO_NEW, f"schema revision {revision}, this version knows {HEAD}"
        )
    back_up(database, backups, reason=f"before-{HEAD}", now=clock())
    run_alembic(engine)


def alembic_config() -> Config:
    """The configuration with which Alembic finds the migrations."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    return config


def run_alembic(engine: Engine) -> None:
    """Brings whatever is there to ``HEAD``, in one transaction; raises ``StorageError``."""
    from alembic import command

    config = alembic_config()
    with storage_errors(), engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
