"""The people and things likely to be in a chapter: named in its plan, or at the end of the last
one."""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.context import ContextChoice, ItemKind, Reason, ReasonKind
from arboris_desktop.domain.record import record
from arboris_desktop.domain.story import EntryGlance
from arboris_desktop.storage.writing.context_choices import Choices
from arboris_desktop.text.search_terms import TermText

SEEN_LATELY = 24
"""Characters that are considered without being named, those seen last first."""

_RANKS = (ReasonKind.NAMED_IN_PLAN, ReasonKind.NAMED_BEFORE, ReasonKind.SEEN_LATELY)


@record
class Present:
    """An entry that may be in the chapter, and why.

    ``statements`` are the valid ones: the first and the newest.
    """

    entry: EntryGlance
    reason: Reason
    statements: tuple[str, ...] = ()


@record
class Scene:
    """The texts that are searched for names: the plan, and the end of the previous chapter."""

    plan: TermText
    end: TermText

    def reason(self, names: Sequence[str]) -> Reason | None:
        """Returns the reason why somebody of these names is present; ``None`` if there is none."""
        if (name := self.plan.first_named(names)) is not None:
            return Reason(ReasonKind.NAMED_IN_PLAN, name)
        if (name := self.end.first_named(names)) is not None:
            return Reason(ReasonKind.NAMED_BEFORE, name)
        return None


def present_entries(
    entries: Sequence[EntryGlance], scene: Scene, choices: Choices
) -> list[Present]:
    """Returns entries that are named, then characters seen lately; also what the author pinned."""
    pinned_ids = _pinned_ids(choices)
    named: list[Present] = []
    pinned: list[EntryGlance] = []
    others: list[EntryGlance] = []
    for entry in entries:
        if entry.kind is EntryKind.FORESHADOWING:
            continue
        reason = scene.reason(_telling_names(entry))
        if reason is not None:
            named.append(Present(entry, reason))
        elif entry.id in pinned_ids:
            pinned.append(entry)
        elif entry.kind is EntryKind.CHARACTER:
            others.append(entry)
    named.sort(key=lambda one: (_RANKS.index(one.reason.kind), *_last_seen_first(one.entry)))
    lately = sorted(pinned, key=_last_seen_first)
    lately += nsmallest(SEEN_LATELY, others, key=_last_seen_first)
    return named + [
        Present(entry, Reason(ReasonKind.SEEN_LATELY, number=entry.seen_in)) for entry in lately
    ]


def _last_seen_first(entry: EntryGlance) -> tuple[int, int]:
    return -entry.seen_in, entry.id


def _telling_names(entry: EntryGlance) -> Sequence[str]:
    """Returns the names by which an entry is recognised; a single character would be in too many
    words."""
    if not entry.aliases:
        return (entry.name,)
    return (entry.name, *(alias for alias in entry.aliases if len(alias) > 1))


def _pinned_ids(choices: Choices) -> set[int]:
    return {
        int(key)
        for (kind, key), choice in choices.items()
        if kind is ItemKind.CODEX and choice is ContextChoice.PINNED and key.isdecimal()
    }
