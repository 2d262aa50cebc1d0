"""Summaries, made by a model, of parts, volumes and the whole of a novel."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import delete, select

from arboris_desktop.domain.story import StorySummary, SummaryLevel
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import story_summaries


class StorySummaryRepository(Repository):
    """Reads and writes summaries within the caller's transaction."""

    def of_project(self, project_id: str) -> list[StorySummary]:
        """Every summary of a novel, in reading order."""
        columns = story_summaries.c
        query = (
            select(story_summaries)
            .where(columns.project_id == project_id)
            .order_by(columns.first_chapter, columns.last_chapter, columns.id)
        )
        return [
            StorySummary(
                SummaryLevel(row.level),
                row.first_chapter,
                row.last_chapter,
                row.content,
                row.source_hash,
            )
            for row in self._connection.execute(query)
        ]

    def put(self, project_id: str, summary: StorySummary) -> None:
        """Stores a summary in the place of the one of that level that begins at its chapter."""
        key = {
            "project_id": project_id,
            "level": summary.level.value,
            "first_chapter": summary.first_chapter,
        }
        values = {
            "last_chapter": summary.last_chapter,
            "content": summary.content,
            "source_hash": summary.source_hash,
            "updated_at": self._clock(),
        }
        self._upsert(story_summaries, key, values)

    def keep_only(self, project_id: str, wanted: Collection[tuple[SummaryLevel, int]]) -> None:
        """Forgets every summary but those of these levels and first chapters."""
        columns = story_summaries.c
        for summary in self.of_project(project_id):
            if (summary.level, summary.first_chapter) not in wanted:
                self._connection.execute(
                    delete(story_summaries).where(
                        columns.project_id == project_id,
                        columns.level == summary.level.value,
                        columns.first_chapter == summary.first_chapter,
                    )
                )
