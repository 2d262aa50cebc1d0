"""Tasks and their counts as JSON, for the command line and for other programs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from arboris_desktop.domain.tasks import AnalysisTask, QueueCounts


def counts_as_json(counts: QueueCounts) -> dict[str, Any]:
    """The number of tasks in each state."""
    return {
        "total": counts.total,
        "pending": counts.pending,
        "processing": counts.processing,
        "completed": counts.completed,
        "failed": counts.failed,
        "cancelled": counts.cancelled,
        "resting": counts.resting,
    }


def task_as_json(task: AnalysisTask) -> dict[str, Any]:
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
        "current_step": task.current_step.value if task.current_step else None,
        "error_type": task.error_type,
        "error_message": task.error_message,
        "duration_seconds": task.duration_seconds,
        "token_usage": task.spent.usage.to_json(),
        "created_at": task.created_at.isoformat(),
        "completed_at": task.completed_at.isoformat() if task.completed_at else None,
    }
