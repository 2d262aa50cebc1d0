"""Reading and changing what the author lays down for a novel."""

from __future__ import annotations

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.storage.database import Database


class Guides:
    """The guides of the author's novels."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, project_id: str) -> WritingGuide:
        """The guide of a novel; an empty one when nothing was laid down."""
        with self._database.read() as transaction:
            return transaction.guides.get(project_id)

    def save(self, project_id: str, guide: WritingGuide) -> WritingGuide:
        """Stores a guide, tidied, and returns it; raises ``NotFoundError``."""
        tidy = guide.tidied()
        with self._database.write() as transaction:
            transaction.projects.get(project_id)
            transaction.guides.set(project_id, tidy)
        return tidy
