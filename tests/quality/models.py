"""Two scripted models for the labelled chapters: one that knows every fact, one that invents."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from arboris_desktop.text.quotations import locate
from tests.quality.labelled import LabelledChapter, LabelledFact
from tests.support.scripted_provider import (
    Behaviour,
    Rule,
    json_answer,
    schema_name,
    text,
)

Claims = dict[str, list[dict[str, Any]]]
Answer = Callable[[LabelledChapter, str, dict[str, int]], Claims]
"""The answer for a chapter, a step's schema, and the numbers of the open seeds by their names."""

_TITLE = re.compile(r"^(?:Chapter: |章节：)(.+)$", re.MULTILINE)
_LISTED = re.compile(r"^- \[(\d+)\] (.+)$", re.MULTILINE)


def perfect(chapters: list[LabelledChapter]) -> Rule:
    """A model that answers with the labelled facts and nothing else."""
    return _rule(chapters, _true_answer)


def hallucinating(chapters: list[LabelledChapter]) -> Rule:
    """A model that claims the true facts with invented quotations, and people who are not there."""
    return _rule(chapters, _invented_answer)


def _rule(chapters: list[LabelledChapter], answer: Answer) -> Rule:
    planted = {
        fact.name: fact.statement
        for chapter in chapters
        for fact in chapter.facts
        if fact.step == "foreshadowing" and _is_new(fact)
    }

    def choose(request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name is None:
            return text("A short summary.")
        shown = request["messages"][-1]["content"]
        chapter = _shown(chapters, shown)
        numbers = {seed: number for number, seed in _LISTED.findall(shown)}
        seeds = {name: int(numbers[seed]) for name, seed in planted.items() if seed in numbers}
        return json_answer(answer(chapter, name, seeds))

    return choose


def _true_answer(chapter: LabelledChapter, step: str, seeds: dict[str, int]) -> Claims:
    facts = [fact for fact in chapter.facts if fact.step == step]
    answer = {_LISTS[step]: [_claim(fact) for fact in facts if _is_new(fact)]}
    if step == "foreshadowing":
        answer["developments"] = [
            _development(fact, seeds[fact.name]) for fact in facts if not _is_new(fact)
        ]
    return answer


def _development(fact: LabelledFact, number: int) -> dict[str, Any]:
    return {
        "quotation": fact.quotations[0],
        "seed": number,
        "effect": fact.label["effect"],
        "statement": fact.statement,
        "confidence": 0.95,
    }


_LISTS = {
    "character_tracking": "changes",
    "new_characters": "characters",
    "world_expansion": "entries",
    "foreshadowing": "seeds",
}


def _shown(chapters: list[LabelledChapter], shown: str) -> LabelledChapter:
    """The chapter asked about, with the facts of the part of it that the model was given."""
    title = _TITLE.search(shown)
    assert title is not None
    chapter = next(c for c in chapters if c.title == title[1])
    facts = tuple(fact for fact in chapter.facts if locate(fact.quotations[0], shown))
    return replace(chapter, facts=facts)


def _is_new(fact: LabelledFact) -> bool:
    return bool(fact.label.get("effect", "planted") == "planted")


def _claim(fact: LabelledFact) -> dict[str, Any]:
    label = fact.label
    claim: dict[str, Any] = {"quotation": fact.quotations[0], "confidence": 0.95}
    match fact.step.value:
        case "character_tracking":
            claim |= {"character": fact.name, "change": fact.statement, "reason": ""}
            claim |= {"attribute": label.get("attribute", "other"), "value": label.get("value", "")}
            claim["other_character"] = label.get("other", "")
        case "new_characters":
            claim |= {"name": fact.name, "aliases": list(fact.aliases)}
            claim |= {"role": label["role"], "description": fact.statement}
        case "world_expansion":
            claim |= {"category": label["category"], "name": fact.name}
            claim |= {"description": fact.statement}
        case _:
            claim |= {"content": fact.statement, "kind": label["seed_kind"]}
    return claim


_INVENTED = {
    "en": "The archbishop of Lornwick burned the forty ledgers before breakfast.",
    "zh": "大司祭在早饭之前烧掉了四十本账簿。",
}


def _invented_answer(chapter: LabelledChapter, step: str, seeds: dict[str, int]) -> Claims:
    """Every true claim with a quotation that is nearly, but not quite, in the chapter."""
    facts = tuple(fact for fact in chapter.facts if _is_new(fact) or fact.name in seeds)
    answer = _true_answer(replace(chapter, facts=facts), step, seeds)
    for claims in answer.values():
        for number, claim in enumerate(claims):
            claim["quotation"] = _distorted(claim["quotation"], chapter, number)
    return answer


def _distorted(quotation: str, chapter: LabelledChapter, number: int) -> str:
    """Wholly invented; a true sentence with its middle replaced; or two halves in the wrong order.

    The three ways in which models are seen to invent their evidence.
    """
    middle = len(quotation) // 2
    invented = _INVENTED[chapter.language.value]
    return (
        invented,
        quotation[: middle - 4] + invented[4:10] + quotation[middle + 4 :],
        quotation[middle:] + quotation[:middle],
    )[number % 3]
