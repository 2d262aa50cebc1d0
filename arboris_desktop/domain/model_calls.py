"""The purposes of calls to models, and their costs."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent
from arboris_desktop.domain.usage import TokenUsage


class ModelTask(StrEnum):
    """A kind of work, for which the author may choose a model of its own."""

    PLANNING = "planning"
    """Concept dialogue, blueprint and outline."""
    DRAFTING = "drafting"
    """Chapters, and passages that are rewritten."""
    EVALUATION = "evaluation"
    """Candidates compared, reviews, checks of the constitution."""
    SUMMARIES = "summaries"
    ANALYSIS = "analysis"


@record
class CallPurpose:
    """The purpose of a call to a model; ``prompt`` is the name of the prompt."""

    task: ModelTask
    prompt: str = ""
    project_id: str | None = None
    chapter_id: int | None = None
    auto_run_id: int | None = None


class CallOutcome(StrEnum):
    """The outcome of a call. The provider may charge for all of them."""

    COMPLETED = "completed"
    FAILED = "failed"
    CANCELLED = "cancelled"


@record
class ModelCall:
    """One call that has ended.

    ``profile`` is what the author calls the provider. ``cost`` is in ``currency``, ``None`` when
    no price is known; ``duration_seconds`` is the time until the last token.
    """

    purpose: CallPurpose
    outcome: CallOutcome
    profile: str
    provider: str
    model: str
    usage: TokenUsage
    cost: float | None
    currency: str
    started_at: datetime
    duration_seconds: float

    @property
    def spent(self) -> Spent:
        """The tokens and money that the call took."""
        return Spent.on_call(self.usage, self.cost, self.currency)
