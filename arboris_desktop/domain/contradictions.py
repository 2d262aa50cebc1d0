"""Contradictions: two places of the book that cannot both be true."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.codex import BookPlace, CodexFact
from arboris_desktop.domain.record import record


class AlertKind(StrEnum):
    """The way in which a chapter contradicts the codex."""

    DEAD_CHARACTER_ACTS = "dead_character_acts"
    ATTRIBUTE_DIFFERS = "attribute_differs"


class AlertStatus(StrEnum):
    """The author's answer to an alert."""

    OPEN = "open"
    DISMISSED = "dismissed"
    RESOLVED = "resolved"


@record
class Contradiction:
    """An alert: two places of the book that cannot both be true, each with its quotation.

    ``earlier`` is the fact that the codex held; ``fact`` the new one, or ``None`` where the text
    itself contradicts (a dead character speaks): then ``quotation``, ``start`` and ``end`` say
    where in the chapter.
    """

    id: int
    project_id: str
    chapter_id: int
    chapter_number: int
    chapter_title: str
    entry_id: int
    entry_name: str
    kind: AlertKind
    attribute: str
    earlier: CodexFact | None
    fact: CodexFact | None
    quotation: str
    start: int | None
    end: int | None
    status: AlertStatus
    created_at: datetime
    chapter_label: str | None = None

    @property
    def passage(self) -> BookPlace:
        """The place in the chapter that contradicts what was known."""
        return BookPlace(self.chapter_id, self.start, self.end)


@record
class NewContradiction:
    """An alert worked out from the book. ``signature`` identifies it among those of its entry.

    The same contradiction found again has the same signature, whatever its facts' numbers are.
    """

    entry_id: int
    kind: AlertKind
    signature: str
    chapter_id: int
    earlier_fact_id: int
    fact_id: int | None
    quotation: str
    start: int | None
    end: int | None
    attribute: str = ""
