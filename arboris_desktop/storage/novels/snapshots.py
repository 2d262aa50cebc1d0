"""Snapshots of what the author wrote."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import Row, delete, insert, or_, select

from arboris_desktop.domain.snapshots import ChapterSnapshot, SnapshotKind
from arboris_desktop.storage.engine.repository import Repository, limited
from arboris_desktop.storage.tables.novels import chapter_snapshots


class SnapshotRepository(Repository):
    """Reads and writes snapshots within the caller's transaction."""

    def add(
        self, chapter_id: int, kind: SnapshotKind, content: str, word_count: int, name: str = ""
    ) -> ChapterSnapshot:
        """Stores a text."""
        snapshot_id = self._insert_row(
            insert(chapter_snapshots).values(
                chapter_id=chapter_id,
                kind=kind.value,
                name=name,
                content=content,
                word_count=word_count,
                created_at=self._clock(),
            )
        )
        return _to_snapshot(self._row(chapter_snapshots, snapshot_id))

    def newest(self, chapter_id: int) -> ChapterSnapshot | None:
        """The last one of a chapter."""
        query = (
            select(chapter_snapshots)
            .where(chapter_snapshots.c.chapter_id == chapter_id)
            .order_by(chapter_snapshots.c.id.desc())
            .limit(1)
        )
        row = self._connection.execute(query).one_or_none()
        return None if row is None else _to_snapshot(row)

    def is_younger(self, snapshot: ChapterSnapshot, age: timedelta) -> bool:
        """True if it was taken within that time before now.

        One from the future is not: the clock was set back, and what is overwritten until then would
        not be kept.
        """
        return timedelta() <= self._clock() - snapshot.created_at < age

    def of_chapter(self, chapter_id: int) -> list[ChapterSnapshot]:
        """All of a chapter, the newest first."""
        query = (
            select(chapter_snapshots)
            .where(chapter_snapshots.c.chapter_id == chapter_id)
            .order_by(chapter_snapshots.c.id.desc())
        )
        return [_to_snapshot(row) for row in self._connection.execute(query)]

    def remove(self, snapshot_id: int) -> None:
        """Forgets one."""
        self._connection.execute(
            delete(chapter_snapshots).where(chapter_snapshots.c.id == snapshot_id)
        )

    def forget_old(self, chapter_id: int, days: int, number: int) -> None:
        """Forgets those of a chapter that are older, or more; named ones stay."""
        columns = chapter_snapshots.c
        unnamed = (columns.chapter_id == chapter_id, columns.kind != SnapshotKind.NAMED.value)
        newest = limited(
            select(columns.id).where(*unnamed).order_by(columns.id.desc()).limit(number)
        )
        too_old = columns.created_at < self._clock() - timedelta(days=days)
        self._connection.execute(
            delete(chapter_snapshots).where(*unnamed, or_(too_old, columns.id.not_in(newest)))
        )


def _to_snapshot(row: Row[Any]) -> ChapterSnapshot:
    return ChapterSnapshot(
        row.id,
        row.chapter_id,
        SnapshotKind(row.kind),
        row.name,
        row.content,
        row.word_count,
        row.created_at,
    )
