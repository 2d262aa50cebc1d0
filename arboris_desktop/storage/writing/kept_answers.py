"""Answers of a model that wait for a decision, or for the rest of the work."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Row, and_, delete, insert, select

from arboris_desktop.domain.kept_answers import AnswerKey, AnswerKind, KeptAnswer
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.writing import kept_answers


class KeptAnswerRepository(Repository):
    """Reads and writes kept answers within the caller's transaction."""

    def put(self, key: AnswerKey, content: dict[str, Any]) -> None:
        """Keeps an answer, in the place of an older one for the same."""
        self.remove(key)
        self._connection.execute(
            insert(kept_answers).values(
                project_id=key.project_id,
                chapter_id=key.chapter_id,
                kind=key.kind.value,
                subject=key.subject,
                content=content,
                kept_at=self._clock(),
            )
        )

    def get(self, key: AnswerKey) -> KeptAnswer | None:
        """The answer that is kept for something, or ``None``."""
        row = self._connection.execute(select(kept_answers).where(_of(key))).first()
        return None if row is None else _to_answer(row)

    def of_kind(self, project_id: str, kind: AnswerKind) -> list[KeptAnswer]:
        """All that are kept of one kind for a novel, the oldest first."""
        query = select(kept_answers).where(
            kept_answers.c.project_id == project_id, kept_answers.c.kind == kind.value
        )
        rows = self._connection.execute(query.order_by(kept_answers.c.id))
        return [_to_answer(row) for row in rows]

    def of_project(self, project_id: str) -> list[KeptAnswer]:
        """All that are kept for a novel."""
        query = select(kept_answers).where(kept_answers.c.project_id == project_id)
        return [_to_answer(row) for row in self._connection.execute(query)]

    def remove(self, key: AnswerKey) -> None:
        """Forgets the answer, if one is kept."""
        self._connection.execute(delete(kept_answers).where(_of(key)))


def _of(key: AnswerKey) -> Any:
    return and_(
        kept_answers.c.project_id == key.project_id,
        kept_answers.c.kind == key.kind.value,
        kept_answers.c.chapter_id.is_not_distinct_from(key.chapter_id),
        kept_answers.c.subject == key.subject,
    )


def _to_answer(row: Row[Any]) -> KeptAnswer:
    key = AnswerKey(row.project_id, AnswerKind(row.kind), row.chapter_id, row.subject)
    return KeptAnswer(key, row.content, row.kept_at)
