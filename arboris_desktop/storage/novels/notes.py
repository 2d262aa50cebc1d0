"""The author's own status and scratchpad of chapters."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from arboris_desktop.domain.chapter_notes import ChapterNotes, OwnStatus, own_status
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapter_notes


class NoteRepository(Repository):
    """Reads and writes notes within the caller's transaction."""

    def get(self, chapter_id: int) -> ChapterNotes:
        """The notes of a chapter; empty if there are none."""
        query = select(chapter_notes).where(chapter_notes.c.chapter_id == chapter_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return ChapterNotes()
        return ChapterNotes(own_status(row.status), row.scratchpad)

    def set_status(self, chapter_id: int, status: OwnStatus) -> None:
        """Stores how far the author thinks that a chapter is."""
        self._set(chapter_id, status=status.value)

    def set_scratchpad(self, chapter_id: int, text: str) -> None:
        """Stores what is on the scratchpad."""
        self._set(chapter_id, scratchpad=text)

    def _set(self, chapter_id: int, **values: Any) -> None:
        values["updated_at"] = self._clock()
        self._upsert(chapter_notes, {"chapter_id": chapter_id}, values)
