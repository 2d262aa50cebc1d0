"""Chapters that become a novel's own: stored beforehand as those of one that nobody sees."""

from __future__ import annotations

from typing import Any

from sqlalchemy import update

from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapters
from arboris_desktop.storage.tables.planning import chapter_outlines


class AdoptionRepository(Repository):
    """Moves chapters between novels within the caller's transaction: a few statements for all."""

    def adopt(
        self, source: str, project_id: str, first: int, count: int, volume_id: int | None, at: int
    ) -> None:
        """Gives ``count`` chapters of another novel, from ``first`` on, to this one.

        There the first of them is number ``at``, which must be free as all that follow.
        """
        for table in (chapter_outlines, chapters):
            number = table.c.chapter_number
            moved: dict[str, Any] = {
                "project_id": project_id,
                "chapter_number": number + (at - first),
            }
            if table is chapter_outlines:
                moved["volume_id"] = volume_id
            self._connection.execute(
                update(table)
                .where(table.c.project_id == source, number >= first, number < first + count)
                .values(moved)
            )
