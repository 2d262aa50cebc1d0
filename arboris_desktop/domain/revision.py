"""Passages that a model rewrites, and the author accepts change by change."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record


class RevisionKind(StrEnum):
    """The kind of change that is wanted of a passage."""

    REWRITE = "rewrite"
    EXPAND = "expand"
    CONDENSE = "condense"
    DIALOGUE = "dialogue"
    SETTING = "setting"
    INNER_LIFE = "inner_life"
    RHYTHM = "rhythm"


class RevisionStatus(StrEnum):
    """The outcome of a proposal."""

    PROPOSED = "proposed"
    APPLIED = "applied"
    REJECTED = "rejected"


@record
class Passage:
    """Some words of a chapter; ``start`` in characters of its text."""

    chapter_id: int
    start: int
    text: str

    @property
    def end(self) -> int:
        """The end of the passage, in characters of the chapter."""
        return self.start + len(self.text)


@record
class PassageRevision:
    """A model's proposal for a passage."""

    id: int
    kind: RevisionKind
    instruction: str
    passage: Passage
    proposal: str
    status: RevisionStatus
    provider: str


def find_passage(text: str, passage: Passage) -> int | None:
    """The start of the passage now: in its old place, else in the only other one.

    ``None`` when it has been changed meanwhile, or stands in several places.
    """
    if not passage.text:
        return None
    if text.startswith(passage.text, passage.start):
        return passage.start
    first = text.find(passage.text)
    if first >= 0 and text.find(passage.text, first + 1) < 0:
        return first
    return None


def fitted(proposal: str, original: str) -> str:
    """The proposal with the white space of the original around it, so that paragraphs stay."""
    core = original.strip()
    if not core:
        return proposal
    before, after = original[: original.index(core)], original[original.index(core) + len(core) :]
    return before + proposal.strip() + after
