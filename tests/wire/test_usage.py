"""The figures of an answer in the forms in which servers give them."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.provider import ChatRequest, complete
from arboris_desktop.llm.wire.usage import usage_in
from tests.wire.asking import QUESTION, provider_of
from tests.wire.wires import Wire, piece, reply, serving, stream, whole


def usage_over(wire: Wire) -> TokenUsage:
    async def run() -> TokenUsage:
        provider = provider_of(server)
        try:
            return (await complete(provider, ChatRequest(QUESTION))).usage
        finally:
            await provider.aclose()

    with serving(wire) as server:
        return asyncio.run(run())


def last(figures: object) -> Wire:
    """They stand in a chunk of their own, after the end."""
    return stream(piece("The rain."), piece(finish="stop"), {"choices": [], "usage": figures})


READ_AND_WRITTEN = {"prompt_tokens": 40, "completion_tokens": 3}
IN_AND_OUT = {"input_tokens": 40, "output_tokens": 3}


@pytest.mark.parametrize(
    "wire",
    [
        last(READ_AND_WRITTEN),
        last({"prompt_tokens": 40.0, "completion_tokens": 3.0}),
        last({"input_tokens": 40, "output_tokens": 3.0}),
        last({**READ_AND_WRITTEN, "total_tokens": None, "prompt_tokens_details": None}),
        stream(
            piece("The rain.") | {"usage": {"prompt_tokens": 40, "completion_tokens": 1}},
            piece(finish="stop") | {"usage": READ_AND_WRITTEN},
        ),
        stream(
            piece("The rain.") | {"usage": READ_AND_WRITTEN},
            piece(finish="stop") | {"usage": {"prompt_tokens": 0, "completion_tokens": 0}},
        ),
        stream(
            piece("The rain.") | {"usage": None},
            piece(finish="stop") | {"usage": None},
            {"choices": None, "usage": READ_AND_WRITTEN},
        ),
        stream(piece("The rain."), piece(finish="stop"), {"usage": READ_AND_WRITTEN}),
        reply(whole("The rain.") | {"usage": READ_AND_WRITTEN}),
        # Elsewhere, and by other names.
        stream(piece("The rain.", "stop") | {"x_groq": {"usage": READ_AND_WRITTEN}}),
        stream(
            piece("The rain."), piece(finish="stop") | {"prompt_eval_count": 40, "eval_count": 3}
        ),
        stream(
            {"output": {"choices": [{"message": {"content": "The rain."}}]}},
            {
                "output": {"choices": [{"message": {"content": ""}, "finish_reason": "stop"}]},
                "usage": IN_AND_OUT,
            },
        ),
        stream(
            {
                "candidates": [
                    {"content": {"parts": [{"text": "The rain."}]}, "finishReason": "STOP"}
                ],
                "usageMetadata": {
                    "promptTokenCount": 40,
                    "candidatesTokenCount": 1,
                    "thoughtsTokenCount": 2,
                },
            }
        ),
        stream(
            {"type": "response.output_text.delta", "delta": "The rain."},
            {
                "type": "response.completed",
                "response": {"usage": {"input_tokens": 40, "output_tokens": 3}},
            },
        ),
        stream(
            {
                "type": "message_start",
                "message": {"usage": {"input_tokens": 40, "output_tokens": 1}},
            },
            {"type": "content_block_delta", "delta": {"type": "text_delta", "text": "The rain."}},
            {
                "type": "message_delta",
                "delta": {"stop_reason": "end_turn"},
                "usage": {"output_tokens": 3},
            },
        ),
    ],
)
def test_they_are_read(wire: Wire) -> None:
    assert usage_over(wire) == TokenUsage(40, 3)


def test_what_llama_cpp_measures_counts_where_it_gives_no_usage() -> None:
    timings = {"prompt_n": 10, "cache_n": 30, "predicted_n": 3}
    wire = stream(piece("The rain."), piece(finish="stop") | {"timings": timings})
    assert usage_over(wire) == TokenUsage(40, 3, cached_tokens=30)


NOUGHT = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


@pytest.mark.parametrize(
    "wire",
    [
        last(None),
        last([]),
        last("n/a"),
        last(NOUGHT),
        last({"prompt_tokens": -1, "completion_tokens": -1}),
        last({"prompt_tokens": 1.5, "completion_tokens": 3}),
        last({"prompt_tokens": "40", "completion_tokens": 3}),
        last({"prompt_tokens": True, "completion_tokens": 3}),
        last({"total_tokens": 43}),
        stream(piece("The rain.") | {"usage": NOUGHT}, piece(finish="stop") | {"usage": NOUGHT}),
    ],
)
def test_what_is_none_is_estimated(wire: Wire) -> None:
    usage = usage_over(wire)
    assert usage.estimated
    assert usage.prompt_tokens > 0
    assert usage.completion_tokens > 0


@pytest.mark.parametrize(
    "cached",
    [
        {"prompt_tokens_details": {"cached_tokens": 30}},
        {"prompt_tokens_details": {"cached_tokens": 30.0}},
        {"prompt_cache_hit_tokens": 30, "prompt_cache_miss_tokens": 10},
        {"prompt_cache_hit_tokens": 30.0},
        {"cached_tokens": 30},
        {"input_tokens_details": {"cached_tokens": 30}},
    ],
)
def test_so_are_those_that_were_kept(cached: dict[str, object]) -> None:
    assert usage_over(last(READ_AND_WRITTEN | cached)) == TokenUsage(40, 3, cached_tokens=30)


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=5,
)
NAMES = ["prompt_tokens", "completion_tokens", "input_tokens", "output_tokens", "cached_tokens"]


@given(st.dictionaries(st.sampled_from([*NAMES, "prompt_tokens_details"]), ANYTHING) | ANYTHING)
def test_whatever_stands_there_the_figures_can_be_counted_with(figures: object) -> None:
    usage = usage_in({"usage": figures})
    if usage is not None:
        assert 0 <= usage.cached_tokens <= usage.prompt_tokens
        assert usage.completion_tokens >= 0
        assert usage.prompt_tokens + usage.completion_tokens > 0
