from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

import httpx
import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Role,
    StreamEnd,
    TextDelta,
    complete,
)
from arboris_desktop.llm.wire.patience import Timeouts
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    Exchange,
    ScriptedProvider,
    delta_of,
    endless_body,
    error,
    error_in_stream,
    event_of,
    gbk,
    html,
    huge,
    in_two_parts,
    keep_alive_only,
    raw_event,
    reasoning,
    redirect,
    reset_after,
    reset_at_once,
    split_bytes,
    stall,
    status,
    text,
    thinking,
    truncated,
    whole,
)

BEGINNING = "Some text. "
"""The text that ``error_in_stream`` sends before the error."""

KEY = "sk-0123456789abcdef"
QUESTION = (Message(Role.SYSTEM, "You are a poet."), Message(Role.USER, "Sing, 缪斯."))
SHORT = Timeouts(connect=5.0, first_token=0.2, stall=0.2)
UNHURRIED = Timeouts(connect=5.0, first_token=20.0, stall=20.0)
SCHEMA = JsonSchema("song", {"type": "object"})


def open_provider(
    server: ScriptedProvider, *, timeouts: Timeouts = UNHURRIED, model: str = MODEL
) -> OpenAICompatibleProvider:
    return OpenAICompatibleProvider(server.base_url, KEY, model, timeouts=timeouts)


async def ask_async(
    provider: OpenAICompatibleProvider, request: ChatRequest | None = None
) -> Completion:
    try:
        return await complete(provider, request or ChatRequest(QUESTION))
    finally:
        await provider.aclose()


def ask(*script: Behaviour, request: ChatRequest | None = None) -> Completion:
    with ScriptedProvider.answering(*script) as server:
        return asyncio.run(ask_async(open_provider(server), request))


def failure(*script: Behaviour, timeouts: Timeouts = UNHURRIED) -> ProviderError:
    with ScriptedProvider.answering(*script) as server, pytest.raises(ProviderError) as caught:
        asyncio.run(ask_async(open_provider(server, timeouts=timeouts)))
    return caught.value


def test_an_answer_is_streamed_and_counted() -> None:
    verse = "Sing, goddess, the anger. 唱吧，女神。😀"
    assert ask(text(verse)) == Completion(
        verse, AnswerEnd.WHOLE, TokenUsage(11, 7), "stop", raw=verse
    )


def test_pieces_come_as_they_are_sent() -> None:
    gate = threading.Event()

    async def read(server: ScriptedProvider) -> list[str]:
        provider = open_provider(server)
        texts = []
        async for event in provider.stream_chat(ChatRequest(QUESTION)):
            if isinstance(event, TextDelta):
                texts.append(event.text)
                gate.set()
        await provider.aclose()
        return texts

    with ScriptedProvider.answering(in_two_parts("one ", "two", gate)) as server:
        assert asyncio.run(read(server)) == ["one ", "two"]


def test_what_is_sent() -> None:
    with ScriptedProvider.answering(text("ok")) as server:
        request = ChatRequest(QUESTION, max_tokens=50, temperature=0.5, json_schema=SCHEMA)
        asyncio.run(ask_async(open_provider(server), request))
        (sent,) = server.requests
        assert server.keys == [f"Bearer {KEY}"]
    assert sent == {
        "model": MODEL,
        "messages": [
            {"role": "system", "content": "You are a poet."},
            {"role": "user", "content": "Sing, 缪斯."},
        ],
        "stream": True,
        "stream_options": {"include_usage": True},
        "max_tokens": 50,
        "temperature": 0.5,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "song", "schema": {"type": "object"}, "strict": True},
        },
    }


def test_without_a_key_no_key_is_sent() -> None:
    with ScriptedProvider.answering(text("ok")) as server:
        asyncio.run(ask_async(OpenAICompatibleProvider(server.base_url, None, MODEL)))
        assert server.keys == [None]


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_characters_split_between_packets_stay_whole(size: int) -> None:
    written = "灯塔灭了。“𠮷”😀…\u2028É"
    data = event_of(delta_of(written, "stop")).replace(b"\n", b"\r\n")
    answer = ask(split_bytes(data, size, "text/event-stream; charset=latin-1"))
    assert answer.text == written


def test_missing_usage_is_estimated() -> None:
    usage = ask(text("Sing, goddess", usage=False)).usage
    assert usage.estimated
    assert 5 <= usage.prompt_tokens <= 15
    assert 3 <= usage.completion_tokens <= 8


def test_thinking_is_life_but_not_text() -> None:
    answer = ask(thinking("which muse?", "Sing!"))
    assert answer.text == "Sing!"
    assert ask(reasoning("which muse?", "Sing!")).text == "Sing!"


def test_reasoning_keeps_a_slow_answer_alive() -> None:
    def slow_thinker(exchange: Exchange) -> None:
        exchange.head()
        for _ in range(8):
            exchange.pause(0.05)
            exchange.delta("", reasoning_content="hm")
        exchange.event(delta_of("Sing!", "stop"))

    with ScriptedProvider.answering(slow_thinker) as server:
        answer = asyncio.run(ask_async(open_provider(server, timeouts=SHORT)))
    assert answer.text == "Sing!"


def test_a_server_that_does_not_stream_is_understood() -> None:
    assert ask(whole("<think>x</think>Sing!")) == Completion(
        "Sing!", AnswerEnd.WHOLE, TokenUsage(11, 7), "stop", raw="<think>x</think>Sing!"
    )


def test_the_reason_of_the_end_is_told() -> None:
    answer = ask(text("Sing", finish_reason="length"))
    assert (answer.end, answer.word, answer.is_cut) == (AnswerEnd.CUT, "length", True)


def test_an_answer_that_a_filter_ended_is_refused_and_not_taken_for_whole() -> None:
    told = failure(text("Sing", finish_reason="content_filter"))
    assert told.kind is ErrorKind.MODERATED
    assert "content_filter" in told.message


def test_an_end_is_known_by_either_sign() -> None:
    assert ask(text("Sing", done=False)).text == "Sing"
    assert ask(text("Sing", finish_reason=None)).end is AnswerEnd.WHOLE


def test_figures_that_do_not_come_are_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arboris_desktop.llm.openai_compatible._GRACE_IN_DOUBT", 0.05)

    def hangs_after_the_end(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(delta_of("Sing", "stop"))
        exchange.comments(every=0.01)

    answer = ask(hangs_after_the_end)
    assert (answer.text, answer.usage.estimated) == ("Sing", True)


def test_a_reset_after_the_end_does_no_harm() -> None:
    arrived = threading.Event()

    def resets_after_the_end(exchange: Exchange) -> None:
        exchange.head()
        exchange.event(delta_of("Sing", "stop"))
        # The text has arrived, so the reset cannot overtake it.
        exchange.hold(arrived)
        exchange.reset()

    async def read(server: ScriptedProvider) -> list[object]:
        provider = open_provider(server)
        seen: list[object] = []
        async for event in provider.stream_chat(ChatRequest(QUESTION)):
            seen.append(event)
            if isinstance(event, TextDelta):
                arrived.set()
        await provider.aclose()
        return seen

    with ScriptedProvider.answering(resets_after_the_end) as server:
        _reading, text_delta, end = asyncio.run(read(server))
    assert text_delta == TextDelta("Sing")
    assert isinstance(end, StreamEnd)


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
    assert failure(behaviour, timeouts=SHORT).kind is kind


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


def test_a_list_of_models_without_end_is_ended() -> None:
    with ScriptedProvider.answering() as server:
        server.listing = endless_body("application/json")
        with pytest.raises(ProviderError) as caught:
            asyncio.run(open_provider(server).list_models())
    assert caught.value.kind is ErrorKind.INVALID_ANSWER


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


def test_a_server_without_json_schema_is_asked_for_less_and_less() -> None:
    refuse = error(400, "This response_format type is unavailable now")
    with ScriptedProvider.answering(refuse, refuse, text("{}"), text("{}")) as server:

        async def twice() -> None:
            provider = open_provider(server)
            request = ChatRequest(QUESTION, json_schema=SCHEMA)
            assert (await complete(provider, request)).text == "{}"
            assert (await complete(provider, request)).text == "{}"
            await provider.aclose()

        asyncio.run(twice())
        formats = [r.get("response_format", {}).get("type") for r in server.requests]
    assert formats == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("refusal", "name", "instead"),
    [
        (error(400, "Unknown field stream_options"), "stream_options", None),
        (
            status(422, {"detail": [{"loc": ["body", "stream_options"], "msg": "extra"}]}),
            "stream_options",
            None,
        ),
        (
            error(400, "'max_tokens' is not supported, use 'max_completion_tokens'"),
            "max_tokens",
            "max_completion_tokens",
        ),
        (status(400, {"error": {"message": "x", "param": "temperature"}}), "temperature", None),
    ],
)
def test_options_that_a_server_refuses_are_left_out(
    refusal: Behaviour, name: str, instead: str | None
) -> None:
    with ScriptedProvider.answering(refusal, text("ok")) as server:
        request = ChatRequest(QUESTION, max_tokens=9, temperature=1.0)
        answer = asyncio.run(ask_async(open_provider(server), request))
        first, second = server.requests
    assert answer.text == "ok"
    assert name in first
    assert name not in second
    assert instead is None or second[instead] == 9


def test_without_a_model_the_first_one_is_taken() -> None:
    with ScriptedProvider.answering(text("ok")) as server:
        server.models = ["first", "second"]
        provider = open_provider(server, model="")
        asyncio.run(ask_async(provider))
        assert server.requests[0]["model"] == "first"
    assert provider.model == "first"


def test_without_any_model_there_is_nobody_to_ask() -> None:
    with ScriptedProvider() as server:
        server.models = []
        with pytest.raises(ProviderError) as caught:
            asyncio.run(ask_async(open_provider(server, model="")))
    assert caught.value.kind is ErrorKind.MODEL_NOT_FOUND


@pytest.mark.parametrize(
    "entry",
    [
        {"id": MODEL, "max_model_len": 32768},
        {"id": MODEL, "context_length": 32768},
        {"id": MODEL, "meta": {"n_ctx": 32768}},
    ],
)
def test_the_context_is_learnt_from_servers_that_tell(entry: dict[str, object]) -> None:
    async def contexts(server: ScriptedProvider, stated: int) -> tuple[int, int]:
        provider = OpenAICompatibleProvider(server.base_url, None, MODEL, context_tokens=stated)
        before = provider.context_tokens
        assert await provider.list_models() == ["other", MODEL]
        await provider.aclose()
        return before, provider.context_tokens

    with ScriptedProvider.answering() as server:
        server.models = ["other", entry]
        assert asyncio.run(contexts(server, 0)) == (8192, 32768)
        assert asyncio.run(contexts(server, 4096)) == (4096, 4096)


@pytest.mark.parametrize(
    ("listing", "kind"),
    [
        (status(200, {"hello": 1}), ErrorKind.NOT_AN_API),
        (html(), ErrorKind.NOT_AN_API),
        (status(200, {"error": {"message": "x", "code": 401}}), ErrorKind.UNAUTHORIZED),
        (error(401, "x"), ErrorKind.UNAUTHORIZED),
        (reset_at_once(), ErrorKind.CONNECTION),
    ],
)
def test_failures_of_listing_have_kinds(listing: Behaviour, kind: ErrorKind) -> None:
    async def list_models(server: ScriptedProvider) -> None:
        provider = open_provider(server)
        try:
            await provider.list_models()
        finally:
            await provider.aclose()

    with ScriptedProvider.answering() as server:
        server.listing = listing
        with pytest.raises(ProviderError) as caught:
            asyncio.run(list_models(server))
    assert caught.value.kind is kind


def test_cancelling_closes_the_connection_at_once() -> None:
    async def cancel_half_way(server: ScriptedProvider) -> None:
        provider = open_provider(server)
        came = asyncio.Event()

        async def read() -> None:
            async for event in provider.stream_chat(ChatRequest(QUESTION)):
                if isinstance(event, TextDelta):
                    came.set()

        task = asyncio.create_task(read())
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.client_left.wait, 10)
        await provider.aclose()

    with ScriptedProvider.answering(stall(after="Sing")) as server:
        asyncio.run(cancel_half_way(server))


def test_leaving_the_stream_closes_the_connection_at_once() -> None:
    async def leave(server: ScriptedProvider) -> None:
        provider = open_provider(server)
        async with aclosing(provider.stream_chat(ChatRequest(QUESTION))) as stream:  # type: ignore[type-var]
            async for event in stream:
                if isinstance(event, TextDelta):
                    break
        assert await asyncio.to_thread(server.client_left.wait, 10)
        await provider.aclose()

    with ScriptedProvider.answering(stall(after="Sing")) as server:
        asyncio.run(leave(server))


def test_a_proxy_of_the_environment_does_not_stand_between_us_and_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert ask(text("ok")).text == "ok"


def test_another_transport_can_be_used() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        chunk = '{"choices":[{"delta":{"content":"ok"},"finish_reason":"stop"}]}'
        headers = {"content-type": "text/event-stream"}
        return httpx.Response(200, headers=headers, text=f"data: {chunk}\n\n")

    provider = OpenAICompatibleProvider(
        "https://example.com", KEY, MODEL, transport=httpx.MockTransport(answer)
    )
    assert asyncio.run(ask_async(provider)).text == "ok"
    assert provider.name == "example.com"
