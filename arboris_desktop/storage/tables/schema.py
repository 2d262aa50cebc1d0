"""The whole schema: once this is imported, the tables of every subject have joined it."""

from __future__ import annotations

from arboris_desktop.storage.tables import (  # noqa: F401 (they join the schema)
    codex,
    columns,
    costs,
    novels,
    planning,
    settings,
    tasks,
    writing,
)

metadata = columns.metadata
