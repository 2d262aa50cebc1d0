"""Candidate versions of a chapter: drafts of the same plan, of which the author takes one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent

MAX_CANDIDATES = 5
"""The most that may be requested at once."""

MAX_IN_ROUND = 10
"""The most in a round, including those that were requested one by one afterwards."""


STOPPED_WITH_RUN = "run_waits"
"""The ``finish_reason`` of a candidate that stopped because its run of the auto-writer did."""


class CandidateStatus(StrEnum):
    """The state of a candidate. Its text is kept in every one."""

    WRITING = "writing"
    INTERRUPTED = "interrupted"
    """Never stored: a candidate that is being written by a process that has died."""
    STOPPED = "stopped"
    FAILED = "failed"
    STORED = "stored"
    """It is a version of the chapter that can be chosen."""
    CHOSEN = "chosen"


UNFINISHED = frozenset(
    {CandidateStatus.INTERRUPTED, CandidateStatus.STOPPED, CandidateStatus.FAILED}
)
"""The author decides about these: keep, continue, discard, or try again."""


class Angle(StrEnum):
    """An emphasis that a candidate is given, so that candidates differ."""

    PLAN = "plan"
    """Nothing but the plan."""
    ACTION = "action"
    DIALOGUE = "dialogue"
    SENSES = "senses"
    INNER_LIFE = "inner_life"


_WARMER = {
    Angle.PLAN: 0.0,
    Angle.ACTION: 0.1,
    Angle.DIALOGUE: -0.1,
    Angle.SENSES: 0.15,
    Angle.INNER_LIFE: 0.05,
}


def angle_of(position: int) -> Angle:
    """The angle of a candidate; positions count from 1."""
    return list(Angle)[(position - 1) % len(Angle)]


def temperature_for(angle: Angle, temperature: float) -> float:
    """The author's temperature, a little higher or lower; from 0 to 2."""
    return round(min(max(temperature + _WARMER[angle], 0.0), 2.0), 2)


def letter_of(position: int) -> str:
    """The letter that a candidate goes by: A for the first."""
    return chr(ord("A") + position - 1)


@record
class Candidate:
    """One draft of a chapter.

    ``content`` is what came, be it finished or not. ``spent`` is on the calls that ended.
    ``version_id`` is set once it is stored. ``raw_answer`` is what the model sent, where one that
    failed is less than that.
    """

    id: int
    chapter_id: int
    round: int
    position: int
    status: CandidateStatus
    content: str
    instruction: str
    angle: Angle
    provider: str
    owner: str
    finish_reason: str
    error_kind: ErrorKind | None
    error_message: str
    version_id: int | None
    spent: Spent
    created_at: datetime
    updated_at: datetime
    raw_answer: str = ""

    @property
    def letter(self) -> str:
        """See ``letter_of``."""
        return letter_of(self.position)

    @property
    def is_stored(self) -> bool:
        """True if it can be chosen, compared and evaluated."""
        return self.status in (CandidateStatus.STORED, CandidateStatus.CHOSEN)

    @property
    def was_stopped_by_author(self) -> bool:
        """True if the author stopped this one, and not a run that it belongs to: nobody but the
        author goes on with it."""
        is_stopped = self.status is CandidateStatus.STOPPED
        return is_stopped and self.finish_reason != STOPPED_WITH_RUN

    @property
    def is_cut(self) -> bool:
        """True if the model reached its token limit, so that the end may be missing."""
        return self.finish_reason == "length"


@record
class CandidateRound:
    """Candidates that were asked for together; rounds count from 1 within a chapter.

    ``decided_at`` is when the author took one of them, or a text made of them.
    """

    chapter_id: int
    number: int
    candidates: tuple[Candidate, ...]
    decided_at: datetime | None = None

    @property
    def stored(self) -> tuple[Candidate, ...]:
        """Those that are finished, in order."""
        return tuple(candidate for candidate in self.candidates if candidate.is_stored)

    @property
    def unfinished(self) -> tuple[Candidate, ...]:
        """Those that ended early."""
        return tuple(each for each in self.candidates if each.status in UNFINISHED)

    @property
    def is_for_runs(self) -> bool:
        """True if a run of the auto-writer may finish it, or take one of it."""
        return not all(each.was_stopped_by_author for each in self.candidates)

    @property
    def was_cut_short(self) -> bool:
        """True if a process died that wrote one of them: the author does not know of it."""
        return any(each.status is CandidateStatus.INTERRUPTED for each in self.candidates)

    @property
    def is_writing(self) -> bool:
        """True if one of them is being written."""
        return any(each.status is CandidateStatus.WRITING for each in self.candidates)

    @property
    def chosen(self) -> Candidate | None:
        """The one that was taken, if it was one of them."""
        return next((c for c in self.candidates if c.status is CandidateStatus.CHOSEN), None)


class Criterion(StrEnum):
    """A measure by which candidates are judged."""

    PLAN = "plan"
    CONTINUITY = "continuity"
    CHARACTERS = "characters"
    STYLE = "style"
    LANGUAGE = "language"


@record
class Remark:
    """One praise or criticism. ``is_supported``: its quotation stands in the candidate's text."""

    text: str
    quotation: str = ""
    is_supported: bool = False


@record
class CandidateJudgement:
    """The model's judgement of one candidate. Scores are from 0 to 100, ``None`` if it gave none.

    ``was_shortened``: the model could not be shown the whole text.
    """

    candidate_id: int
    version_id: int
    score: int | None
    scores: Mapping[Criterion, int]
    pros: tuple[Remark, ...]
    cons: tuple[Remark, ...]
    is_recommended: bool = False
    was_shortened: bool = False


@record
class RoundEvaluation:
    """The newest judgement of a round. ``reason`` is why one is recommended.

    ``by_score``: the model recommended none that there is, so the best score decided.
    """

    chapter_id: int
    round: int
    judgements: tuple[CandidateJudgement, ...]
    reason: str
    provider: str
    created_at: datetime
    by_score: bool = False

    @property
    def recommended(self) -> CandidateJudgement | None:
        """The judgement of the candidate that is recommended."""
        return next((each for each in self.judgements if each.is_recommended), None)

    def of(self, candidate_id: int) -> CandidateJudgement | None:
        """The judgement of a candidate, if there is one."""
        return next((each for each in self.judgements if each.candidate_id == candidate_id), None)
