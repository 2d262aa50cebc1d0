"""The counts of what the codex gained from a chapter."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from arboris_desktop.domain.codex import NewFact


@dataclass(slots=True)
class MergeCounts:
    """The counts of what the codex gained from a chapter.

    ``developments`` are seeds advanced or paid off. ``unsupported`` facts were left out of it:
    their quotations are not in the chapter, or prove too little. ``proposed`` ones wait for the
    author, and ``kept`` ones were found again after the author had decided on them.
    """

    characters: int = 0
    changes: int = 0
    world: int = 0
    seeds: int = 0
    low_confidence: int = 0
    unsupported: int = 0
    proposed: int = 0
    developments: int = 0
    kept: int = 0

    def to_json(self) -> dict[str, object]:
        """The stored form, in notifications and results."""
        return asdict(self)

    def count(self, fact: NewFact, *, is_new_entry: bool) -> None:
        """Counts a fact where it belongs."""
        # Notifications know the counts at each start, which knows nothing of a codex yet.
        from arboris_desktop.domain.codex import WORLD_KINDS, EntryKind, FactStatus, SeedEffect

        if fact.status in (FactStatus.UNSUPPORTED, FactStatus.TO_CHECK):
            self.unsupported += 1
        elif fact.status is FactStatus.LOW_CONFIDENCE:
            self.low_confidence += 1
        elif fact.status is FactStatus.PROPOSED:
            self.proposed += 1
        elif fact.effect in (SeedEffect.ADVANCED, SeedEffect.PAID_OFF):
            self.developments += 1
        elif fact.kind is EntryKind.FORESHADOWING:
            self.seeds += 1
        elif fact.kind in WORLD_KINDS:
            self.world += 1
        elif is_new_entry:
            self.characters += 1
        else:
            self.changes += 1
