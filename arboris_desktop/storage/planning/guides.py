"""The guides that authors lay down for the writing of their novels."""

from __future__ import annotations

from sqlalchemy import select

from arboris_desktop.domain.guide import WritingGuide
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.planning import writing_guides


class GuideRepository(Repository):
    """Reads and writes guides within the caller's transaction."""

    def get(self, project_id: str) -> WritingGuide:
        """The guide of the novel; an empty one when nothing was laid down."""
        query = select(writing_guides).where(writing_guides.c.project_id == project_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return WritingGuide()
        return WritingGuide(row.persona, tuple(row.style_samples), tuple(row.constitution))

    def set(self, project_id: str, guide: WritingGuide) -> None:
        """Stores the guide in the place of the one before."""
        values = {
            "persona": guide.persona,
            "style_samples": list(guide.style_samples),
            "constitution": list(guide.constitution),
            "updated_at": self._clock(),
        }
        self._upsert(writing_guides, {"project_id": project_id}, values)
