"""What follows when a task has ended: its notification, or that of its batch when it was the last.

Each is called within the transaction that ends the task: told is what happened, and once.
"""

from __future__ import annotations

from arboris_desktop.codex.merging import MergeCounts
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.settings import PriceSettings
from arboris_desktop.domain.tasks import AnalysisTask, BatchStatus
from arboris_desktop.storage.database import Transaction
from arboris_desktop.storage.tasks.batches import OPEN
from arboris_desktop.tasks.notifications import tell_batch_ended, tell_completed, tell_failed


def after_completion(
    transaction: Transaction,
    task: AnalysisTask,
    counts: MergeCounts,
    cost: float | None,
    prices: PriceSettings,
) -> None:
    """The chapter is analysed; a cost above the author's limit is said with it."""
    if not _batch_speaks(transaction, task):
        alarming = cost if prices.is_alarming(cost) else None
        tell_completed(transaction, task, counts, alarming, prices.currency)


def after_failure(
    transaction: Transaction, task: AnalysisTask, kind: ErrorKind, message: str
) -> None:
    """The task failed for good."""
    if not _batch_speaks(transaction, task):
        tell_failed(transaction, task, kind, message)


def after_cancellation(transaction: Transaction, task: AnalysisTask) -> None:
    """The author cancelled the task and knows it; but its batch may be at its end by that."""
    _batch_speaks(transaction, task)


def _batch_speaks(transaction: Transaction, task: AnalysisTask) -> bool:
    """Whether an open batch speaks for the task; it does so when nothing of it is left to do."""
    if task.batch_id is None or not transaction.batches.is_open(task.batch_id):
        return False
    batch = transaction.batches.get(task.batch_id)
    if not batch.unfinished:
        transaction.batches.change_status(batch.id, OPEN, BatchStatus.COMPLETED)
        tell_batch_ended(transaction, batch, task)
    return True
