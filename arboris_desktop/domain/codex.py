"""The codex: what the book has established, and where it says so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What a codex entry is about."""

    CHARACTER = "character"
    LOCATION = "location"
    FACTION = "faction"
    ITEM = "item"
    RULE = "rule"
    FORESHADOWING = "foreshadowing"


class FactStatus(StrEnum):
    """Whether a fact counts.

    ``UNSUPPORTED``: its quotation is not in the chapter. ``LOW_CONFIDENCE``: the model was
    unsure. Both are shown apart and never reach the context of later chapters.
    """

    ACCEPTED = "accepted"
    LOW_CONFIDENCE = "low_confidence"
    UNSUPPORTED = "unsupported"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class CodexFact:
    """One statement about an entry with the quotation that proves it.

    ``start`` and ``end`` are character positions in the analysed version of the chapter.
    """

    id: int
    entry_id: int
    chapter_id: int
    chapter_number: int
    chapter_title: str
    version_id: int
    version_revision: int
    statement: str
    reason: str
    quotation: str
    start: int | None
    end: int | None
    confidence: float
    status: FactStatus
    created_at: datetime


@dataclass(frozen=True, slots=True)
class CodexEntry:
    """A character, a piece of the world or a foreshadowing seed, with its facts in book order.

    ``attributes`` holds what only its kind has: ``role`` of a character, ``seed_kind`` of a seed.
    """

    id: int
    project_id: str
    kind: EntryKind
    name: str
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    facts: tuple[CodexFact, ...] = ()


@dataclass(frozen=True, slots=True)
class NewFact:
    """A fact worked out by a step, checked against the text but not yet stored."""

    kind: EntryKind
    entry_name: str
    statement: str
    quotation: str
    start: int | None
    end: int | None
    confidence: float
    status: FactStatus
    reason: str = ""
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
