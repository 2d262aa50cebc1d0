"""Comments of the author on passages."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, delete, insert, select, update

from arboris_desktop.domain.comments import Comment
from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import chapter_comments, chapters
from arboris_desktop.text.passage_tracking import find_words, follow
from arboris_desktop.text.quotations import Span


class CommentRepository(Repository):
    """Reads and writes comments within the caller's transaction."""

    def add(self, chapter_id: int, quotation: str, span: Span, content: str = "") -> Comment:
        """Stores a comment on what stands there."""
        now = self._clock()
        comment_id = self._insert_row(
            insert(chapter_comments).values(
                chapter_id=chapter_id,
                quotation=quotation,
                start=span.start,
                end=span.end,
                content=content,
                created_at=now,
                updated_at=now,
            )
        )
        return self.get(comment_id)

    def get(self, comment_id: int) -> Comment:
        """One of them; raises ``NotFoundError``."""
        query = select(chapter_comments).where(chapter_comments.c.id == comment_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"there is no comment {comment_id}")
        return _to_comment(row)

    def of_project(self, project_id: str) -> list[Comment]:
        """All of a novel, in reading order."""
        columns = chapter_comments.c
        query = (
            select(chapter_comments)
            .join(chapters, chapters.c.id == columns.chapter_id)
            .where(chapters.c.project_id == project_id)
            .order_by(chapters.c.chapter_number, columns.start, columns.id)
        )
        return [_to_comment(row) for row in self._connection.execute(query)]

    def edit(self, comment_id: int, content: str) -> None:
        """Puts other words in it."""
        self._set(comment_id, content=content, updated_at=self._clock())

    def resolve(self, comment_id: int, *, resolved: bool) -> None:
        """Marks it as dealt with, or as open again."""
        self._set(comment_id, resolved_at=self._clock() if resolved else None)

    def remove(self, comment_id: int) -> None:
        """Deletes it."""
        self._connection.execute(
            delete(chapter_comments).where(chapter_comments.c.id == comment_id)
        )

    def put_back(self, comment: Comment) -> None:
        """Stores one as it was before it was deleted."""
        self._connection.execute(
            insert(chapter_comments).values(
                id=comment.id,
                chapter_id=comment.chapter_id,
                quotation=comment.quotation,
                start=comment.start,
                end=comment.end,
                is_stale=int(comment.is_stale),
                content=comment.content,
                created_at=comment.created_at,
                updated_at=comment.updated_at,
                resolved_at=comment.resolved_at,
            )
        )

    def anchor(self, chapter_id: int, text: str, before: str | None) -> None:
        """Points a chapter's comments at where their passages stand in its present text.

        ``before`` is the text in which they stood; without it, their words are looked for.
        """
        query = select(chapter_comments).where(chapter_comments.c.chapter_id == chapter_id)
        for row in self._connection.execute(query).all():
            comment = _to_comment(row)
            span = _followed(comment, text, before)
            if span is None:
                if not comment.is_stale:
                    self._set(comment.id, is_stale=1)
                continue
            start, end, quotation = span.start, span.end, text[span.start : span.end]
            stood = (comment.start, comment.end, comment.quotation)
            if comment.is_stale or (start, end, quotation) != stood:
                self._set(comment.id, start=start, end=end, quotation=quotation, is_stale=0)

    def _set(self, comment_id: int, **values: Any) -> None:
        self._connection.execute(
            update(chapter_comments).where(chapter_comments.c.id == comment_id).values(**values)
        )


def _followed(comment: Comment, text: str, before: str | None) -> Span | None:
    if before is not None and not comment.is_stale:
        stood = Span(comment.start, comment.end)
        if before[stood.start : stood.end] == comment.quotation:
            return follow(stood, before, text)
    return find_words(comment.quotation, text, comment.start)


def _to_comment(row: Row[Any]) -> Comment:
    return Comment(
        row.id,
        row.chapter_id,
        row.quotation,
        row.start,
        row.end,
        row.content,
        row.created_at,
        row.updated_at,
        row.resolved_at,
        bool(row.is_stale),
    )
