"""JSON as models write it: what is read of it, by a form like those of the analysis."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel

from arboris_desktop.domain.errors import ProviderError
from arboris_desktop.llm.json_reading import read_json
from arboris_desktop.llm.structured import parse_answer


class Finding(BaseModel):
    name: str
    change: str = ""
    quotation: str = ""
    confidence: float = 0.5
    aliases: list[str] = []


class Findings(BaseModel):
    findings: list[Finding] = []


def read(text: str) -> list[list[str]] | None:
    """The value that was found; ``None`` where nothing can be read without guessing."""
    try:
        found = parse_answer(text, Findings).findings
    except ProviderError:
        return None
    return [[one.name, one.change, one.quotation] for one in found]


def test_answers_in_many_spellings_are_read_without_a_second_call() -> None:
    lines = Path(__file__).with_name("json_as_written.jsonl").read_text("utf-8").splitlines()
    written = [json.loads(line) for line in lines]
    assert len(written) > 130
    wrong = {text: read(text) for text, found in written if read(text) != found}
    assert wrong == {}


PLAIN = {"findings": [{"name": "Mara", "change": 'says "gone"', "quotation": "Mara\nleft."}]}


@given(st.integers(1, 5), st.sampled_from(["{}", "```json\n{}\n```", "~~~\n{}\n~~~", " {}\n"]))
def test_json_that_was_packed_into_strings_again_and_again_is_unpacked(
    times: int, around: str
) -> None:
    said = json.dumps(PLAIN)
    for _ in range(times):
        said = json.dumps(said)
    assert read_json(around.format(said)) == PLAIN


@pytest.mark.parametrize("times", [1, 2])
def test_so_are_the_arguments_of_a_call(times: int) -> None:
    inner = json.dumps(PLAIN)
    for _ in range(times):
        inner = json.dumps(inner)
    assert read(json.dumps({"name": "answer", "arguments": json.loads(inner)})) == [
        ["Mara", 'says "gone"', "Mara\nleft."]
    ]


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ('{"a": undefined, "b": [undefined, "undefined"]}', {"a": None, "b": [None, "undefined"]}),
        ('<answer>\n{"a": ["b"]}\n</answer>', {"a": ["b"]}),
        ('\\boxed{{"a":1}}', {"a": 1}),
        ('const answer = {"a": 1};', {"a": 1}),
        ("json.loads('{\"a\": 1}')", {"a": 1}),
        ('<|begin_of_text|>{"a": 1}<|eot_id|>', {"a": 1}),
        ('{\u00a0"a":\u00a01}', {"a": 1}),
    ],
)
def test_what_else_stands_around_and_in_it(said: str, value: object) -> None:
    assert read_json(said) == value


class Place(BaseModel):
    name: str = ""
    description: str = ""


class Places(BaseModel):
    places: list[Place] = []


def test_one_item_alone_is_not_taken_for_nothing_though_none_of_its_fields_is_needed() -> None:
    alone = '{"name": "Lamp Rock", "description": "A rock with a light."}'
    place = Place(name="Lamp Rock", description="A rock with a light.")
    assert parse_answer(alone, Places).places == [place]
    assert parse_answer("{}", Places).places == []
