"""A chapter longer than the model's context: nothing is cut, and nothing is found twice."""

from __future__ import annotations

import itertools
import re
from typing import Any

from arboris_desktop.tasks.outcome import OutcomeKind
from arboris_desktop.writing.chapters.drafting import store_chapter
from arboris_desktop.writing.novels import NovelContents
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    json_answer,
    schema_name,
    text,
)
from tests.unit.conftest import Desk

PARAGRAPHS = 800
LONG = "\n\n".join(
    f"On day {number} Mara lost thing number {number}, and the rain went on over the harbour."
    for number in range(PARAGRAPHS)
)
_SENTENCE = re.compile(r"On day (\d+) Mara lost thing number \d+,")


def every_fiftieth(request: dict[str, Any]) -> Behaviour:
    """Finds a loss on every fiftieth day, and on the last, of the part that it is shown."""
    shown = request["messages"][-1]["content"]
    if schema_name(request) is None:
        return text("Much is lost.")
    if schema_name(request) != "character_tracking":
        key = {"new_characters": "characters", "world_expansion": "entries"}
        return json_answer({key.get(str(schema_name(request)), "seeds"): []})
    changes = [
        {
            "quotation": found[0],
            "character": "Mara",
            "change": f"She has lost thing {found[1]}.",
            "reason": "",
            "confidence": 0.9,
        }
        for found in _SENTENCE.finditer(shown)
        if int(found[1]) % 50 == 0 or int(found[1]) == PARAGRAPHS - 1
    ]
    return json_answer({"changes": changes})


def test_parts_overlap_and_are_joined(
    desk: Desk, novel: NovelContents, scripted_provider: ScriptedProvider
) -> None:
    scripted_provider.rule = every_fiftieth
    store_chapter(desk.database, novel.chapters[0].id, LONG, provider="nobody")

    assert desk.work().kind is OutcomeKind.COMPLETED

    parts = [
        [int(day) for day in _SENTENCE.findall(request["messages"][-1]["content"])]
        for request in scripted_provider.requests
        if schema_name(request) == "character_tracking"
    ]
    assert len(parts) > 2
    assert sorted({day for part in parts for day in part}) == list(range(PARAGRAPHS))
    for one, following in itertools.pairwise(parts):
        assert set(one) & set(following)
    with desk.database.read() as transaction:
        (mara,) = transaction.codex.entries(novel.project.id)
    days = [*range(0, PARAGRAPHS, 50), PARAGRAPHS - 1]
    assert [fact.statement for fact in mara.facts] == [f"She has lost thing {day}." for day in days]
    for fact in mara.facts:
        assert fact.start == LONG.index(fact.quotation)
        assert LONG[slice(fact.start, fact.end)] == fact.quotation
