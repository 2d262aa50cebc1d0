"""What the author is told when a task has ended."""

from __future__ import annotations

from arboris_desktop.analysis.merging import MergeCounts
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.tasks import AnalysisTask, NotificationType
from arboris_desktop.storage.database import Transaction


def tell_completed(transaction: Transaction, task: AnalysisTask, counts: MergeCounts) -> None:
    """Stores the notification that a chapter is analysed."""
    transaction.notifications.add(
        task,
        NotificationType.COMPLETED,
        title=f"{_chapter_name(task)} is analysed",
        message=_counts_in_words(counts),
        data=counts.to_json(),
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
