"""Who and what is likely to be in a chapter: named in its plan, or where the last one ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from arboris_desktop.domain.codex import EntryKind
from arboris_desktop.domain.context import ContextChoice, ItemKind, Reason, ReasonKind
from arboris_desktop.domain.story import EntryGlance
from arboris_desktop.storage.writing.context_choices import Choices
from arboris_desktop.text.search_terms import TermText

SEEN_LATELY = 24
"""So many characters that are not named are considered, those last seen first."""

_RANKS = (ReasonKind.NAMED_IN_PLAN, ReasonKind.NAMED_BEFORE, ReasonKind.SEEN_LATELY)


@dataclass(frozen=True, slots=True)
class Present:
    """An entry that may be in the chapter, and why; ``statements`` are what counts of it: the
    first one and the newest."""

    entry: EntryGlance
    reason: Reason
    statements: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scene:
    """Where names are looked for: the plan, and the end of the previous chapter."""

    plan: TermText
    end: TermText

    def reason(self, names: Sequence[str]) -> Reason | None:
        """Why somebody of these names is present; ``None`` when nothing says so."""
        for kind, text in ((_RANKS[0], self.plan), (_RANKS[1], self.end)):
            for name in names:
                if text.names(name):
                    return Reason(kind, name)
        return None


def present_entries(
    entries: Sequence[EntryGlance], scene: Scene, choices: Choices
) -> list[Present]:
    """Those named first, then characters that were seen lately; what the author pinned too."""
    named, lately = [], []
    for entry in entries:
        if entry.kind is EntryKind.FORESHADOWING:
            continue
        reason = scene.reason(_telling_names(entry))
        if reason is not None:
            named.append(Present(entry, reason))
        elif _is_pinned(entry, choices) or entry.kind is EntryKind.CHARACTER:
            lately.append(Present(entry, Reason(ReasonKind.SEEN_LATELY, number=entry.seen_in)))
    named.sort(key=lambda one: (_RANKS.index(one.reason.kind), -one.entry.seen_in, one.entry.id))
    lately.sort(key=lambda one: (-one.entry.seen_in, one.entry.id))
    pinned = [one for one in lately if _is_pinned(one.entry, choices)]
    others = [one for one in lately if one not in pinned]
    return named + pinned + others[:SEEN_LATELY]


def _telling_names(entry: EntryGlance) -> Sequence[str]:
    """The names by which an entry is recognised: one character would be in too many words."""
    return (entry.name, *(alias for alias in entry.aliases if len(alias) > 1))


def _is_pinned(entry: EntryGlance, choices: Choices) -> bool:
    return choices.get((ItemKind.CODEX, str(entry.id))) is ContextChoice.PINNED
