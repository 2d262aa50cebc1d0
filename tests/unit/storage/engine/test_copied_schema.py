"""A library that a test gets is what an author gets at the first start."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from arboris_desktop.storage.engine.creation import create_database
from arboris_desktop.storage.engine.migrate import run_alembic
from tests.support.copied_schema import copy_schema


def contents(path: Path, make_schema: Callable[[Engine], None]) -> tuple[list[str], list[object]]:
    """Makes a library; returns all that is in it, and the marks of its file."""
    create_database(path, make_schema)
    marks = ("journal_mode", "page_size", "auto_vacuum", "application_id", "user_version")
    with closing(sqlite3.connect(path)) as database:
        found = [database.execute(f"PRAGMA {mark}").fetchone() for mark in (*marks, "encoding")]
        return list(database.iterdump()), found


def test_a_copied_library_is_a_migrated_one(tmp_path: Path) -> None:
    migrated = contents(tmp_path / "migrated.db", run_alembic)

    assert contents(tmp_path / "copied.db", copy_schema) == migrated
    assert len(migrated[0]) > 50
