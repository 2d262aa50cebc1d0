"""The codex as the author reads it."""

from __future__ import annotations

from arboris_desktop.domain.codex import CodexEntry
from arboris_desktop.storage.database import Database


class Codex:
    """What the analyses have found out about a novel."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def entries(self, project_id: str) -> list[CodexEntry]:
        """All entries of a novel with their facts, unsupported ones included."""
        with self._database.read() as transaction:
            return transaction.codex.entries(project_id)
