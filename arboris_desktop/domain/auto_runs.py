"""Writing many chapters in a row, within bounds that the author has set."""

from __future__ import annotations

from dataclasses import asdict, fields
from datetime import datetime
from enum import StrEnum
from typing import Any

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent

MAX_CANDIDATES = 5


class AutoRunStatus(StrEnum):
    """The state of a run. A paused one waits for the author, who may let it go on."""

    RUNNING = "running"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


UNFINISHED = (AutoRunStatus.RUNNING, AutoRunStatus.PAUSED)


class StopReason(StrEnum):
    """The reason why a run waits."""

    AUTHOR = "author"
    INTERRUPTED = "interrupted"
    """The program ended while it was running."""
    CHOICE = "choice"
    """The author is to choose among the candidates."""
    TOKENS = "tokens"
    COST = "cost"
    TIME = "time"
    CONTRADICTION = "contradiction"
    ANALYSIS = "analysis"
    """The analysis of the last chapter failed, or waits in a paused queue."""
    SPENDING = "spending"
    """A limit on all spending, not on this run alone."""
    BUSY = "busy"
    """Another window or command writes the chapter, or it cannot be written for another reason."""
    PROVIDER = "provider"
    STORAGE = "storage"


class ChooseBy(StrEnum):
    """The one who decides which candidate becomes the chapter."""

    EVALUATION = "evaluation"
    AUTHOR = "author"


@record
class AutoOptions:
    """The way in which a run works, and its bounds. Raises ``RuleError`` without a bound.

    ``max_tokens`` counts both directions of every call; ``max_cost`` holds for each currency by
    itself, and cannot bound what has no price; ``max_minutes`` is time spent running. Zero: no such
    bound.
    """

    candidates: int = 2
    choose_by: ChooseBy = ChooseBy.EVALUATION
    wait_for_analysis: bool = True
    stop_at_contradictions: bool = True
    max_tokens: int = 0
    max_cost: float = 0.0
    max_minutes: int = 0

    def __post_init__(self) -> None:
        if not 1 <= self.candidates <= MAX_CANDIDATES:
            raise RuleError(
                ErrorKind.INVALID_VALUE, f"candidates must be from 1 to {MAX_CANDIDATES}"
            )
        if min(self.max_tokens, self.max_cost, self.max_minutes) < 0:
            raise RuleError(ErrorKind.INVALID_VALUE, "a bound must be zero or more")
        if not (self.max_tokens or self.max_cost or self.max_minutes):
            raise RuleError(ErrorKind.BOUND_MISSING, "a run needs a bound: tokens, cost or minutes")

    def reached(self, spent: Spent, seconds: float) -> StopReason | None:
        """The first bound that a run has reached with what it took, or ``None``."""
        if self.max_tokens and spent.tokens >= self.max_tokens:
            return StopReason.TOKENS
        if self.max_cost and max(spent.money.values(), default=0.0) >= self.max_cost:
            return StopReason.COST
        if self.max_minutes and seconds >= self.max_minutes * 60:
            return StopReason.TIME
        return None

    def to_json(self) -> dict[str, object]:
        """The stored form."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> AutoOptions:
        """Reads the stored form; what is not known is ignored."""
        known = {each.name for each in fields(cls)}
        values = {name: value for name, value in data.items() if name in known}
        if "choose_by" in values:
            values["choose_by"] = ChooseBy(values["choose_by"])
        return cls(**values)


@record
class AutoRun:
    """One run over chapters, as it is stored. ``next_chapter`` is written next.

    ``spent`` and ``seconds`` are what it has taken by now.
    """

    id: int
    project_id: str
    first_chapter: int
    last_chapter: int
    next_chapter: int
    options: AutoOptions
    status: AutoRunStatus
    stop_reason: StopReason | None
    detail: str
    spent: Spent
    seconds: float
    created_at: datetime
    updated_at: datetime

    @property
    def reached_bound(self) -> StopReason | None:
        """The first of its bounds that it has reached, or ``None``."""
        return self.options.reached(self.spent, self.seconds)

    @property
    def chapters(self) -> int:
        """The number of chapters in the run."""
        return self.last_chapter - self.first_chapter + 1

    @property
    def done(self) -> int:
        """The number of chapters that the run has finished."""
        return min(self.next_chapter, self.last_chapter + 1) - self.first_chapter


_PROMPT_TOKENS = 5_000
"""A rough count of the tokens that a chapter's request takes with its context."""

_TOKENS_PER_WORD = 2.0


def estimate_tokens_of_run(chapters: int, target_words: int, candidates: int) -> int:
    """About what a run takes, in tokens of both directions; analyses are not counted.

    Each candidate is asked for once and may be continued once; an evaluation reads all of them.
    """
    answer = target_words * _TOKENS_PER_WORD
    writing = candidates * (_PROMPT_TOKENS + 1.5 * answer)
    judging = _PROMPT_TOKENS + candidates * answer if candidates > 1 else 0
    return round(chapters * (writing + judging))


class AutoStep(StrEnum):
    """The stage at which a run is with a chapter."""

    WRITING = "writing"
    EVALUATING = "evaluating"
    ANALYSING = "analysing"
    WAITING = "waiting"
    """Waiting to try again after a failure that may be temporary."""
    UNJUDGED = "unjudged"
    """The model could not compare the candidates; the first is taken, and the others are kept."""
    STORED = "stored"
