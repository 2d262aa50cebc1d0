"""The steps that find facts in a chapter."""

from __future__ import annotations

from arboris_desktop.analysis.answers import FactAnswer
from arboris_desktop.analysis.characters import CharacterChanges, NewCharacters
from arboris_desktop.analysis.foreshadowing import Seeds
from arboris_desktop.analysis.world import WorldEntries
from arboris_desktop.domain.tasks import AnalysisStep

FACT_STEPS: dict[AnalysisStep, type[FactAnswer]] = {
    AnalysisStep.CHARACTER_TRACKING: CharacterChanges,
    AnalysisStep.NEW_CHARACTERS: NewCharacters,
    AnalysisStep.WORLD_EXPANSION: WorldEntries,
    AnalysisStep.FORESHADOWING: Seeds,
}
"""The form of each step's answers, which also checks them; a chapter is summarised besides."""
