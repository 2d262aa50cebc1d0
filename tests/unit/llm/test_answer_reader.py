from __future__ import annotations

import json
from typing import Any

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.wire.events import WireEvent
from arboris_desktop.llm.wire.reader import AnswerReader


def take(reader: AnswerReader, value: object) -> str:
    return reader.feed(WireEvent(json.dumps(value), json.loads(json.dumps(value)))).text


def read(*contents: object) -> str:
    reader = AnswerReader(None)
    pieces = [take(reader, {"choices": [{"delta": {"content": content}}]}) for content in contents]
    return "".join(pieces) + reader.finish().text


def test_an_emoji_that_comes_in_halves_is_whole() -> None:
    assert read("ha \ud83d", "\ude00 ha") == "ha 😀 ha"
    assert read("\ud83d", "", "\ude00") == "😀"


def test_text_can_always_be_stored() -> None:
    assert read("a\ud83d", "b\ude00", "\0c\udfff", "\ud83d") == "a\ufffdb\ufffdc\ufffd"


def test_content_may_be_a_list_of_parts() -> None:
    parts = [{"type": "text", "text": "one "}, {"type": "image"}, {"type": "text", "text": "two"}]
    assert read(parts, None, 17) == "one two"


def test_the_last_usage_counts() -> None:
    reader = AnswerReader(None)
    for written in (1, 2):
        take(reader, {"usage": {"prompt_tokens": 5, "completion_tokens": written}})
    take(reader, {"choices": [], "usage": None})
    assert reader.usage(99) == TokenUsage(5, 2)


@pytest.mark.parametrize(
    "value",
    [
        {"usage": {"prompt_tokens_details": {"cached_tokens": 60}}},
        {"usage": {"prompt_cache_hit_tokens": 60, "prompt_cache_miss_tokens": 40}},
        {"usage": {"cache_read_input_tokens": 60}},
        {"usage": {"cached_tokens": 60}},
        {"usage": {"prompt_tokens_details": {"cached_tokens": 0}, "cached_tokens": 60}},
        {"usage": {"prompt_tokens_details": None}, "timings": {"cache_n": 60, "prompt_n": 40}},
    ],
)
def test_what_the_provider_still_had_is_counted(value: dict[str, Any]) -> None:
    reader = AnswerReader(None)
    figures = {"prompt_tokens": 100, "completion_tokens": 7} | value["usage"]
    take(reader, value | {"usage": figures})
    assert reader.usage(99) == TokenUsage(100, 7, cached_tokens=60)


def test_what_is_called_input_is_counted_with_what_was_kept_of_it() -> None:
    reader = AnswerReader(None)
    figures = {"input_tokens": 30, "cache_read_input_tokens": 60, "cache_creation_input_tokens": 10}
    take(reader, {"usage": {**figures, "output_tokens": 7}})
    assert reader.usage(99) == TokenUsage(100, 7, cached_tokens=60)


@pytest.mark.parametrize(("cached", "counted"), [(-1, 0), (True, 0), ("60", 0), (900, 100)])
def test_no_more_is_cached_than_was_read(cached: object, counted: int) -> None:
    reader = AnswerReader(None)
    details = {"prompt_tokens_details": {"cached_tokens": cached}}
    take(reader, {"usage": {"prompt_tokens": 100, "completion_tokens": 7, **details}})
    assert reader.usage(99).cached_tokens == counted


@pytest.mark.parametrize("figure", [-1, True, 10**30, 1.5, "7", None])
def test_a_figure_that_cannot_be_a_count_is_not_counted(figure: object) -> None:
    reader = AnswerReader(None)
    take(reader, {"usage": {"prompt_tokens": figure, "completion_tokens": 2}})
    assert reader.usage(99) == TokenUsage(99, 0, estimated=True)


@pytest.mark.parametrize(
    "event",
    [{}, {"choices": []}, {"choices": None}, {"choices": [None]}, {"choices": [{"delta": "x"}]}],
)
def test_events_without_content_are_no_life(event: dict[str, object]) -> None:
    reader = AnswerReader(None)
    assert take(reader, event) == ""
    assert not reader.alive
    assert not reader.started
    assert not reader.finished


def test_life_is_content_or_thinking() -> None:
    reader = AnswerReader(None)
    take(reader, {"choices": [{"delta": {"reasoning": "hm"}}]})
    assert reader.alive
    take(reader, {"choices": [{"delta": {"role": "assistant", "content": ""}}]})
    assert not reader.alive
    assert reader.started


def test_the_secret_is_hidden_in_errors() -> None:
    with pytest.raises(ProviderError) as caught:
        take(AnswerReader("sk-1"), {"error": "it broke near sk-1"})
    assert caught.value.kind is ErrorKind.SERVER_ERROR
    assert caught.value.message == "it broke near ***"
