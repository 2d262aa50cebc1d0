"""The side of a database that only a library in a file has."""

from __future__ import annotations

from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.sqlite_store import SqliteStore


def sqlite_of(database: Database) -> SqliteStore:
    """Its file and connections."""
    store = database._store
    assert isinstance(store, SqliteStore)
    return store
