"""The step about foreshadowing: what is planted, and what becomes of what was planted before."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

from arboris_desktop.analysis.answers import (
    TOLERATED_FACTS,
    Answer,
    Confidence,
    FactAnswer,
    Quotation,
    Sentence,
)
from arboris_desktop.analysis.evidence import Claim, Evidence
from arboris_desktop.domain.codex import EntryKind, FactStatus, NewFact, SeedEffect
from arboris_desktop.llm.forms import Field


class NewSeed(Answer):
    """Something planted that a later chapter will have to answer."""

    quotation: Quotation
    content: Sentence
    kind: Literal["mystery", "prophecy", "hint"]
    confidence: Confidence


class SeedDevelopment(Answer):
    """A development of a seed that an earlier chapter planted."""

    quotation: Quotation
    seed: int
    effect: Literal["advanced", "paid_off"]
    statement: Sentence
    confidence: Confidence


class Seeds(FactAnswer):
    """Answer of the step ``foreshadowing``. Without open seeds there are no developments."""

    seeds: Annotated[list[NewSeed], Field(max_length=TOLERATED_FACTS)]
    developments: Annotated[
        list[SeedDevelopment], Field(max_length=TOLERATED_FACTS, default_factory=list)
    ]

    def facts(self, evidence: Evidence) -> list[NewFact]:
        """Every claim, checked."""
        planted = [
            evidence.check(
                EntryKind.FORESHADOWING,
                claim.content,
                claim.content,
                Claim(claim.quotation, claim.confidence, attributes={"seed_kind": claim.kind}),
            )
            for claim in self.seeds
        ]
        return [replace(fact, effect=SeedEffect.PLANTED) for fact in planted] + [
            _development(claim, evidence) for claim in self.developments
        ]


def _development(claim: SeedDevelopment, evidence: Evidence) -> NewFact:
    """The development of an open seed; one of which the model made the number up has no proof."""
    seed = evidence.open_seeds.get(claim.seed)
    fact = evidence.check(
        EntryKind.FORESHADOWING,
        seed or claim.statement,
        claim.statement,
        Claim(claim.quotation, claim.confidence),
    )
    if seed is None:
        return replace(fact, status=FactStatus.UNSUPPORTED)
    return replace(fact, entry_id=claim.seed, effect=SeedEffect(claim.effect))
