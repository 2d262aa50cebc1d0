"""The numbers that chapters have of their own, as they are stored."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import bindparam, select, update

from arboris_desktop.domain.record import record
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapters
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines


@record
class StoredNumber:
    """The ``label`` stored with the chapter at a ``place``; ``None`` where counting gives it."""

    place: int
    title: str
    label: str | None


class NumberRepository(Repository):
    """Reads and writes these labels within the caller's transaction."""

    def read(self, project_id: str) -> list[StoredNumber]:
        """The labels of all chapters in reading order."""
        query = (
            select(chapters.c.chapter_number, chapter_outlines.c.title, chapter_outlines.c.label)
            .select_from(chapters.outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER))
            .where(chapters.c.project_id == project_id)
            .order_by(chapters.c.chapter_number)
        )
        rows = self._connection.execute(query)
        return [StoredNumber(row.chapter_number, row.title or "", row.label) for row in rows]

    def store(self, project_id: str, labels: Mapping[int, str | None]) -> None:
        """Stores the labels of some chapters, by their places."""
        if not labels:
            return
        statement = (
            update(chapter_outlines)
            .where(
                chapter_outlines.c.project_id == project_id,
                chapter_outlines.c.chapter_number == bindparam("place"),
            )
            .values(label=bindparam("its_label"))
        )
        values = [{"place": place, "its_label": label} for place, label in labels.items()]
        self._connection.execute(statement, values)
