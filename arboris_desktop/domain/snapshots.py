"""Snapshots: texts of a chapter that the author had, and may want back."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from arboris_desktop.domain.record import record

BETWEEN_SNAPSHOTS = timedelta(minutes=10)
"""The least time between two that are taken by themselves."""


class SnapshotKind(StrEnum):
    """The reason for which a snapshot was taken."""

    WORK = "work"
    """The author wrote on."""
    MODEL = "model"
    """A model was about to change the text."""
    RESTORE = "restore"
    """An older text was about to come back."""
    NAMED = "named"
    """The author wanted it; it stays."""


@record
class ChapterSnapshot:
    """A text that the author had. ``word_count`` in words, or characters of Chinese."""

    id: int
    chapter_id: int
    kind: SnapshotKind
    name: str
    content: str
    word_count: int
    created_at: datetime
