"""What the author is told when a task has ended."""

from __future__ import annotations

from arboris_desktop.codex.merging import MergeCounts
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import AnalysisBatch, AnalysisTask, NotificationType
from arboris_desktop.storage.database import Transaction


def tell_completed(
    transaction: Transaction,
    task: AnalysisTask,
    counts: MergeCounts,
    alarming_cost: float | None,
    currency: str,
) -> None:
    """Stores the notification that a chapter is analysed, and at what cost if that is alarming."""
    message, data = _counts_in_words(counts), counts.to_json()
    if alarming_cost is not None:
        message += f"; it cost {alarming_cost:.4f} {currency}, more than the limit"
        data |= {"alarming_cost": alarming_cost, "currency": currency}
    transaction.notifications.add(
        task,
        NotificationType.COMPLETED,
        title=f"{_chapter_name(task)} is analysed",
        message=message,
        data=data,
    )


def tell_batch_ended(transaction: Transaction, batch: AnalysisBatch, last: AnalysisTask) -> None:
    """Stores the one notification of a batch, with its last chapter for a place to go."""
    transaction.notifications.add(
        last,
        NotificationType.COMPLETED,
        title=f"The analysis of {batch.project_title} has ended",
        message=f"{batch.completed} chapters analysed, {batch.failed} failed, "
        f"{batch.cancelled} cancelled",
        data={
            "batch_id": batch.id,
            "completed": batch.completed,
            "failed": batch.failed,
            "cancelled": batch.cancelled,
        },
    )


def tell_failed(
    transaction: Transaction, task: AnalysisTask, kind: ErrorKind, message: str
) -> None:
    """Stores the notification that a task failed for good."""
    transaction.notifications.add(
        task,
        NotificationType.FAILED,
        title=f"{_chapter_name(task)} could not be analysed",
        message=message,
        data={"error_type": kind.value},
    )


def _chapter_name(task: AnalysisTask) -> str:
    return f"Chapter {task.chapter_number}" + (
        f": {task.chapter_title}" if task.chapter_title else ""
    )


def _counts_in_words(counts: MergeCounts) -> str:
    return (
        f"{counts.characters} new characters, {counts.changes} changes, "
        f"{counts.world} world entries, {counts.seeds} seeds planted; "
        f"{counts.unsupported} without evidence left out"
    )
