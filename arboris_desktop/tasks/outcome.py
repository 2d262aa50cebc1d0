"""The outcome of a task, as its worker tells it."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.tasks import AnalysisTask


class OutcomeKind(StrEnum):
    """The way in which a worker left its task."""

    COMPLETED = "completed"
    FAILED = "failed"
    POSTPONED = "postponed"
    RELEASED = "released"
    LOST = "lost"


@record
class TaskOutcome:
    """The outcome of a task; ``error`` for failed and postponed ones.

    ``provider`` is who was asked last, empty if nobody was; ``retry_after`` is in seconds, if it
    told. ``answered`` are all who did what they were asked; where a step has several to fall back
    on, these count as one, under a name of their own. ``successor`` was claimed as this one was
    completed, and is to be run.
    """

    task_id: int
    kind: OutcomeKind
    error: ErrorKind | None = None
    message: str = ""
    provider: str = ""
    retry_after: float | None = None
    answered: frozenset[str] = frozenset()
    successor: AnalysisTask | None = None
