"""Reviews of a written chapter by a model: as a critic, as a reader, as the keeper of the rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from datetime import datetime
from enum import StrEnum
from hashlib import sha256

from arboris_desktop.domain.record import record


class ReviewKind(StrEnum):
    """The kind of review that was asked for. The values are stored with the evaluations."""

    REVIEW = "review"
    """The chapter in six dimensions."""
    READER = "reader"
    """The impressions of a certain kind of reader."""
    CONSTITUTION = "constitution"
    """The chapter, checked against the rules of the novel."""
    EMOTION = "emotion"
    """Feeling, tension and pace from scene to scene."""


class Dimension(StrEnum):
    """A dimension in which a chapter is reviewed."""

    PLAN = "plan"
    CONSISTENCY = "consistency"
    CONTINUITY = "continuity"
    RULES = "rules"
    STYLE = "style"
    TENSION = "tension"


class Severity(StrEnum):
    """The weight of a remark."""

    PRAISE = "praise"
    HINT = "hint"
    PROBLEM = "problem"


class Reader(StrEnum):
    """The part that the model plays when it reads."""

    FAN = "fan"
    IMPATIENT = "impatient"
    CAREFUL = "careful"


@record
class ReviewNote:
    """A remark with its evidence; ``start`` and ``end`` in characters of the chapter.

    Without a place, the quotation is not in the chapter: the remark counts as unsupported.
    ``rule`` is the number of the rule that is broken, from 1.
    """

    severity: Severity
    comment: str
    quotation: str = ""
    start: int | None = None
    end: int | None = None
    dimension: Dimension | None = None
    rule: int | None = None

    @property
    def is_supported(self) -> bool:
        """True if the quotation stands in the chapter."""
        return self.start is not None


@record
class Beat:
    """A stretch of the chapter as it feels.

    ``position`` is where it lies in the chapter, from 0 to 1; ``feeling`` from -5 (dark) to 5
    (bright), ``tension`` and ``pace`` from 0 to 10.
    """

    position: float
    feeling: int
    tension: int
    pace: int
    label: str = ""
    start: int | None = None
    end: int | None = None


@record
class ReviewFindings:
    """The results of a review. ``scores`` are from 0 to 100."""

    verdict: str = ""
    scores: Mapping[Dimension, int] = field(default_factory=dict)
    notes: tuple[ReviewNote, ...] = ()
    beats: tuple[Beat, ...] = ()


@record
class ChapterReview:
    """A stored review. ``is_stale``: the chapter has changed since."""

    id: int
    chapter_id: int
    kind: ReviewKind
    reader: Reader | None
    findings: ReviewFindings
    provider: str
    created_at: datetime
    is_stale: bool = False


@record
class ReviewTarget:
    """The text that is reviewed; ``rules`` are those of the novel at that time."""

    chapter_id: int
    version_id: int
    version_revision: int
    text: str
    rules: tuple[str, ...] = ()

    @property
    def rules_hash(self) -> str:
        """Tells whether the rules have changed since."""
        return sha256("\n".join(self.rules).encode()).hexdigest()[:16]


@record
class ReviewedPart:
    """A part that a model has read of a whole ``chapter``.

    It lies from ``begins`` to ``ends``, shares of the chapter from 0 to 1.
    """

    text: str
    chapter: str
    rules: tuple[str, ...] = ()
    begins: float = 0.0
    ends: float = 1.0


def together(parts: Iterable[tuple[int, ReviewFindings]]) -> ReviewFindings:
    """The findings on the parts of a chapter as those on the whole; weights are their lengths.

    Scores are averages by length.
    """
    listed = list(parts)
    return ReviewFindings(
        "\n\n".join(found.verdict for _, found in listed if found.verdict),
        _averages(listed),
        tuple(dict.fromkeys(note for _, found in listed for note in found.notes)),
        tuple(beat for _, found in listed for beat in found.beats),
    )


def _averages(parts: list[tuple[int, ReviewFindings]]) -> dict[Dimension, int]:
    averages = {}
    for dimension in Dimension:
        scored = [(w, f.scores[dimension]) for w, f in parts if dimension in f.scores]
        if scored:
            total = sum(weight for weight, _ in scored) or 1
            averages[dimension] = round(sum(w * score for w, score in scored) / total)
    return averages
