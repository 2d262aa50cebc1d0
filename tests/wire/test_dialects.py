"""Answers in other dialects, as proxies pass them on untranslated."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.wire.dialects import as_choice
from tests.wire.asking import ask, failure
from tests.wire.wires import Wire, data, head, piece, reply, stream

FIRST, REST = "The rain fell. ", "雨落在屋顶上。"


def events(*values: dict[str, Any]) -> Wire:
    """Each is named by its type."""
    named = (f"event: {each['type']}\ndata: {json.dumps(each)}\n\n".encode() for each in values)
    return (head(), *named)


def anthropic(stop: str, *before: dict[str, Any]) -> Wire:
    def piece(text: str) -> dict[str, Any]:
        delta = {"type": "text_delta", "text": text}
        return {"type": "content_block_delta", "index": 0, "delta": delta}

    begun = {"role": "assistant", "content": [], "usage": {"input_tokens": 9, "output_tokens": 1}}
    block = {"type": "text", "text": ""}
    return events(
        {"type": "message_start", "message": begun},
        *before,
        {"type": "content_block_start", "index": 0, "content_block": block},
        {"type": "ping"},
        piece(FIRST),
        piece(REST),
        {"type": "content_block_stop", "index": 0},
        {"type": "message_delta", "delta": {"stop_reason": stop, "stop_sequence": None}},
        {"type": "message_stop"},
    )


def gemini(stop: str, *before: dict[str, Any]) -> Wire:
    def piece(text: str, **beside: str) -> dict[str, Any]:
        content = {"parts": [{"text": text}], "role": "model"}
        return {"candidates": [{"content": content, "index": 0, **beside}]}

    pieces = (*before, piece(FIRST), piece(REST, finishReason=stop))
    return (head(), *map(data, pieces))


def newer(last: dict[str, Any], *before: dict[str, Any]) -> Wire:
    return events(
        {"type": "response.created", "response": {"status": "in_progress"}},
        *before,
        {"type": "response.output_text.delta", "delta": FIRST},
        {"type": "response.output_text.delta", "delta": REST},
        {"type": "response.output_text.done", "text": FIRST + REST},
        last,
    )


COMPLETED = {"type": "response.completed", "response": {"status": "completed"}}
THOUGHT_OF_CLAUDE = {
    "type": "content_block_delta",
    "index": 0,
    "delta": {"type": "thinking_delta", "thinking": "Rain, then."},
}
THOUGHT_OF_GEMINI = {"candidates": [{"content": {"parts": [{"text": "Rain.", "thought": True}]}}]}
THOUGHT_OF_OPENAI = {"type": "response.reasoning_summary_text.delta", "delta": "Rain, then."}


def incomplete(reason: str) -> dict[str, Any]:
    response = {"status": "incomplete", "incomplete_details": {"reason": reason}}
    return {"type": "response.incomplete", "response": response}


@pytest.mark.parametrize(
    ("wire", "end"),
    [
        (anthropic("end_turn"), AnswerEnd.WHOLE),
        (anthropic("end_turn", THOUGHT_OF_CLAUDE), AnswerEnd.WHOLE),
        (anthropic("max_tokens"), AnswerEnd.CUT),
        (anthropic("refusal"), AnswerEnd.WITHHELD),
        (anthropic("wibble"), AnswerEnd.UNKNOWN),
        (gemini("STOP"), AnswerEnd.WHOLE),
        (gemini("STOP", THOUGHT_OF_GEMINI), AnswerEnd.WHOLE),
        (gemini("MAX_TOKENS"), AnswerEnd.CUT),
        (gemini("SAFETY"), AnswerEnd.WITHHELD),
        (newer(COMPLETED), AnswerEnd.WHOLE),
        (newer(COMPLETED, THOUGHT_OF_OPENAI), AnswerEnd.WHOLE),
        (newer(incomplete("max_output_tokens")), AnswerEnd.CUT),
        (newer(incomplete("content_filter")), AnswerEnd.WITHHELD),
    ],
)
def test_they_are_read_to_their_end(wire: Wire, end: AnswerEnd) -> None:
    heard = ask(wire)
    assert (heard.text, heard.end) == (FIRST + REST, end)


@pytest.mark.parametrize(
    "whole",
    [
        {
            "type": "message",
            "role": "assistant",
            "content": [{"type": "text", "text": FIRST + REST}],
            "stop_reason": "end_turn",
        },
        {"candidates": [{"content": {"parts": [{"text": FIRST + REST}]}, "finishReason": "STOP"}]},
    ],
)
def test_so_are_those_that_come_at_once(whole: dict[str, Any]) -> None:
    heard = ask(reply(whole))
    assert (heard.text, heard.end) == (FIRST + REST, AnswerEnd.WHOLE)


SAID = [{"type": "output_text", "text": FIRST + REST}]
OUTPUT = [{"type": "reasoning", "summary": []}, {"type": "message", "content": SAID}]
WITH_ALL = {"status": "completed", "output": OUTPUT}
COMPLETED_WITH_ALL = {"type": "response.completed", "response": WITH_ALL}


@pytest.mark.parametrize(
    "wire",
    [
        reply({"object": "response", **WITH_ALL}),
        events({"type": "response.output_text.done", "text": FIRST + REST}, COMPLETED),
        events(
            {"type": "response.completed", "response": {"status": "completed", "output": OUTPUT}}
        ),
        newer(
            {"type": "response.completed", "response": {"status": "completed", "output": OUTPUT}}
        ),
    ],
)
def test_the_newer_interface_may_give_all_at_its_end(wire: Wire) -> None:
    heard = ask(wire)
    assert (heard.text, heard.end) == (FIRST + REST, AnswerEnd.WHOLE)


REFUSED = [{"type": "refusal", "refusal": "I can not do that."}]


@pytest.mark.parametrize(
    "wire",
    [
        events(
            {"type": "response.refusal.delta", "delta": "I can not "},
            {"type": "response.refusal.delta", "delta": "do that."},
            COMPLETED,
        ),
        reply({"object": "response", "status": "completed", "output": [{"content": REFUSED}]}),
        stream(piece(REFUSED), piece(finish="stop")),  # type: ignore[arg-type]
    ],
)
def test_a_refusal_among_the_parts_is_one(wire: Wire) -> None:
    told = failure(wire)
    assert (told.kind, told.message) == (ErrorKind.MODEL_DECLINED, "I can not do that.")


@pytest.mark.parametrize("reason", ["SAFETY", "PROHIBITED_CONTENT", "OTHER"])
def test_a_question_that_gemini_does_not_take_is_withheld(reason: str) -> None:
    refusal = {"promptFeedback": {"blockReason": reason}, "usageMetadata": {"promptTokenCount": 4}}
    for wire in ((head(), data(refusal)), reply(refusal)):
        heard = ask(wire)
        assert (heard.text, heard.end) == ("", AnswerEnd.WITHHELD)


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        (
            events({"type": "error", "error": {"type": "overloaded_error", "message": "Busy"}}),
            ErrorKind.SERVER_ERROR,
        ),
        (
            newer(
                {
                    "type": "response.failed",
                    "response": {"status": "failed", "error": {"message": "It broke"}},
                }
            ),
            ErrorKind.SERVER_ERROR,
        ),
    ],
)
def test_their_failures_are_told(wire: Wire, kind: ErrorKind) -> None:
    assert failure(wire).kind is kind


@pytest.mark.parametrize(
    "value",
    [
        {"candidates": []},
        {"candidates": [None]},
        {"candidates": [{"content": None}]},
        {"candidates": [{"content": {"parts": None}}]},
        {"candidates": [{"content": {"parts": [None, 3, {"text": None}]}}]},
        {"type": "content_block_delta", "delta": None},
        {"type": "content_block_delta", "delta": {"text": 3}},
        {"type": "message", "content": "a text"},
        {"type": "response.output_text.delta"},
        {"type": "response.completed", "response": None},
    ],
)
def test_what_is_broken_in_them_is_no_text(value: dict[str, Any]) -> None:
    choice = as_choice(value)
    assert choice is None or choice["delta"] == {"content": "", "reasoning_content": ""}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "candidates", "content", "parts", "text", "delta", "response"]
            ),
            inner,
        )
    ),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from(["type", "candidates", "delta", "response"]), ANYTHING))
@example({"type": "response.incomplete", "response": {"incomplete_details": 3}})
def test_whatever_comes_is_read_or_let_be(value: dict[str, Any]) -> None:
    choice = as_choice(value)
    if choice is not None and "delta" in choice:
        delta: Any = choice["delta"]
        assert all(isinstance(text, str) for text in delta.values())
