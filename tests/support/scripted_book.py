"""A model that does everything for a whole book, from its brief to its reviews."""

from __future__ import annotations

from typing import Any

from tests.support.outline_provider import planning_rule
from tests.support.prose import prose
from tests.support.scripted_provider import (
    ChapterFacts,
    Rule,
    is_about_chapter,
    json_answer,
    perfect_rule,
    prompt_of,
    schema_name,
    text,
)
from tests.unit.writing.blueprint.blueprint_answers import PARTS, STORY

SENTENCE = "Mara lit the lamp and waited for the boats. "
CHAPTER = SENTENCE + prose(260)
SUMMARY = "Mara lights the lamp."


def _judged(letter: str, overall: int) -> dict[str, object]:
    return {"candidate": letter, "pros": [], "cons": [], "overall": overall}


_SCORES = ("plan", "consistency", "continuity", "rules", "style", "tension")
_NOTE = {"quotation": SENTENCE.strip(), "comment": "Bright.", "severity": "praise"}

ANSWERS: dict[str, object] = {
    "concept_brief": {"genre": "mystery", "ending": "the lamp burns"},
    **PARTS,
    "evaluate_candidates": {
        "candidates": [_judged("A", 40), _judged("B", 90)],
        "recommended": "B",
        "reason": "Brighter.",
    },
    "review_chapter": {
        "notes": [_NOTE | {"dimension": "style"}],
        "scores": dict.fromkeys(_SCORES, 70),
        "verdict": "It holds.",
    },
    "simulate_reader": {"notes": [_NOTE], "verdict": "On to the next."},
    "measure_emotion": {
        "beats": [
            {
                "quotation": SENTENCE.strip(),
                "label": "the lamp",
                "feeling": 0,
                "tension": 3,
                "pace": 2,
            }
        ]
    },
}


def book_rule() -> Rule:
    """Answers every prompt as a perfect model would."""
    plan = planning_rule()
    analyse = perfect_rule(ChapterFacts(CHAPTER, SUMMARY))

    def choose(request: dict[str, Any]) -> Any:
        name = schema_name(request)
        if name in ANSWERS:
            return json_answer(ANSWERS[name])
        if name == "plan_chapters" or "What happens next, in chapter" in prompt_of(request):
            return plan(request)
        if name is None and "synopsis" in prompt_of(request) and not is_about_chapter(request):
            return text(STORY)
        return analyse(request)

    return choose
