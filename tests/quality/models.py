"""Two scripted models for the labelled chapters: one that knows every fact, one that invents."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from tests.quality.labelled import LabelledChapter, LabelledFact
from tests.support.scripted_provider import (
    EMPTY_ANSWERS,
    Behaviour,
    Rule,
    json_answer,
    schema_name,
    text,
)

Answer = Callable[[LabelledChapter, str, dict[str, Any]], object]
"""The answer for a chapter, the step's schema name, and the request."""


def perfect(chapters: list[LabelledChapter]) -> Rule:
    """A model that answers with the labelled facts and nothing else."""
    return _rule(chapters, _true_answer)


def hallucinating(chapters: list[LabelledChapter]) -> Rule:
    """A model that claims the true facts with invented quotations, and people who are not there."""
    return _rule(chapters, _invented_answer)


def _rule(chapters: list[LabelledChapter], answer: Answer) -> Rule:
    def choose(request: dict[str, Any]) -> Behaviour:
        name = schema_name(request)
        if name is None:
            return text("A short summary.")
        shown = request["messages"][-1]["content"]
        chapter = next(c for c in chapters if c.text in shown)
        return json_answer(answer(chapter, name, request))

    return choose


def _true_answer(chapter: LabelledChapter, step: str, request: dict[str, Any]) -> object:
    facts = [fact for fact in chapter.facts if fact.step == step]
    ((key, _empty),) = list(EMPTY_ANSWERS[step].items())[:1]  # type: ignore[attr-defined]
    return {key: [_claim(fact) for fact in facts if _is_new(fact)]}


def _is_new(fact: LabelledFact) -> bool:
    return bool(fact.label.get("effect", "planted") == "planted")


def _claim(fact: LabelledFact) -> dict[str, object]:
    label = fact.label
    claim: dict[str, object] = {"quotation": fact.quotations[0], "confidence": 0.95}
    match fact.step.value:
        case "character_tracking":
            claim |= {"character": fact.name, "change": fact.statement, "reason": ""}
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


def _invented_answer(chapter: LabelledChapter, step: str, request: dict[str, Any]) -> object:
    """Every true claim with a quotation that is nearly, but not quite, in the chapter."""
    answer = _true_answer(chapter, step, request)
    assert isinstance(answer, dict)
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
