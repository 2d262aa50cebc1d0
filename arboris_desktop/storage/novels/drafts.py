"""Text that is arriving: saved each second, so that a crash costs at most the last one."""

from __future__ import annotations

from typing import Any

from sqlalchemy import delete, select, update

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.novel import ChapterDraft
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import (
    UNLISTED,
    chapter_drafts,
    chapters,
    novel_projects,
)
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines


class DraftRepository(Repository):
    """Reads and writes drafts within the caller's transaction."""

    def save(self, chapter_id: int, content: str, provider: str, owner: str) -> None:
        """Stores the draft of a chapter, replacing what was saved of it before."""
        now = self._clock()
        values = {
            "content": content,
            "provider": provider,
            "owner": owner,
            "updated_at": now,
            "error_type": None,
            "error_message": None,
        }
        self._upsert(chapter_drafts, {"chapter_id": chapter_id}, values, {"started_at": now})

    def note_end(self, chapter_id: int, kind: ErrorKind, message: str, raw_answer: str) -> None:
        """Notes why a draft is not finished, if there is one, and what the model sent for it."""
        self._connection.execute(
            update(chapter_drafts)
            .where(chapter_drafts.c.chapter_id == chapter_id)
            .values(error_type=kind.value, error_message=message, raw_answer=raw_answer)
        )

    def remove(self, chapter_id: int) -> None:
        """Forgets the draft of a chapter, if there is one."""
        self._connection.execute(
            delete(chapter_drafts).where(chapter_drafts.c.chapter_id == chapter_id)
        )

    def get(self, chapter_id: int) -> ChapterDraft | None:
        """The draft of a chapter, or ``None``."""
        query = _query().where(chapter_drafts.c.chapter_id == chapter_id)
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_draft(row)

    def all(self) -> list[ChapterDraft]:
        """Every stored draft, growing or left behind, the oldest first."""
        query = (
            _query()
            .join(novel_projects, novel_projects.c.id == chapters.c.project_id)
            .where(novel_projects.c.status.not_in(UNLISTED))
            .order_by(chapter_drafts.c.started_at)
        )
        return [_to_draft(row) for row in self._connection.execute(query)]


def _query() -> Any:
    return (
        select(
            chapter_drafts,
            chapters.c.project_id,
            chapters.c.chapter_number,
            chapter_outlines.c.title,
        )
        .join(chapters, chapters.c.id == chapter_drafts.c.chapter_id)
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
    )


def _to_draft(row: Any) -> ChapterDraft:
    return ChapterDraft(
        chapter_id=row.chapter_id,
        project_id=row.project_id,
        chapter_number=row.chapter_number,
        chapter_title=row.title or "",
        content=row.content,
        provider=row.provider,
        owner=row.owner,
        started_at=row.started_at,
        updated_at=row.updated_at,
        error_kind=_kind(row.error_type),
        error_message=row.error_message or "",
        raw_answer=row.raw_answer,
    )


def _kind(error_type: str | None) -> ErrorKind | None:
    return ErrorKind(error_type) if error_type in set(ErrorKind) else None
