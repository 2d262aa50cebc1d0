"""Tasks and notifications as the interface gives them: the names are those of Arboris-Novel."""

from __future__ import annotations

from typing import Any

from arboris_desktop.domain.tasks import AnalysisTask, Notification, QueueCounts


def status_answer(counts: QueueCounts, recent: list[AnalysisTask]) -> dict[str, Any]:
    """The number of tasks in each state, and the last of them."""
    return {
        "total": counts.total,
        "pending": counts.pending,
        "processing": counts.processing,
        "completed": counts.completed,
        "failed": counts.failed,
        "cancelled": counts.cancelled,
        "resting": counts.resting,
        "recent_tasks": [task_answer(task) for task in recent],
    }


def task_answer(task: AnalysisTask) -> dict[str, Any]:
    """A task; times are in UTC."""
    return {
        "id": task.id,
        "project_id": task.project_id,
        "chapter_id": task.chapter_id,
        "chapter_number": task.chapter_number,
        "chapter_title": task.chapter_title,
        "status": task.status.value,
        "priority": task.priority,
        "attempt": task.attempt,
        "retry_count": task.retry_count,
        "current_step": task.current_step.value if task.current_step else None,
        "error_type": task.error_type,
        "error_message": task.error_message,
        "duration_seconds": task.duration_seconds,
        "token_usage": task.spent.usage.to_json(),
        "created_at": task.created_at.isoformat(),
        "started_at": task.started_at.isoformat() if task.started_at else None,
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
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
