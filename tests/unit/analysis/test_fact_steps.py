"""Every step is declared whole: who adds one is told what is missing."""

from __future__ import annotations

import pytest

from arboris_desktop.analysis.fact_steps import FACT_STEPS
from arboris_desktop.analysis.known_entries import KNOWN_LISTS
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import AnalysisStep, GenerationConfig
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.ui.step_words import STEP_WORDS

STEPS = [step for step in AnalysisStep if step is not AnalysisStep.SUMMARY]


def test_every_step_but_the_summary_finds_facts() -> None:
    assert list(FACT_STEPS) == STEPS


@pytest.mark.parametrize("step", STEPS)
def test_every_step_has_its_words(step: AnalysisStep) -> None:
    words = STEP_WORDS[step]

    assert words.name
    assert words.prompt
    assert words.switch


@pytest.mark.parametrize("step", STEPS)
def test_every_step_can_be_switched_off(step: AnalysisStep) -> None:
    off = GenerationConfig.from_json({step.value: False})

    assert step not in off.enabled_steps()


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("step", STEPS)
def test_the_prompt_tells_what_is_known(step: AnalysisStep, language: Language) -> None:
    known = dict.fromkeys(KNOWN_LISTS, "- Ida Marsh")
    values = known | {"chapter_title": "", "chapter_text": ""}

    messages = PromptLibrary().render(step.value, language, **values)

    assert any("- Ida Marsh" in message.content for message in messages)
