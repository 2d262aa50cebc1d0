"""The context of a chapter: the pieces that a model is told, with the reason for each."""

from __future__ import annotations

from enum import StrEnum

from arboris_desktop.domain.record import record


class ItemKind(StrEnum):
    """The kind of a piece of the context, in the order in which the model reads them."""

    BLUEPRINT = "blueprint"
    GUIDE = "guide"
    BOOK_SUMMARY = "book"
    VOLUME_SUMMARY = "volume"
    CHAPTER_SUMMARY = "chapter"
    CODEX = "codex"
    SEED = "seed"
    PASSAGE = "passage"
    NEXT_PLAN = "plan"
    PREVIOUS_END = "previous"


class ContextChoice(StrEnum):
    """The author's decision about a piece, for one chapter."""

    PINNED = "pinned"
    EXCLUDED = "excluded"


class ReasonKind(StrEnum):
    """The reason why a piece is considered at all."""

    ALWAYS = "always"
    """It belongs to every chapter of the novel."""
    COMES_BEFORE = "comes_before"
    COMES_AFTER = "comes_after"
    NAMED_IN_PLAN = "named_in_plan"
    """By ``Reason.words``."""
    NAMED_BEFORE = "named_before"
    """At the end of the previous chapter, by ``Reason.words``."""
    SEEN_LATELY = "seen_lately"
    """Last in chapter ``Reason.number``."""
    OVERDUE = "overdue"
    """And open since chapter ``Reason.number``, as below."""
    DUE = "due"
    """By chapter ``Reason.number``."""
    OPEN = "open"
    """Since chapter ``Reason.number``; 0 for what no chapter has planted yet."""
    MATCHES = "matches"
    """The plan, in ``Reason.words``."""


@record
class Reason:
    """The reason why a piece is considered; the meaning of ``words`` and ``number`` depends on the
    kind. ``chapter`` is what the author calls chapter ``number``, where it has an own number."""

    kind: ReasonKind
    words: str = ""
    number: int = 0
    chapter: str = ""


class LeftOut(StrEnum):
    """The reason why a piece is not told."""

    NO_ROOM = "no_room"
    ENOUGH = "enough"
    """There are as many of its kind as help; more would only crowd out the rest."""
    EXCLUDED = "excluded"
    """The author does not want it."""


@record
class ContextItem:
    """One piece. ``key`` identifies it among those of its kind.

    ``label`` is what the author calls it: a name, a title, or nothing. ``first`` and ``last`` are
    the chapters that it is about, 0 for none. ``text`` is what the model reads, ``tokens`` its
    length. ``is_shortened``: some of it was cut for want of room. ``own_number`` is the number of
    a single chapter as its author writes it.
    """

    kind: ItemKind
    key: str
    label: str
    text: str
    reason: Reason
    first: int = 0
    last: int = 0
    tokens: int = 0
    is_shortened: bool = False
    choice: ContextChoice | None = None
    left_out: LeftOut | None = None
    own_number: str | None = None
