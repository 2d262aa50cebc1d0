"""The strings of an object are read as they arrive, however the text is cut into pieces."""

from __future__ import annotations

import json
from itertools import pairwise

from hypothesis import example, given
from hypothesis import strategies as st

from arboris_desktop.llm.partial_json import JsonPath, JsonStrings, StringValues, strings_of

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3),
    max_leaves=12,
)
OBJECTS = st.dictionaries(TEXT, JSON, max_size=4)


def read(pieces: list[str]) -> dict[JsonPath, str]:
    reader = JsonStrings()
    found: dict[JsonPath, str] = {}
    for piece in pieces:
        for string in reader.feed(piece):
            found[string.path] = found.get(string.path, "") + string.text
    return found


def expected(value: object, path: JsonPath = ()) -> dict[JsonPath, str]:
    if isinstance(value, str):
        return {path: value}
    inner: dict[JsonPath, str] = {}
    if isinstance(value, dict):
        for key, each in value.items():
            inner |= expected(each, (*path, key))
    elif isinstance(value, list):
        for place, each in enumerate(value):
            inner |= expected(each, (*path, place))
    return inner


@given(OBJECTS, st.booleans(), st.lists(st.integers(0, 200)))
@example({"": "◁/THINK▷"}, False, [])
@example({"a": "x\n<think>y", "b": "</think>"}, False, [3, 9])
def test_any_split_of_any_object_gives_its_strings(
    value: dict[str, object], ascii_only: bool, cuts: list[int]
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    places = sorted({min(cut, len(text)) for cut in (0, *cuts, len(text))})
    pieces = [text[start:end] for start, end in pairwise(places)]

    assert read(pieces) == expected(value)
    assert read(list(text)) == expected(value)


@given(st.lists(st.text() | st.sampled_from([*list('{}[]":,\\u'), '{"', "</think>", "<think>"])))
def test_garbage_raises_nothing(pieces: list[str]) -> None:
    read(pieces)
    strings_of("".join(pieces))


def test_a_string_is_given_as_it_grows() -> None:
    reader = JsonStrings()

    pieces = [reader.feed(text) for text in ('{"message": "What', " does she", ' want?"', ', "x')]

    told = [[(each.path, each.text, each.ended) for each in piece] for piece in pieces]
    assert told == [
        [(("message",), "What", False)],
        [(("message",), " does she", False)],
        [(("message",), " want?", True)],
        [],
    ]


def test_prose_fences_and_thinking_around_the_object_are_passed_over() -> None:
    text = (
        '<think>{"message": "no"}</think>Sure {here}:\n```json\n{ "message": "yes" }\n```{"a":"b"}'
    )

    assert read(list(text)) == {("message",): "yes"}


def test_two_escapes_are_one_character_even_when_they_are_cut() -> None:
    assert read(['{"a": "\\ud83d', '\\ude00"}']) == {("a",): "😀"}
    assert read(['{"a": "\\ud83d x"}']) == {("a",): "\ufffd x"}


def test_values_are_put_together_as_they_are_nested() -> None:
    values = StringValues()

    assert values.feed('{"title": "Ebb", "people": [{"name": "Mara"}, {"na') == {"title", "people"}
    assert values.feed('me": "To') == {"people"}
    assert values.value() == {"title": "Ebb", "people": [{"name": "Mara"}, {"name": "To"}]}


def test_what_was_cut_is_read_as_far_as_it_came() -> None:
    assert strings_of('{"choices": ["a", 2, "c"], "message": "half a sen') == {
        "choices": ["a", None, "c"],
        "message": "half a sen",
    }
