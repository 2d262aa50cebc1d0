"""Attributes of characters that facts fix: asked for, checked, and stored in comparable form."""

from __future__ import annotations

from typing import Any

import pytest

from arboris_desktop.analysis.characters import CharacterChange, CharacterChanges
from arboris_desktop.analysis.evidence import Evidence
from arboris_desktop.analysis.questions import facts_of
from arboris_desktop.domain.codex import Attribute, NewFact
from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.tasks import AnalysisStep
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.structured import strict_schema
from tests.support.analysis_book import Book, Finding

TEXT = "Ida was thirty-four that winter. “Tam is my brother,” she said. Her eyes were grey."
OLD_CHANGE: dict[str, Any] = {
    "quotation": "Her eyes were grey.",
    "character": "Ida",
    "change": "Her eyes are grey.",
    "reason": "",
    "confidence": 0.9,
}
CHANGE = OLD_CHANGE | {"attribute": "eye_colour", "value": "grey", "other_character": ""}


def fact_of(change: dict[str, Any]) -> NewFact:
    answer = CharacterChanges.model_validate({"changes": [change]})
    (fact,) = answer.facts(Evidence(TEXT, 0.7, {}))
    return fact


def test_the_schema_asks_for_every_attribute_that_can_be_stored() -> None:
    schema: Any = strict_schema(CharacterChange, "change").schema
    assert set(schema["properties"]["attribute"]["enum"]) == {one.value for one in Attribute}
    assert {"attribute", "value", "other_character"} <= set(schema["required"])


@pytest.mark.parametrize("language", Language)
def test_the_prompt_names_every_attribute(language: Language) -> None:
    values = {"known_characters": "", "chapter_title": "", "chapter_text": ""}
    messages = PromptLibrary().render("character_tracking", language, **values)
    prompt = "".join(message.content for message in messages)
    assert all(f'"{one.value}"' in prompt for one in Attribute)


def test_a_fact_says_in_a_word_what_it_fixes() -> None:
    fact = fact_of(CHANGE)
    assert (fact.attribute, fact.value, fact.other_name) == ("eye_colour", "grey", "")


def test_what_an_earlier_release_has_stored_is_still_read() -> None:
    stored = {"answers": [{"changes": [OLD_CHANGE]}]}
    (fact,) = facts_of(AnalysisStep.CHARACTER_TRACKING, stored, Evidence(TEXT, 0.7, {}))
    assert (fact.statement, fact.attribute, fact.value) == ("Her eyes are grey.", "", "")


@pytest.mark.parametrize(
    ("given", "attribute", "value"),
    [
        ({"attribute": "age", "value": 34}, "age", "34"),
        ({"attribute": "mood", "value": "glad"}, "", ""),
        ({"attribute": None, "value": None, "other_character": None}, "", ""),
        ({"attribute": "other", "value": "x"}, "", ""),
        ({"attribute": "life", "value": " "}, "", ""),
        ({"attribute": "location", "value": "a" * 61}, "location", "a" * 59 + "…"),
        ({"attribute": "relationship", "value": "brother"}, "", ""),
        ({"attribute": "relationship", "value": "self", "other_character": "ida"}, "", ""),
    ],
)
def test_what_models_give_instead_is_mended_or_left_out(
    given: dict[str, object], attribute: str, value: str
) -> None:
    fact = fact_of(CHANGE | given)
    assert (fact.attribute, fact.value, fact.other_name) == (attribute, value, "")


def test_a_relationship_links_two_people_of_the_same_chapter(book: Book) -> None:
    book.chapter(
        1,
        TEXT,
        Finding("Ida", "Tam is my brother", attribute="relationship", value="brother", other="TAM"),
        Finding("Tam", "Tam is my brother", is_introduction=True),
        Finding("Ida", "Her eyes were grey.", attribute="eye_colour", value="grey"),
    )

    tie, colour = book.entry("Ida").facts
    assert (tie.attribute, tie.value) == ("relationship", "brother")
    assert (tie.other_entry_id, tie.other_entry_name) == (book.entry("Tam").id, "Tam")
    assert (colour.attribute, colour.value, colour.other_entry_id) == ("eye_colour", "grey", None)


def test_a_person_whom_the_codex_does_not_know_is_not_made_up_from_a_relationship(
    book: Book,
) -> None:
    tie = Finding("Ida", "Tam is my brother", attribute="relationship", value="b", other="Tam")
    book.chapter(1, TEXT, tie)

    assert book.names() == ["Ida"]
    assert book.entry("Ida").facts[0].other_entry_id is None


def test_the_second_person_is_found_by_a_later_analysis(book: Book) -> None:
    tie = Finding("Ida", "Tam is my brother", attribute="relationship", value="b", other="Tam")
    book.chapter(1, TEXT, tie)
    book.again(1, tie, Finding("Tam", "“Tam is my brother,” she said.", is_introduction=True))

    (fact,) = book.entry("Ida").facts
    assert fact.other_entry_name == "Tam"
