"""Tasks and notifications as the interface gives them: the names are those of Arboris-Novel."""

from __future__ import annotations

from typing import Any

from arboris_desktop.domain.notifications import Notification
from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts
from arboris_desktop.tasks.as_json import counts_as_json, task_as_json


def status_answer(counts: QueueCounts, recent: list[AnalysisTask]) -> dict[str, Any]:
    """The number of tasks in each state, and the last of them."""
    return {**counts_as_json(counts), "recent_tasks": [task_answer(task) for task in recent]}


def task_answer(task: AnalysisTask) -> dict[str, Any]:
    """A task; times are in UTC."""
    return {
        **task_as_json(task),
        "retry_count": task.retry_count,
        "started_at": task.started_at.isoformat() if task.started_at else None,
    }


def notification_answer(notification: Notification) -> dict[str, Any]:
    """A notification; ``is_read`` is 0 or 1."""
    return {
        "id": notification.id,
        "task_id": notification.task_id,
        "project_id": notification.project_id,
        "chapter_id": notification.chapter_id,
        "chapter_number": notification.chapter_number,
        "notification_type": notification.type.value,
        "title": notification.title,
        "message": notification.message,
        "data": notification.data,
        "is_read": int(notification.is_read),
        "created_at": notification.created_at.isoformat(),
    }
