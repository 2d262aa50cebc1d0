"""The one way into the queue."""

from __future__ import annotations

from arboris_desktop.domain.novel import ChapterVersion
from arboris_desktop.domain.tasks import DEFAULT_PRIORITY, GenerationConfig
from arboris_desktop.storage.database import Transaction


def enqueue(
    transaction: Transaction,
    version: ChapterVersion,
    *,
    priority: int = DEFAULT_PRIORITY,
    batch_id: int | None = None,
) -> int:
    """Queues the analysis of the text that a chapter now has, and returns the task's id.

    The chapter's facts and comments are pointed at where their words stand in that text.
    """
    transaction.anchor(version.chapter_id, version.content)
    return transaction.queue.add(
        project_id=transaction.chapters.overview(version.chapter_id).project_id,
        chapter_id=version.chapter_id,
        version_id=version.id,
        revision=version.revision,
        priority=priority,
        config=transaction.settings.get(GenerationConfig),
        batch_id=batch_id,
    )
