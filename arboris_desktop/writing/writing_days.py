"""The author's daily writing, and their goals."""

from __future__ import annotations

from arboris_desktop.domain.writing_days import WritingRecord, WritingTargets
from arboris_desktop.storage.database import Database


class WritingDays:
    """Reads the days and sets targets. Blocks."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_novel(self, project_id: str) -> WritingRecord:
        """Returns the days and targets of a novel."""
        with self._database.read() as transaction:
            return transaction.writing_days.of_project(project_id)

    def aim_at(self, project_id: str, targets: WritingTargets) -> WritingRecord:
        """Sets the author's targets, and returns the record with them."""
        with self._database.write() as transaction:
            transaction.writing_days.set_targets(project_id, targets)
            return transaction.writing_days.of_project(project_id)
