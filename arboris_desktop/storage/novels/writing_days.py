"""The words of each day of a novel, and what its author aims at."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from arboris_desktop.domain.writing_days import (
    WritingDay,
    WritingRecord,
    WritingTargets,
    local_day,
)
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.tables.novels import writing_days, writing_targets


class WritingDayRepository(Repository):
    """Reads and writes days within the caller's transaction."""

    def add(self, project_id: str, *, own: int = 0, by_model: int = 0) -> None:
        """Counts words towards the day that it is now where the author is."""
        if not own and not by_model:
            return
        columns = writing_days.c
        key = {"project_id": project_id, "day": local_day(self._clock()).isoformat()}
        query = select(columns.own_words, columns.model_words).where(
            columns.project_id == project_id, columns.day == key["day"]
        )
        row = self._connection.execute(query).one_or_none()
        known_own, known_by_model = (0, 0) if row is None else (row.own_words, row.model_words)
        words = {"own_words": known_own + own, "model_words": known_by_model + by_model}
        self._upsert(writing_days, key, words)

    def of_project(self, project_id: str) -> WritingRecord:
        """All days of a novel in their order, with its targets."""
        query = (
            select(writing_days)
            .where(writing_days.c.project_id == project_id)
            .order_by(writing_days.c.day)
        )
        rows = self._connection.execute(query).all()
        days = ((_day(row.day), row.own_words, row.model_words) for row in rows)
        known = tuple(WritingDay(day, own, model) for day, own, model in days if day is not None)
        return WritingRecord(known, self._targets(project_id))

    def _targets(self, project_id: str) -> WritingTargets:
        query = select(writing_targets).where(writing_targets.c.project_id == project_id)
        row = self._connection.execute(query).one_or_none()
        if row is None:
            return WritingTargets()
        return WritingTargets(row.chapter_words, row.day_words, row.book_words)

    def set_targets(self, project_id: str, targets: WritingTargets) -> None:
        """Stores what the author aims at."""
        values = {
            "chapter_words": targets.chapter,
            "day_words": targets.day,
            "book_words": targets.book,
        }
        self._upsert(writing_targets, {"project_id": project_id}, values)


def _day(text: str) -> date | None:
    """The day of a row; a file from elsewhere may have none that there is."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
