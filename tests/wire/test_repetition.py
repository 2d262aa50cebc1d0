"""A model that goes round in circles, or far beyond its limit, is stopped and told."""

from __future__ import annotations

import itertools

import pytest

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.provider import ChatRequest
from tests.wire.asking import QUESTION, SCHEMA, ask, failure
from tests.wire.wires import Request, Wire, data, head, piece, said, serving, stream

WORDS = ["rain", "sea", "lamp", "door", "salt", "wind", "stone", "tide", "glass", "rope", "ash"]
VARIED = " ".join(
    f"The {a} lay by the {b}, and {c} of the {d} was all she knew."
    for a, b, c, d in itertools.islice(itertools.product(WORDS, repeat=4), 0, 14000, 3)
)
CIRCLES = [
    "She walked on into the rain. ",
    "她走进了雨里，再也没有回头。",
    "The rain fell.\nShe walked on.\nThe lamp was out.\n",
    "“我不知道。”他说。\n\n“我也不知道。”她说。\n\n",
    "na ",
    "。",
    "\n",
    "A long paragraph that says of the lighthouse and of the sea what was said before, and then of "
    "the harbour, the boats and the men who did not come back, before it begins again. ",
]


def forever(text: str) -> Wire:
    """More of it than any limit allows."""
    return (head(), *(data(piece(text)) for _ in range(4000)))


@pytest.mark.parametrize("circle", CIRCLES)
def test_what_comes_again_and_again_is_stopped(circle: str) -> None:
    with serving(forever(circle)):
        told = failure(forever(circle), request=ChatRequest(QUESTION, max_tokens=200_000))
    assert told.kind is ErrorKind.RUNAWAY
    assert "again and again" in told.message


@pytest.mark.parametrize("circle", CIRCLES[:4])
def test_also_when_the_model_ends_by_itself(circle: str) -> None:
    told = failure(said(VARIED[:2000], circle * 20, "The end."))
    assert told.kind is ErrorKind.RUNAWAY


def test_a_sentence_that_keeps_coming_back_between_others_is_one() -> None:
    other = VARIED.split(". ")
    text = "".join(f"{a}. She looked at the sea and said nothing at all. " for a in other[:40])
    assert failure(said(text)).kind is ErrorKind.RUNAWAY


def test_thoughts_that_go_round_are_stopped_too() -> None:
    thoughts = [piece(reasoning_content="Wait, but is that right? Let me check. ")] * 200
    assert failure(stream(*thoughts)).kind is ErrorKind.RUNAWAY


def test_a_server_that_knows_no_limit_is_left_at_three_times_of_it() -> None:
    read = 0

    def endless(_request: Request) -> Wire:
        return (head(), *(data(piece(VARIED[at : at + 50])) for at in range(0, 200_000, 50)))

    request = ChatRequest(QUESTION, max_tokens=400)
    with serving(endless) as server:
        told = failure(endless, request=request)
        read = len(server.requests)
    assert told.kind is ErrorKind.RUNAWAY
    assert "3 times the limit" in told.message
    assert read == 0


def test_a_little_more_than_the_limit_is_none_of_that() -> None:
    assert len(ask(said(VARIED[:3000]), request=ChatRequest(QUESTION, max_tokens=400)).text) == 3000


@pytest.mark.parametrize(
    "text",
    [
        "Row, row, row your boat.\n" * 3 + "And home.",
        "“No. No. No. No. No.” She laughed. " + "哈" * 40,
        "———————————————————\n" * 2 + "She woke.",
        VARIED[:20_000],
        "".join(f"{line} And the sea went on.\n\n" for line in VARIED[:6000].split(". ")),
    ],
)
def test_what_a_writer_may_repeat_is_left_alone(text: str) -> None:
    assert ask(said(*(text[at : at + 40] for at in range(0, len(text), 40)))).text == text


def test_a_list_in_json_may_have_the_same_keys_again_and_again() -> None:
    items = ", ".join(
        f'{{"name": "{a}", "kind": "place", "why": "it is named {a}"}}' for a in WORDS
    )
    text = f'{{"entries": [{items}]}}'
    assert ask(said(text), request=ChatRequest(QUESTION, json_schema=SCHEMA)).text == text
