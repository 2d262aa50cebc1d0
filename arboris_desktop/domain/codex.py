"""The codex: what the book has established, and where it says so."""

from __future__ import annotations

from dataclasses import field
from datetime import datetime
from enum import StrEnum

from arboris_desktop.domain.record import record


class EntryKind(StrEnum):
    """The subject of a codex entry."""

    CHARACTER = "character"
    LOCATION = "location"
    FACTION = "faction"
    ITEM = "item"
    RULE = "rule"
    FORESHADOWING = "foreshadowing"


WORLD_KINDS = (EntryKind.LOCATION, EntryKind.FACTION, EntryKind.ITEM, EntryKind.RULE)
"""The kinds of entry that make up the world around the characters."""


class FactStatus(StrEnum):
    """The status of a fact.

    ``UNSUPPORTED``: its quotation is not in the chapter. ``TO_CHECK``: it is, but says too little
    to prove anything. ``LOW_CONFIDENCE``: the model was unsure. ``PROPOSED``: sound, but the author
    wants to review what is merged. Only ``ACCEPTED`` facts reach the context of later chapters.
    """

    ACCEPTED = "accepted"
    PROPOSED = "proposed"
    LOW_CONFIDENCE = "low_confidence"
    UNSUPPORTED = "unsupported"
    TO_CHECK = "to_check"
    REJECTED = "rejected"


class Origin(StrEnum):
    """The author of something in the codex, or of a decision on it."""

    ANALYSIS = "analysis"
    AUTHOR = "author"


class Attribute(StrEnum):
    """The trait of a character that a fact fixes, so that facts can be compared.

    The value is a word or two: ``dead`` for ``LIFE``, ``34`` for ``AGE``, ``grey`` for a colour, a
    place for ``LOCATION``, a group for ``ALLEGIANCE``, a thing for ``POSSESSION``, and for
    ``RELATIONSHIP`` what the other character is to this one (``brother``). ``OTHER`` is not
    compared.
    """

    LIFE = "life"
    AGE = "age"
    EYE_COLOUR = "eye_colour"
    HAIR_COLOUR = "hair_colour"
    LOCATION = "location"
    ALLEGIANCE = "allegiance"
    POSSESSION = "possession"
    RELATIONSHIP = "relationship"
    OTHER = "other"


class SeedEffect(StrEnum):
    """The effect of a chapter on a foreshadowing seed."""

    PLANTED = "planted"
    ADVANCED = "advanced"
    PAID_OFF = "paid_off"


@record
class BookPlace:
    """A place in the book: character positions in a chapter, ``None`` where they are not known."""

    chapter_id: int
    start: int | None = None
    end: int | None = None


@record
class CodexFact:
    """One statement about an entry with the quotation that proves it.

    ``start`` and ``end`` are character positions in the present text of the chapter, as long as
    the quotation stands there; once it is gone, ``is_stale``. ``effect`` is what a seed's fact does
    to the seed. ``attribute`` (a value of ``Attribute``, or empty) and ``value`` make a fact
    comparable (``eye_colour``: ``grey``).
    ``other_entry_id`` is the second person of a relationship. ``decided_by`` is the author, once
    they accepted, edited or rejected it: a later analysis then leaves it alone. ``aliases`` are
    other names of the entry that the same passage gives.
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
    step: str = ""
    effect: SeedEffect | None = None
    attribute: str = ""
    value: str = ""
    other_entry_id: int | None = None
    other_entry_name: str = ""
    is_stale: bool = False
    decided_by: Origin | None = None
    aliases: tuple[str, ...] = ()
    chapter_label: str | None = None

    @property
    def counts(self) -> bool:
        """True if later chapters are told of it."""
        return self.status is FactStatus.ACCEPTED and not self.is_stale

    @property
    def is_proposed(self) -> bool:
        """True if it is proved by the text, and counts as soon as the author agrees."""
        return self.status is FactStatus.PROPOSED and not self.is_stale

    @property
    def waits(self) -> bool:
        """True if the author should look at it: not decided yet, or its words are gone."""
        if self.status is FactStatus.REJECTED:
            return False
        return self.is_stale or self.status is not FactStatus.ACCEPTED

    @property
    def passage(self) -> BookPlace:
        """The place of its quotation."""
        return BookPlace(self.chapter_id, self.start, self.end)


@record
class CodexEntry:
    """A character, a piece of the world or a foreshadowing seed, with its facts in book order.

    ``attributes`` holds what only its kind has: ``role`` of a character, ``seed_kind`` of a seed.
    ``description`` is in the author's own words, which no analysis touches. ``due_chapter`` is
    the number of the chapter by which a seed shall be paid off. ``refused_aliases`` are names of
    which the author said that they are not this entry's.
    """

    id: int
    project_id: str
    kind: EntryKind
    name: str
    aliases: tuple[str, ...] = ()
    attributes: dict[str, str] = field(default_factory=dict)
    facts: tuple[CodexFact, ...] = ()
    origin: Origin = Origin.ANALYSIS
    description: str = ""
    due_chapter: int | None = None
    refused_aliases: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The name and the other names."""
        return (self.name, *self.aliases)


@record
class NewFact:
    """A fact worked out by a step, checked against the text but not yet stored.

    ``entry_id`` is given where the model was shown the entry by its number (an open seed).
    """

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
    effect: SeedEffect | None = None
    attribute: str = ""
    value: str = ""
    other_name: str = ""
    step: str = ""
    entry_id: int | None = None
