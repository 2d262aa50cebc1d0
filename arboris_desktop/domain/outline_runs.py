"""Planning chapters by a model, range after range, so that nothing that came is lost."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.outline import ChapterRange
from arboris_desktop.domain.record import record


class RunKind(StrEnum):
    """The purpose of a run: to fill gaps, or to plan chapters again."""

    FILL = "fill"
    """They go where there was none."""
    REGENERATE = "regenerate"
    """They wait until the author has compared them with the old ones."""


class OutlineRunStatus(StrEnum):
    """The state of a run. One that is neither running nor completed can be resumed."""

    RUNNING = "running"
    STOPPED = "stopped"
    FAILED = "failed"
    COMPLETED = "completed"
    """All is planned; a regeneration waits for the author's decision."""
    SETTLED = "settled"
    """The author accepted or dismissed what came."""


@record
class PlannedChapter:
    """A chapter's plan as a model gave it."""

    number: int
    title: str
    plan: str


@record
class OutlineRun:
    """One request to plan chapters; ``range_size`` is how many are asked for at once, at most.

    ``proposals`` are the plans of a regeneration that came so far.
    """

    id: int
    project_id: str
    kind: RunKind
    range: ChapterRange
    range_size: int
    instruction: str
    status: OutlineRunStatus
    proposals: tuple[PlannedChapter, ...] = ()
    error_type: str | None = None
    error_message: str = ""
