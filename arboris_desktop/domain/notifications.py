"""Notifications about the analysis, which stay until the author has read them."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.record import record


class NotificationType(StrEnum):
    """The kind of a notification."""

    STARTED = "started"
    PROGRESS = "progress"
    COMPLETED = "completed"
    FAILED = "failed"


@record
class Notification:
    """A row of ``analysis_notifications``; it stays until it is read.

    ``title`` and ``message`` are in English for the command line; the window composes its own
    translated words from ``type``, the chapter and ``data``.
    """

    id: int
    task_id: int
    chapter_id: int
    project_id: str
    type: NotificationType
    title: str
    message: str
    data: dict[str, object]
    created_at: datetime
    read_at: datetime | None = None
    chapter_number: int = 0
    chapter_title: str = ""
    project_title: str = ""
    chapter_label: str | None = None

    @property
    def is_read(self) -> bool:
        """True if the author has seen it."""
        return self.read_at is not None
