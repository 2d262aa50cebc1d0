"""A model that plans chapters for tests: perfectly, or with the faults that models have."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

from tests.support.scripted_provider import (
    Behaviour,
    Rule,
    json_answer,
    prompt_of,
    schema_name,
    text,
)

Chapter = dict[str, Any]
Spoil = Callable[[list[Chapter], int], list[Chapter]]
"""Changes the chapters of the nth answer, counted from 0."""


def asked_numbers(request: dict[str, Any]) -> list[int]:
    """The chapter numbers that a request asks for."""
    question = request["messages"][-1]["content"].rsplit("\n\n", 1)[-1]
    found = re.search(r"(?:Plan chapter\(s\)|请规划第|in chapter|接下来，第) ([\d–, ]+)", question)
    assert found is not None, question
    numbers: list[int] = []
    for part in found[1].strip(" ,").split(","):
        first, _, last = part.strip().partition("–")
        numbers.extend(range(int(first), int(last or first) + 1))
    return numbers


def planned(number: int) -> Chapter:
    """The plan of a chapter, unlike that of any other."""
    return {
        "number": number,
        "title": f"The night of lamp {number}",
        "plan": f"Mara lights lamp {number} and sees sail {number}.",
    }


def volumes_answer(count: int, total: int) -> dict[str, Any]:
    """Volumes whose sizes are not quite right, as models count."""
    return {
        "volumes": [
            {
                "title": f"Tide {n}",
                "summary": f"What the tide of year {n} takes.",
                "chapters": total // count + 1,
            }
            for n in range(1, count + 1)
        ]
    }


def planning_rule(spoil: Spoil = lambda chapters, _turn: chapters) -> Rule:
    """Answers questions of planning; ``spoil`` makes mistakes in those for chapters."""
    turn = 0

    def choose(request: dict[str, Any]) -> Behaviour:
        nonlocal turn
        if schema_name(request) == "plan_volumes":
            count, total = re.findall(r"exactly (\d+) volumes with (\d+)", prompt_of(request))[0]
            return json_answer(volumes_answer(int(count), int(total)))
        if schema_name(request) == "split_chapter_plan":
            return json_answer(
                {
                    "first": {"title": "Ebb", "plan": "The water goes."},
                    "second": {"title": "Flow", "plan": "The water comes back."},
                }
            )
        if schema_name(request) is None:
            (number,) = asked_numbers(request)
            return text(f"{planned(number)['title']}\n{planned(number)['plan']}")
        chapters = spoil([planned(n) for n in asked_numbers(request)], turn)
        turn += 1
        return json_answer({"chapters": chapters})

    return choose


def cut_off(chapters: list[Chapter], after: int) -> Behaviour:
    """An answer that reaches the token limit amid a chapter."""
    whole = json.dumps({"chapters": chapters}, ensure_ascii=False)
    return text(whole[:after], finish_reason="length")
