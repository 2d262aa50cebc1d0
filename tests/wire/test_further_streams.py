"""Streams as public reports show them: one a line in a file, and those whose bytes matter here."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.llm.wire.plain_pieces import as_plain_choice
from tests.wire.asking import ask
from tests.wire.wires import DONE, Wire, data, head, piece, stream

FIRST, REST = "The tide came in. ", "It went out."
WHOLE = FIRST + REST


def further() -> list[Any]:
    """A name, the text, whether the end is marked, and the events."""
    lines = (Path(__file__).parent / "further_streams.jsonl").read_text("utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize(("_name", "text", "done", "events"), further())
def test_each_is_read_to_its_end(_name: str, text: str, done: bool, events: list[object]) -> None:
    heard = ask(stream(*events, done=done))
    assert (heard.text, heard.end) == (text, AnswerEnd.WHOLE)


def lines_of(*values: dict[str, Any]) -> Wire:
    """One object a line."""
    sent = (json.dumps(value).encode() + b"\n" for value in values)
    return (head(kind="application/x-ndjson"), *sent)


def named(name: str, *values: dict[str, Any]) -> Wire:
    """Events that all have this name."""
    sent = (f"event: {name}\ndata: {json.dumps(value)}\n\n".encode() for value in values)
    return (head(), *sent)


@pytest.mark.parametrize(
    ("wire", "end"),
    [
        (
            lines_of(
                {"model": "m", "response": FIRST, "done": False},
                {"model": "m", "response": REST, "done": True, "done_reason": "length"},
            ),
            AnswerEnd.CUT,
        ),
        (
            named(
                "message",
                {"token": FIRST, "finish_reason": None},
                {"token": REST, "finish_reason": "stop"},
            ),
            AnswerEnd.WHOLE,
        ),
        (
            stream(
                {"token": {"id": 1, "text": FIRST, "special": False}, "generated_text": None},
                {"token": {"id": 2, "text": REST, "special": False}, "generated_text": None},
                {
                    "token": {"id": 3, "text": "</s>", "special": True},
                    "generated_text": WHOLE,
                    "details": {"finish_reason": "eos_token"},
                },
                done=False,
            ),
            AnswerEnd.WHOLE,
        ),
        (
            stream(
                {"content": FIRST, "stop": False},
                {"content": REST, "stop": False},
                {"content": "", "stop": True, "stop_type": "limit"},
                done=False,
            ),
            AnswerEnd.CUT,
        ),
        (
            stream(
                {"Response": {"Choices": [{"Delta": {"Content": FIRST}, "FinishReason": ""}]}},
                {"Response": {"Choices": [{"Delta": {"Content": REST}}]}},
                {"Response": {"Choices": [{"Delta": {}, "FinishReason": "sensitive"}]}},
                done=False,
            ),
            AnswerEnd.WITHHELD,
        ),
    ],
)
def test_servers_that_are_asked_by_their_own_interface_are_read(wire: Wire, end: AnswerEnd) -> None:
    heard = ask(wire)
    assert (heard.text, heard.end) == (WHOLE, end)


@pytest.mark.parametrize("name", ["ping", "heartbeat", "keep-alive"])
@pytest.mark.parametrize("body", ["2026-01-01 00:00:00+00:00", "still there", "{}", ""])
def test_an_event_that_is_called_a_ping_is_one_whatever_it_bears(name: str, body: str) -> None:
    aside = f"event: {name}\ndata: {body}\n\n".encode()
    sent = (head(), aside, data(piece(FIRST)), aside, data(piece(REST, "stop")), DONE)
    assert ask(sent).text == WHOLE


@pytest.mark.parametrize("first", [1, 2, 7])
def test_a_server_that_counts_its_pieces_as_answers_loses_none(first: int) -> None:
    counted = ({"index": first + n, "delta": {"content": t}} for n, t in enumerate((FIRST, REST)))
    assert ask(stream(*({"choices": [each]} for each in counted))).text == WHOLE


def test_a_second_answer_that_nobody_asked_for_is_left_out() -> None:
    said = [(0, FIRST), (1, "Another. "), (0, REST), (1, "Still another.")]
    pieces = ({"choices": [{"index": n, "delta": {"content": text}}]} for n, text in said)
    assert ask(stream(*pieces)).text == WHOLE


@pytest.mark.parametrize(
    ("word", "end"),
    [
        ("UNEXPECTED_TOOL_CALL", AnswerEnd.FAILED),
        ("MISSING_THOUGHT_SIGNATURE", AnswerEnd.FAILED),
        ("MAX_TOKENS_REACHED", AnswerEnd.CUT),
        ("model_context_window_exceeded", AnswerEnd.CUT),
        ("guardrail_intervened", AnswerEnd.WITHHELD),
        ("engine_overloaded", AnswerEnd.FAILED),
        ("stop_sequence", AnswerEnd.WHOLE),
        ("tool_calls", AnswerEnd.UNKNOWN),
    ],
)
def test_further_words_for_the_end(word: str, end: AnswerEnd) -> None:
    assert ask(stream(piece(FIRST), piece(REST), piece("", word))).end is end


@given(
    st.dictionaries(
        st.sampled_from(["response", "done", "result", "is_end", "content", "stop", "token",
                         "output", "details", "type", "delta", "done_reason"]),
        st.none() | st.booleans() | st.text(max_size=5) | st.integers()
        | st.dictionaries(st.sampled_from(["text", "special", "message", "finish_reason"]),
                          st.text(max_size=4) | st.booleans() | st.none()),
    )
)  # fmt: skip
def test_whatever_comes_in_such_fields_is_read_or_let_be(value: dict[str, Any]) -> None:
    choice = as_plain_choice(value)
    assert choice is None or "finish_reason" in choice
