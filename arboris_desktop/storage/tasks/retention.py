"""Forgetting finished work that nobody needs any more."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Table, and_, delete, exists, func, or_, select
from sqlalchemy.sql.elements import ColumnClause

from arboris_desktop.domain.settings import RetentionSettings
from arboris_desktop.domain.tasks import TaskStatus
from arboris_desktop.storage.engine.repository import Repository, limited
from arboris_desktop.storage.tables.tasks import analysis_notifications, pending_analysis

CHUNK = 500
"""Rows of one transaction, so that nobody who writes waits for long."""

_newer = pending_analysis.alias("newer")


class RetentionRepository(Repository):
    """Deletes old tasks and notifications within the caller's transaction.

    Kept, however old: failed tasks, unread notifications and the tasks they tell of, and each
    chapter's last task and last completed one, by which the app knows what is analysed.
    """

    def prune(self, settings: RetentionSettings) -> int:
        """Deletes up to ``CHUNK`` rows of each kind; returns how many, zero when all is done."""
        return self._prune_tasks(settings) + self._prune_notifications(settings)

    def _prune_tasks(self, settings: RetentionSettings) -> int:
        tasks = pending_analysis.c
        completed = tasks.status == TaskStatus.COMPLETED.value
        ended = tasks.status.in_((TaskStatus.COMPLETED.value, TaskStatus.CANCELLED.value))
        too_many = self._beyond(tasks.id, ended, settings.finished_tasks)
        unread = exists().where(
            analysis_notifications.c.pending_analysis_id == tasks.id,
            analysis_notifications.c.is_read == 0,
        )
        later = and_(_newer.c.chapter_id == tasks.chapter_id, _newer.c.id > tasks.id)
        replaced = exists().where(
            later, or_(~completed, _newer.c.status == TaskStatus.COMPLETED.value)
        )
        old = tasks.completed_at < self._clock() - timedelta(days=settings.finished_days)
        return self._delete(pending_analysis, and_(ended, or_(old, too_many), ~unread, replaced))

    def _prune_notifications(self, settings: RetentionSettings) -> int:
        notifications = analysis_notifications.c
        read = notifications.is_read == 1
        too_many = self._beyond(notifications.id, read, settings.read_notifications)
        old = notifications.read_at < self._clock() - timedelta(days=settings.finished_days)
        return self._delete(analysis_notifications, and_(read, or_(old, too_many)))

    def _beyond(
        self, column: ColumnClause[int], which: ColumnElement[bool], count: int
    ) -> ColumnElement[bool]:
        """A condition that holds for rows older than the newest ``count`` of its kind."""
        newest = select(column).where(which).order_by(column.desc()).offset(count).limit(1)
        return column <= func.coalesce(newest.correlate(None).scalar_subquery(), -1)

    def _delete(self, table: Table, which: ColumnElement[bool]) -> int:
        chosen = limited(select(table.c.id).where(which).limit(CHUNK))
        return self._connection.execute(delete(table).where(table.c.id.in_(chosen))).rowcount
