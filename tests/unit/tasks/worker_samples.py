"""The steps of a worker in their order, and the facts that its task leaves in the codex."""

from __future__ import annotations

from arboris_desktop.domain.codex import CodexFact
from arboris_desktop.storage.database import Database

ALL_STEPS = [None, "character_tracking", "new_characters", "world_expansion", "foreshadowing"]


def facts_by_name(database: Database, project_id: str) -> dict[str, tuple[CodexFact, ...]]:
    with database.read() as transaction:
        return {entry.name: entry.facts for entry in transaction.codex.entries(project_id)}
