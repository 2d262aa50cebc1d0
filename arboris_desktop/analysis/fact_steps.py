"""The steps that find facts in a chapter, one record each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from arboris_desktop.analysis.answers import FactAnswer
from arboris_desktop.analysis.characters import CharacterChanges, NewCharacters
from arboris_desktop.analysis.evidence import Evidence
from arboris_desktop.analysis.foreshadowing import Seeds
from arboris_desktop.analysis.world import WorldEntries
from arboris_desktop.domain.codex import WORLD_KINDS, EntryKind, NewFact
from arboris_desktop.domain.tasks import AnalysisStep


@dataclass(frozen=True, slots=True)
class FactStep:
    """A step that finds facts.

    ``answer`` is the form of its answers. The entries of ``known_kinds`` that the book has already
    are told where the prompt says ``known``.
    """

    name: AnalysisStep
    answer: type[FactAnswer]
    known: str
    known_kinds: tuple[EntryKind, ...]

    def facts(self, stored: dict[str, Any], evidence: Evidence) -> list[NewFact]:
        """The checked facts of a stored answer."""
        return self.answer.model_validate(stored).facts(evidence)


FACT_STEPS = {
    step.name: step
    for step in (
        FactStep(
            AnalysisStep.CHARACTER_TRACKING,
            CharacterChanges,
            known="known_characters",
            known_kinds=(EntryKind.CHARACTER,),
        ),
        FactStep(
            AnalysisStep.NEW_CHARACTERS,
            NewCharacters,
            known="known_characters",
            known_kinds=(EntryKind.CHARACTER,),
        ),
        FactStep(
            AnalysisStep.WORLD_EXPANSION,
            WorldEntries,
            known="known_world",
            known_kinds=WORLD_KINDS,
        ),
        FactStep(
            AnalysisStep.FORESHADOWING,
            Seeds,
            known="open_foreshadowing",
            known_kinds=(EntryKind.FORESHADOWING,),
        ),
    )
}
"""All of them; a chapter is summarised besides."""
