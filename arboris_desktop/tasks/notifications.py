"""The notification that follows when a task has ended, or that of its batch when it was the last.

Each is stored within the transaction that ends the task: told is what happened, and once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from arboris_desktop.domain.batches import AnalysisBatch, BatchStatus
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.notifications import NotificationType
from arboris_desktop.domain.spending import SpendSettings
from arboris_desktop.domain.spent import Spent, money_words
from arboris_desktop.domain.tasks import AnalysisTask
from arboris_desktop.storage.database import Transaction
from arboris_desktop.storage.tasks.batches import OPEN

if TYPE_CHECKING:
    from arboris_desktop.domain.merge_counts import MergeCounts


def after_completion(
    transaction: Transaction,
    task: AnalysisTask,
    counts: MergeCounts,
    spent: Spent,
) -> None:
    """The chapter is analysed; a cost above the author's limit is said with it."""
    if not _batch_speaks(transaction, task):
        is_alarming = transaction.settings.get(SpendSettings).is_alarming(spent)
        _tell_completed(transaction, task, counts, spent if is_alarming else None)


def after_failure(
    transaction: Transaction, task: AnalysisTask, kind: ErrorKind, message: str
) -> None:
    """The task failed for good."""
    if not _batch_speaks(transaction, task):
        _tell_failed(transaction, task, kind, message)


def after_cancellation(transaction: Transaction, task: AnalysisTask) -> None:
    """The author cancelled the task and knows it; but its batch may be at its end by that."""
    _batch_speaks(transaction, task)


def _batch_speaks(transaction: Transaction, task: AnalysisTask) -> bool:
    """True if an open batch speaks for the task; it does so when nothing of it is left to do."""
    if task.batch_id is None or not transaction.batches.is_open(task.batch_id):
        return False
    batch = transaction.batches.get(task.batch_id)
    if not batch.unfinished:
        transaction.batches.change_status(batch.id, OPEN, BatchStatus.COMPLETED)
        _tell_batch_ended(transaction, batch, task)
    return True


def _tell_completed(
    transaction: Transaction,
    task: AnalysisTask,
    counts: MergeCounts,
    alarming: Spent | None,
) -> None:
    """Stores the notification that a chapter is analysed, and at what cost if that is alarming."""
    message, data = _counts_in_words(counts), counts.to_json()
    if alarming is not None:
        message += f"; it cost {money_words(alarming)}, more than the limit"
        data["alarming_cost"] = dict(alarming.money)
    transaction.notifications.add(
        task,
        NotificationType.COMPLETED,
        title=f"{_chapter_name(task)} is analysed",
        message=message,
        data=data,
    )


def _tell_batch_ended(transaction: Transaction, batch: AnalysisBatch, last: AnalysisTask) -> None:
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


def _tell_failed(
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
