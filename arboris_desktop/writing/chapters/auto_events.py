"""The news of a run of the auto-writer, and what it is told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from arboris_desktop.domain.auto_runs import AutoRun, AutoStep
from arboris_desktop.domain.novel import ChapterOverview
from arboris_desktop.domain.record import record
from arboris_desktop.writing.chapters.candidates import CandidateEvent
from arboris_desktop.writing.chapters.drafting import DraftEvent


@record
class AutoProgress:
    """A run has gone on to another step."""

    run: AutoRun
    chapter: ChapterOverview
    step: AutoStep


@record
class AutoText:
    """A chapter grows: as a draft, or as one of its candidates."""

    chapter_id: int
    event: DraftEvent | CandidateEvent
    candidate_id: int | None = None


AutoEvent = AutoProgress | AutoText
TellAuto = Callable[[AutoEvent], None]
QueueChanged = Callable[[], Awaitable[None]]
"""Returns when an analysis task may have ended, at the latest after some seconds.

May raise ``AnalysesHeldError``, which is then why the run waits.
"""


class AnalysesHeldError(Exception):
    """Raised by a ``QueueChanged``: no analysis will end before the author has done something."""
