"""Forms of answers: what is asked for, and what is taken all the same."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from arboris_desktop.analysis.answers import with_room_for
from arboris_desktop.analysis.characters import CharacterChanges
from arboris_desktop.analysis.foreshadowing import Seeds
from arboris_desktop.llm.structured import strict_schema

CHANGE: dict[str, Any] = {
    "quotation": "The lighthouse was dark.",
    "character": "Mara",
    "change": "She is afraid.",
    "reason": "The dark.",
    "confidence": 0.9,
}


def read(*changes: dict[str, Any]) -> CharacterChanges:
    answer = with_room_for(CharacterChanges, 3)
    taken = answer.model_validate({"changes": list(changes)})
    # What is stored is read with the answer that has no room set.
    return CharacterChanges.model_validate(taken.model_dump())


def test_the_schema_asks_for_no_more_than_there_is_room_for() -> None:
    schema: Any = strict_schema(with_room_for(Seeds, 7), "seeds").schema
    lists = schema["properties"]
    assert (lists["seeds"]["maxItems"], lists["developments"]["maxItems"]) == (4, 3)


def test_more_facts_than_were_asked_for_are_taken() -> None:
    assert len(read(*[CHANGE] * 9).changes) == 9
    with pytest.raises(ValidationError, match="at most 200"):
        read(*[CHANGE] * 201)


def test_a_quotation_that_is_too_long_is_cut_and_still_one() -> None:
    passage = "The boats did not come back. " * 20
    (change,) = read(CHANGE | {"quotation": passage}).changes
    assert len(change.quotation) > 200
    assert passage.startswith(change.quotation)


def test_words_that_are_too_long_are_cut_with_a_sign() -> None:
    (change,) = read(CHANGE | {"change": "So " * 90, "reason": "x" * 161}).changes
    assert (len(change.change), change.change[-1]) == (200, "…")
    assert change.reason == "x" * 159 + "…"


@pytest.mark.parametrize(
    "wrong",
    [{"character": "M" * 61}, {"character": " "}, {"change": ""}, {"mood": "glad"}, {"change": 7}],
)
def test_what_cannot_be_mended_is_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        read(CHANGE | wrong)
