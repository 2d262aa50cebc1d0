"""Batches: chapters that the author has analysed together."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent


class BatchStatus(StrEnum):
    """The state of a batch of analyses."""

    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


@record
class BatchEstimate:
    """An estimate, made before the start, of what analysing some chapters will take.

    ``seconds`` is ``None`` when nothing was measured yet.
    """

    chapters: int
    spent: Spent = field(default_factory=Spent)
    seconds: float | None = None

    def to_json(self) -> dict[str, object]:
        """The stored form."""
        return {"chapters": self.chapters, "seconds": self.seconds, **self.spent.to_json()}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> BatchEstimate:
        """Reads the stored form; what is not known is ignored."""
        seconds = data.get("seconds")
        return cls(
            int(data["chapters"]),
            Spent.from_json(data),
            None if seconds is None else float(seconds),
        )


@record
class AnalysisBatch:
    """Chapters that the author had analysed together, and how far that has come."""

    id: int
    project_id: str
    project_title: str
    status: BatchStatus
    total: int
    unfinished: int
    completed: int
    failed: int
    cancelled: int
    estimate: BatchEstimate
    created_at: datetime
    completed_at: datetime | None = None

    @property
    def ended(self) -> int:
        """The number of chapters that have ended, in whatever way."""
        return self.completed + self.failed + self.cancelled
