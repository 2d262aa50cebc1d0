"""Failures of a server: their kind, what had come before, and that the key never shows."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    ChatRequest,
    TextDelta,
)
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    Exchange,
    ScriptedProvider,
    error,
    error_in_stream,
    gbk,
    html,
    huge,
    keep_alive_only,
    raw_event,
    redirect,
    reset_after,
    reset_at_once,
    stall,
    status,
    text,
    truncated,
)
from tests.unit.llm.openai_asking import (
    KEY,
    QUESTION,
    SHORT,
    UNHURRIED,
    ask,
    ask_async,
    failure,
    open_provider,
)

BEGINNING = "Some text. "
"""The text that ``error_in_stream`` sends before the error."""


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (reset_at_once(), ErrorKind.CONNECTION),
        (reset_after("Sing"), ErrorKind.CONNECTION),
        (truncated("Sing"), ErrorKind.CONNECTION),
        (raw_event('{"choices":[{"del'), ErrorKind.INVALID_ANSWER),
        (raw_event("17"), ErrorKind.INVALID_ANSWER),
        (raw_event("[" * 50_000), ErrorKind.INVALID_ANSWER),
        (gbk(), ErrorKind.INVALID_ANSWER),
        (html(), ErrorKind.NOT_AN_API),
        (html(404), ErrorKind.NOT_AN_API),
        (status(200, "hello", content_type="text/plain"), ErrorKind.NOT_AN_API),
        (status(200, {"hello": 1}), ErrorKind.NOT_AN_API),
        (status(200, {"error": "unexpected endpoint"}), ErrorKind.NOT_AN_API),
        (status(200, "{"), ErrorKind.INVALID_ANSWER),
        (error(401, "no"), ErrorKind.UNAUTHORIZED),
        (error(404, "no such model"), ErrorKind.MODEL_NOT_FOUND),
        (error(400, "too long", kind="context_length_exceeded"), ErrorKind.CONTEXT_TOO_LONG),
        (error(503, "busy"), ErrorKind.SERVER_ERROR),
        (error_in_stream("overloaded"), ErrorKind.SERVER_ERROR),
        (error_in_stream("overloaded", code=429), ErrorKind.RATE_LIMITED),
    ],
)
def test_failures_have_kinds(behaviour: Behaviour, kind: ErrorKind) -> None:
    assert failure(behaviour).kind is kind


def test_an_answer_cut_in_the_middle_says_so() -> None:
    assert (
        failure(truncated("Sing")).message == "the connection ended before the answer was complete"
    )


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (stall(), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (stall(after=""), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (keep_alive_only(), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (stall(after="Sing"), ErrorKind.STALLED),
        (keep_alive_only(after="Sing"), ErrorKind.STALLED),
    ],
)
def test_silence_ends_although_the_connection_is_kept_alive(
    behaviour: Behaviour, kind: ErrorKind
) -> None:
    # Where a first word shall come, it may take as long as a busy machine needs.
    patient = replace(SHORT, first_token=UNHURRIED.first_token)
    timeouts = patient if kind is ErrorKind.STALLED else SHORT
    assert failure(behaviour, timeouts=timeouts).kind is kind


def test_what_came_before_a_failure_was_delivered() -> None:
    async def read(server: ScriptedProvider) -> str:
        provider = open_provider(server)
        came = ""
        try:
            async for event in provider.stream_chat(ChatRequest(QUESTION)):
                came += event.text if isinstance(event, TextDelta) else ""
        except ProviderError:
            return came
        finally:
            await provider.aclose()
        raise AssertionError("the stream did not fail")

    for behaviour in (truncated(BEGINNING), error_in_stream("overloaded")):
        with ScriptedProvider.answering(behaviour) as server:
            assert asyncio.run(read(server)) == BEGINNING


def test_retry_after_is_passed_on() -> None:
    assert failure(error(429, "slow down", Retry_After="3")).retry_after == 3.0


def test_redirects_are_not_followed_since_the_key_would_leak() -> None:
    with ScriptedProvider.answering(text("leaked")) as thief:
        told = failure(redirect(f"{thief.base_url}/chat/completions"))
        assert thief.requests == []
    assert told.kind is ErrorKind.NOT_AN_API
    assert thief.base_url in told.message


def test_the_key_never_appears_in_an_error() -> None:
    for behaviour in (
        error(401, f"Incorrect API key provided: {KEY}"),
        status(500, f"oops {KEY}", content_type="text/plain"),
        error_in_stream(f"bad key {KEY}"),
        redirect(f"https://example.com/?key={KEY}"),
    ):
        told = failure(behaviour)
        assert KEY not in str(told)
        assert "***" in str(told)


def test_the_key_does_not_appear_when_the_answer_is_broken_where_it_is_echoed() -> None:
    def broken_chunk(exchange: Exchange) -> None:
        exchange.head(content_type="application/json")
        exchange.raw(f"{KEY}\r\n".encode())

    told = failure(broken_chunk)
    assert told.kind is ErrorKind.CONNECTION
    assert "***" in told.message
    assert KEY not in told.message


def test_a_refusal_is_known_by_its_status_when_its_words_do_not_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("arboris_desktop.llm.wire.endpoint._ERROR_SECONDS", 0.1)

    def silent_refusal(exchange: Exchange) -> None:
        exchange.raw(b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 100\r\n\r\n")
        exchange.stall()

    told = failure(silent_refusal)
    assert (told.kind, told.message) == (ErrorKind.UNAUTHORIZED, "HTTP 401 Unauthorized")


def test_nobody_listens() -> None:
    with ScriptedProvider.answering() as server:
        url = server.base_url
    with pytest.raises(ProviderError) as caught:
        asyncio.run(ask_async(OpenAICompatibleProvider(url, KEY, MODEL)))
    assert caught.value.kind is ErrorKind.CONNECTION


def test_a_plain_server_behind_https_is_named_as_that() -> None:
    with ScriptedProvider.answering() as server:
        url = server.base_url.replace("http:", "https:")
        with pytest.raises(ProviderError) as caught:
            asyncio.run(ask_async(OpenAICompatibleProvider(url, KEY, MODEL)))
    assert caught.value.kind is ErrorKind.WRONG_SCHEME


def test_a_very_long_answer_arrives_and_an_endless_one_ends() -> None:
    assert len(ask(huge(2_000_000)).text) == 2_000_000
    assert failure(huge(5_000_000)).kind is ErrorKind.RUNAWAY
