"""Analysis tasks: their states, steps, configuration, and which change of state is allowed."""

from __future__ import annotations

from dataclasses import asdict, field
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent

MIN_PRIORITY, DEFAULT_PRIORITY, MAX_PRIORITY = 1, 5, 10
"""Priorities of tasks; the larger goes first."""

LARGEST_ID = 2**31 - 1
"""Ids of rows are below that in every database: a larger number is nobody's, and some refuse it."""

DEFAULT_MAX_RETRIES = 3

SUSPICIOUS_RESCUES = 2
"""From so many rescues on, a task runs alone in its process. So when the app ends again and again,
it turns out whose doing that is, and the tasks that only ran beside it go on."""

MAX_RESCUES = 3
"""A task that was rescued so often fails when the app ends once more while it runs alone: it is not
tried for ever."""

AGEING = timedelta(minutes=10)
"""The worth of one level of priority in waiting time: a task of priority 5 that waits for ten
minutes goes before a fresh one of priority 6. So nothing starves: after 90 minutes even priority 1
goes before all that is new."""


def claim_rank(priority: int, created_at: datetime) -> float:
    """The order in which waiting tasks are claimed, the smallest first.

    Linear ageing, written so that the order of two tasks never changes while they wait: it can
    be stored and indexed. Seconds since 1970, less what the priority is worth.
    """
    return created_at.timestamp() - priority * AGEING.total_seconds()


DURATION_BOUNDS = ("1", "5", "10", "30", "60", "120", "300", "600", "900", "+Inf")
"""The upper ends of the ranges, in seconds, by which the durations of analyses are counted."""


def duration_bound(seconds: float) -> str:
    """The range to which a duration belongs."""
    return next((bound for bound in DURATION_BOUNDS if seconds <= float(bound)), "+Inf")


@record
class OpenCircuit:
    """A provider that is out of order: why, who found it, and when it may be asked again, and how
    long after that."""

    provider: str
    reason: ErrorKind
    wait_seconds: float
    seconds_to_probe: float
    owner: str


@record
class DurationBucket:
    """The completed analyses that took more than the bound before, up to this one."""

    bound: str
    number: int
    seconds: float


class TaskStatus(StrEnum):
    """The state of a task. The values are those of Arboris-Novel."""

    PENDING = "pending"
    PROCESSING = "processing"
    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"
    RESTING = "resting"
    """It waited on another computer and came with a file: nobody has asked for it here."""


ALLOWED_CHANGES: dict[TaskStatus, frozenset[TaskStatus]] = {
    TaskStatus.PENDING: frozenset({TaskStatus.PROCESSING, TaskStatus.CANCELLED}),
    TaskStatus.PROCESSING: frozenset(
        {TaskStatus.PENDING, TaskStatus.COMPLETED, TaskStatus.FAILED, TaskStatus.CANCELLED}
    ),
    TaskStatus.COMPLETED: frozenset(),
    TaskStatus.FAILED: frozenset({TaskStatus.PENDING}),
    TaskStatus.CANCELLED: frozenset({TaskStatus.PENDING}),
    TaskStatus.RESTING: frozenset({TaskStatus.PENDING, TaskStatus.CANCELLED}),
}
"""From each state, the states that may follow. ``completed`` is final."""


class AnalysisStep(StrEnum):
    """A step of the analysis of a chapter, in the order of work."""

    SUMMARY = "summary"
    CHARACTER_TRACKING = "character_tracking"
    NEW_CHARACTERS = "new_characters"
    WORLD_EXPANSION = "world_expansion"
    FORESHADOWING = "foreshadowing"

    @property
    def model_task(self) -> ModelTask:
        """The kind of work that it is; summaries may go to a model of their own."""
        return ModelTask.SUMMARIES if self is AnalysisStep.SUMMARY else ModelTask.ANALYSIS


LEAST_FOR_ONE_QUESTION = 32_000
"""Tokens of context; a model with fewer holds neither the long question nor the long answer well.
"""


@record
class GenerationConfig:
    """The steps that run, and the thresholds of Arboris-Novel's enhanced mode.

    ``min_chapter_length`` is in characters of text; shorter chapters are not analysed.
    Facts below ``confidence_threshold`` (0 to 1) are kept apart as low confidence.
    ``in_one_question``: all steps are asked at once, if all are to run and the model has the room.
    """

    character_tracking: bool = True
    new_characters: bool = True
    world_expansion: bool = True
    foreshadowing: bool = True
    min_chapter_length: int = 1000
    confidence_threshold: float = 0.7
    in_one_question: bool = False

    def enabled_steps(self) -> tuple[AnalysisStep, ...]:
        """The steps to run; the summary always runs when the chapter has none yet."""
        return tuple(
            step
            for step in AnalysisStep
            if step is AnalysisStep.SUMMARY or getattr(self, step.value)
        )

    def to_json(self) -> dict[str, object]:
        """The stored form."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, object] | None) -> GenerationConfig:
        """Reads the stored form; what is missing, unknown or of another type is the default."""
        defaults = _defaults()
        usable = {
            name: value
            for name, value in (data or {}).items()
            if name in defaults and _is_of_type(value, defaults[name])
        }
        return cls(**usable)  # type: ignore[arg-type]


@cache
def _defaults() -> dict[str, object]:
    """Returns the values of ``GenerationConfig`` where nothing is stored."""
    return asdict(GenerationConfig())


def _is_of_type(value: object, default: object) -> bool:
    if isinstance(default, bool) or isinstance(value, bool):
        return isinstance(default, bool) and isinstance(value, bool)
    if isinstance(default, float):
        return isinstance(value, (int, float))
    return isinstance(value, int)


@record
class AnalysisTask:
    """One row of the queue, together with the names that a panel shows.

    ``attempt`` grows with every claim and is the fencing token: a worker may only change the
    task while the row still bears the attempt it was given. ``held``: its batch is paused.
    ``retry_count`` counts failures, ``rescue_count`` how often the app ended while the task ran;
    ``spent`` is by the prices at the time.
    """

    id: int
    project_id: str
    chapter_id: int
    chapter_version_id: int
    version_revision: int
    status: TaskStatus
    priority: int
    attempt: int
    retry_count: int
    max_retries: int
    rescue_count: int
    config: GenerationConfig
    created_at: datetime
    updated_at: datetime
    started_at: datetime | None = None
    completed_at: datetime | None = None
    not_before: datetime | None = None
    duration_seconds: float | None = None
    current_step: AnalysisStep | None = None
    lease_owner: str | None = None
    lease_expires_at: datetime | None = None
    error_type: str | None = None
    error_message: str | None = None
    spent: Spent = field(default_factory=Spent)
    batch_id: int | None = None
    held: bool = False
    chapter_number: int = 0
    chapter_title: str = ""
    project_title: str = ""
    chapter_label: str | None = None


@record
class TaskFailure:
    """One failed attempt, kept as the task's history; ``raw_answer`` is what the model had sent."""

    attempt: int
    step: AnalysisStep | None
    error_type: str
    error_message: str
    provider: str
    model: str
    created_at: datetime
    raw_answer: str = ""


@record
class QueueCounts:
    """The number of tasks in each state."""

    pending: int = 0
    processing: int = 0
    completed: int = 0
    failed: int = 0
    cancelled: int = 0
    resting: int = 0

    @property
    def total(self) -> int:
        """All tasks, whatever their state."""
        ended = self.completed + self.failed + self.cancelled
        return self.unfinished + ended + self.resting

    @property
    def unfinished(self) -> int:
        """Tasks that still have to run or are running."""
        return self.pending + self.processing
