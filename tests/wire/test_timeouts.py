"""Patience: until the first words, between them, and what prolongs it; and its end."""

from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing
from typing import Any

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import ProviderProfile
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm.provider import ChatRequest, Phase, TextDelta
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.wire.asking import QUESTION, QUICK, Heard, ask, failure, hear, provider_of
from tests.wire.wires import (
    DONE,
    LONGEST,
    ROLE,
    Every,
    Hold,
    Part,
    data,
    head,
    piece,
    reply,
    serving,
    whole,
)

NEVER = threading.Event()
LATE, STALLED = ErrorKind.FIRST_TOKEN_TIMEOUT, ErrorKind.STALLED
END = (data(piece("The rain.")), data(piece(finish="stop")), DONE)

LIFE: list[bytes] = [
    b": PROCESSING\n\n",
    b": OPENROUTER PROCESSING\n\n",
    b":\n",
    b"event: ping\ndata: {}\n\n",
    b"data: \n\n",
    data(ROLE),
    data(piece("")),
    data({"choices": []}),
    b"\n",
]
"""Signs of life that are no words."""


def further(*signs: bytes) -> list[Any]:
    """Signs that are tried where time does not matter: each takes seconds."""
    return [pytest.param(sign, marks=pytest.mark.long) for sign in signs]


@pytest.mark.parametrize("sign", [LIFE[0], *further(*LIFE[1:])])
def test_signs_of_life_prolong_the_wait_for_the_first_words(sign: bytes) -> None:
    heard = ask((head(), Every(0.2, sign, times=12), *END), timeouts=QUICK)
    assert heard.text == "The rain."


@pytest.mark.parametrize("sign", [LIFE[0], *further(*LIFE[1:3])])
def test_so_they_do_between_words(sign: bytes) -> None:
    wire = (head(), data(piece("First. ")), Every(0.2, sign, times=12), *END)
    assert ask(wire, timeouts=QUICK).text == "First. The rain."


def test_how_far_the_prompt_is_read_is_told_and_prolongs_it() -> None:
    def progress(done: int) -> bytes:
        figures = {"total": 2000, "cache": 0, "processed": done, "time_ms": 5}
        return data({**piece(""), "prompt_progress": figures})

    steps: list[Part] = []
    for done in (500, 1000, 1500, 2000):
        steps += [Every(0.6, progress(done), times=1)]
    heard = ask((head(), *steps, *END), timeouts=QUICK)
    assert heard.text == "The rain."
    assert [p for p in heard.progress if p is not None] == [0.25, 0.5, 0.75, 1.0]
    assert set(heard.phases) == {Phase.READING}


@pytest.mark.parametrize(
    ("wire", "kind"),
    [
        ((Hold(NEVER),), LATE),
        ((head(), Hold(NEVER)), LATE),
        ((head(), data(ROLE), Hold(NEVER)), LATE),
        ((head(), data(piece("First. ")), Hold(NEVER)), STALLED),
        ((head(), data(piece(reasoning_content="Hm.")), Hold(NEVER)), STALLED),
    ],
)
def test_silence_ends_it(wire: tuple[Part, ...], kind: ErrorKind) -> None:
    assert failure(wire, timeouts=QUICK).kind is kind


@pytest.mark.parametrize("before", [(), (data(piece("First. ")),)])
def test_signs_of_life_alone_do_not_prolong_it_for_ever(before: tuple[bytes, ...]) -> None:
    # Where the first word shall come, it may take as long as a busy machine needs.
    hurried = Timeouts(connect=30.0, first_token=20.0 if before else 0.05, stall=0.05)
    told = failure((head(), *before, Every(0.01, b": x\n\n")), timeouts=hurried)
    assert told.kind is (STALLED if before else LATE)


def test_thoughts_are_words() -> None:
    thoughts = Every(0.2, data(piece(reasoning_content="Hm. ")), times=12)
    assert ask((head(), thoughts, *END), timeouts=QUICK).text == "The rain."


def test_a_whole_answer_is_waited_for_longer_than_a_first_word() -> None:
    def slow(request: object) -> tuple[Part, ...]:
        if getattr(request, "body", {}).get("stream"):
            return reply({"error": {"message": "streaming is not supported"}}, 400)
        return (Every(0.4, b"", times=6), *reply(whole("The rain.")))

    assert ask(slow, timeouts=QUICK).text == "The rain."


# --- the end of a request that nobody wants any more ---

PLACES: list[tuple[str, tuple[Part, ...]]] = [
    ("before the headers", ()),
    ("while the prompt is read", (head(), b": PROCESSING\n\n")),
    ("amid the answer", (head(), data(piece("First. ")))),
    ("amid the thoughts", (head(), data(piece(reasoning_content="Hm.")))),
]


@pytest.mark.parametrize(("_place", "before"), PLACES, ids=[name for name, _ in PLACES])
def test_a_cancelled_request_ends_at_the_server(_place: str, before: tuple[Part, ...]) -> None:
    came = threading.Event()
    with serving((*before, came, Hold(NEVER))) as server:

        async def run() -> None:
            provider = provider_of(server)
            task = asyncio.create_task(hear(provider, ChatRequest(QUESTION)))
            await asyncio.to_thread(came.wait, LONGEST)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            # The provider is not closed yet: it is the request that ends.
            assert await asyncio.to_thread(server.left.wait, LONGEST)
            await provider.aclose()

        asyncio.run(run())


def test_a_request_that_took_too_long_ends_at_the_server() -> None:
    with serving((head(), Hold(NEVER))) as server:

        async def run() -> None:
            provider = provider_of(server, timeouts=QUICK)
            with pytest.raises(ProviderError):
                await hear(provider, ChatRequest(QUESTION))
            assert await asyncio.to_thread(server.left.wait, LONGEST)
            await provider.aclose()

        asyncio.run(run())


def test_so_does_one_whose_answer_goes_round() -> None:
    endless = (head(), Every(0.001, data(piece("She walked on into the rain. ")), times=4000))
    with serving(endless) as server:

        async def run() -> None:
            provider = provider_of(server)
            with pytest.raises(ProviderError):
                await hear(provider, ChatRequest(QUESTION))
            assert await asyncio.to_thread(server.left.wait, LONGEST)
            await provider.aclose()

        asyncio.run(run())


def test_leaving_the_stream_closes_the_connection() -> None:
    with serving((head(), data(piece("First. ")), Hold(NEVER))) as server:

        async def run() -> None:
            provider = provider_of(server)
            async with aclosing(provider.stream_chat(ChatRequest(QUESTION))) as stream:  # type: ignore[type-var]
                async for event in stream:
                    if isinstance(event, TextDelta):
                        break
            assert await asyncio.to_thread(server.left.wait, LONGEST)
            await provider.aclose()

        asyncio.run(run())


# --- the defaults, by where a server is ---


def profile(address: str, **fields: Any) -> ProviderProfile:
    settings = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, address)
    return ProviderProfile(connection=settings, **fields)


@pytest.mark.parametrize(
    ("address", "is_near"),
    [
        ("http://127.0.0.1:8080/v1", True),
        ("localhost:11434", True),
        ("http://[::1]:1234/v1", True),
        ("http://0.0.0.0:5001", True),
        ("http://192.168.1.20:11434/v1", True),
        ("http://10.0.0.3:8000", True),
        ("http://172.16.4.4/v1", True),
        ("http://100.101.102.103:11434", True),
        ("http://169.254.3.4:8080", True),
        ("http://[fd00::7]:8080/v1", True),
        ("http://nas:11434", True),
        ("http://studio.local:1234/v1", True),
        ("http://box.lan/v1", True),
        ("https://api.deepseek.com/v1", False),
        ("api.openai.com", False),
        ("https://8.8.8.8/v1", False),
        ("https://[2001:4860::1]/v1", False),
        ("https://localhost.example.com/v1", False),
    ],
)
def test_a_server_of_the_authors_own_is_given_time_and_one_question_at_once(
    address: str, is_near: bool
) -> None:
    own, other = (600.0, 1), (60.0, 4)
    asked = profile(address)
    assert (asked.patience, asked.parallel) == (own if is_near else other)


def test_what_the_author_sets_counts() -> None:
    asked = profile("http://127.0.0.1:8080", first_token_seconds=30, max_parallel=3)
    assert (asked.patience, asked.parallel) == (30.0, 3)
    assert Timeouts.until_first_words(30.0) == Timeouts(15.0, 30.0, 60.0)
    assert Timeouts.until_first_words(600.0).stall == 120.0


def test_phases_are_told_in_their_order() -> None:
    wire = (
        head(),
        data(piece(reasoning_content="Hm.")),
        data(piece(reasoning_content="Yes.")),
        *END,
    )
    heard: Heard = ask(wire)
    assert heard.phases == [Phase.READING, Phase.THINKING]
