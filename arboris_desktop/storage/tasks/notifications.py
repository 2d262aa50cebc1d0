"""Notifications: rows that stay until the author has read them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, insert, select, update

from arboris_desktop.domain.errors import ErrorKind, NotFoundError
from arboris_desktop.domain.notifications import Notification, NotificationType
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.engine.repository import Repository
from arboris_desktop.storage.novels.labels import ChapterLabels
from arboris_desktop.storage.tables.novels import chapters, novel_projects
from arboris_desktop.storage.tables.planning import OUTLINE_OF_CHAPTER, chapter_outlines
from arboris_desktop.storage.tables.tasks import analysis_notifications


class NotificationRepository(Repository):
    """Reads and writes notifications within the caller's transaction."""

    def add(
        self,
        task: AnalysisTask,
        kind: NotificationType,
        *,
        title: str,
        message: str,
        data: dict[str, object] | None = None,
    ) -> int:
        """Stores an unread notification about a task and returns its id."""
        statement = insert(analysis_notifications).values(
            pending_analysis_id=task.id,
            chapter_id=task.chapter_id,
            notification_type=kind.value,
            title=title,
            message=message,
            data=data or {},
            attempt=task.attempt,
            created_at=self._clock(),
        )
        return self._insert_row(statement)

    def list(
        self, *, unread_only: bool = False, limit: int = 200, after: int | None = None
    ) -> list[Notification]:
        """The newest notifications first; with ``after`` only those of a larger id."""
        query = _query().order_by(analysis_notifications.c.id.desc()).limit(limit)
        if unread_only:
            query = query.where(analysis_notifications.c.is_read == 0)
        if after is not None:
            query = query.where(analysis_notifications.c.id > after)
        return _notifications(self._connection, query)

    def ids_above(self, floor: int) -> Sequence[int]:
        """The ids larger than ``floor``, the smallest first."""
        number = analysis_notifications.c.id
        query = select(number).where(number > floor).order_by(number)
        return self._connection.execute(query).scalars().all()

    def of_ids(self, ids: Sequence[int]) -> Sequence[Notification]:
        """Those of the given ids that are there, in any order."""
        query = _query().where(analysis_notifications.c.id.in_(ids))
        return _notifications(self._connection, query)

    def unread_count(self) -> int:
        """The number of unread notifications."""
        query = select(func.count()).where(analysis_notifications.c.is_read == 0)
        return self._connection.execute(query).scalar_one()

    def mark_read(self, notification_id: int) -> None:
        """Marks one as read, once; raises ``NotFoundError``."""
        known = self._connection.execute(
            update(analysis_notifications)
            .where(analysis_notifications.c.id == notification_id)
            .values(
                is_read=1,
                read_at=func.coalesce(analysis_notifications.c.read_at, self._clock()),
            )
        )
        if not known.rowcount:
            raise NotFoundError(ErrorKind.NOT_FOUND, f"no notification {notification_id}")

    def mark_all_read(self) -> int:
        """Marks every notification as read and returns how many were not."""
        return self._connection.execute(
            update(analysis_notifications)
            .where(analysis_notifications.c.is_read == 0)
            .values(is_read=1, read_at=self._clock())
        ).rowcount


def _query() -> Any:
    return (
        select(
            analysis_notifications,
            chapters.c.project_id,
            chapters.c.chapter_number,
            chapter_outlines.c.title.label("chapter_title"),
            novel_projects.c.title.label("project_title"),
        )
        .join(chapters, chapters.c.id == analysis_notifications.c.chapter_id)
        .join(novel_projects, novel_projects.c.id == chapters.c.project_id)
        .outerjoin(chapter_outlines, OUTLINE_OF_CHAPTER)
    )


def _notifications(connection: Connection, query: Any) -> list[Notification]:
    labels = ChapterLabels(connection)
    return [_to_notification(row, labels) for row in connection.execute(query).all()]


def _to_notification(row: Row[Any], labels: ChapterLabels) -> Notification:
    return Notification(
        id=row.id,
        task_id=row.pending_analysis_id,
        chapter_id=row.chapter_id,
        project_id=row.project_id,
        type=NotificationType(row.notification_type),
        title=row.title,
        message=row.message,
        data=row.data,
        created_at=row.created_at,
        read_at=row.read_at,
        chapter_number=row.chapter_number,
        chapter_title=row.chapter_title or "",
        project_title=row.project_title,
        chapter_label=labels.of(row.project_id, row.chapter_number),
    )
