"""The step about the world: what the chapter adds to it."""

from __future__ import annotations

from typing import Annotated, Literal

from arboris_desktop.analysis.answers import (
    TOLERATED_FACTS,
    Answer,
    Confidence,
    FactAnswer,
    Name,
    Quotation,
    Sentence,
)
from arboris_desktop.analysis.evidence import Claim, Evidence
from arboris_desktop.domain.codex import EntryKind, NewFact
from arboris_desktop.llm.forms import Field


class WorldEntry(Answer):
    """A place, group, thing or rule that the chapter adds to the world."""

    quotation: Quotation
    category: Literal["location", "faction", "item", "rule"]
    name: Name
    description: Sentence
    confidence: Confidence


class WorldEntries(FactAnswer):
    """Answer of the step ``world_expansion``."""

    entries: Annotated[list[WorldEntry], Field(max_length=TOLERATED_FACTS)]

    def facts(self, evidence: Evidence) -> list[NewFact]:
        """Every claim, checked."""
        return [
            evidence.check(
                EntryKind(claim.category),
                claim.name,
                claim.description,
                Claim(claim.quotation, claim.confidence),
            )
            for claim in self.entries
        ]
