from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

import httpx
import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider, Timeouts
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
from tests.support.scripted_server import (
    MODEL,
    Behaviour,
    Exchange,
    Request,
    ScriptedServer,
    api_error,
    broken_event,
    cut,
    error_in_stream,
    events,
    huge,
    keep_alive,
    not_utf8,
    redirect,
    reset,
    reset_at_once,
    stall,
    stall_before_headers,
    status,
    stream,
    thinking,
    web_page,
    whole,
)

KEY = "sk-0123456789abcdef"
QUESTION = (Message(Role.SYSTEM, "You are a poet."), Message(Role.USER, "Sing, 缪斯."))
SHORT = Timeouts(connect=5.0, first_token=0.2, stall=0.2)
UNHURRIED = Timeouts(connect=5.0, first_token=20.0, stall=20.0)
SCHEMA = JsonSchema("song", {"type": "object"})


def open_provider(
    server: ScriptedServer, *, timeouts: Timeouts = UNHURRIED, model: str = MODEL
) -> OpenAICompatibleProvider:
    return OpenAICompatibleProvider(server.url, KEY, model, timeouts=timeouts)


async def ask_async(
    provider: OpenAICompatibleProvider, request: ChatRequest | None = None
) -> Completion:
    try:
        return await complete(provider, request or ChatRequest(QUESTION))
    finally:
        await provider.aclose()


def ask(*script: Behaviour, request: ChatRequest | None = None) -> Completion:
    with ScriptedServer(*script) as server:
        return asyncio.run(ask_async(open_provider(server), request))


def failure(*script: Behaviour, timeouts: Timeouts = UNHURRIED) -> ProviderError:
    with ScriptedServer(*script) as server, pytest.raises(ProviderError) as caught:
        asyncio.run(ask_async(open_provider(server, timeouts=timeouts)))
    return caught.value


def test_an_answer_is_streamed_and_counted() -> None:
    text = "Sing, goddess, the anger. 唱吧，女神。😀"
    assert ask(stream(text)) == Completion(text, "stop", TokenUsage(11, 7))


def test_pieces_come_as_they_are_sent() -> None:
    gate = threading.Event()

    async def read(server: ScriptedServer) -> list[str]:
        provider = open_provider(server)
        texts = []
        async for event in provider.stream_chat(ChatRequest(QUESTION)):
            if isinstance(event, TextDelta):
                texts.append(event.text)
                gate.set()
        await provider.aclose()
        return texts

    with ScriptedServer(stream("", pieces=["one ", "two"], hold=gate)) as server:
        assert asyncio.run(read(server)) == ["one ", "two"]


def test_what_is_sent() -> None:
    with ScriptedServer(stream("ok")) as server:
        request = ChatRequest(QUESTION, max_tokens=50, temperature=0.5, json_schema=SCHEMA)
        asyncio.run(ask_async(open_provider(server), request))
        (sent,) = server.requests
    assert sent.path == "/v1/chat/completions"
    assert sent.headers["authorization"] == f"Bearer {KEY}"
    assert sent.body == {
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
    with ScriptedServer(stream("ok")) as server:
        asyncio.run(ask_async(OpenAICompatibleProvider(server.url, None, MODEL)))
        assert "authorization" not in server.requests[0].headers


def test_characters_split_between_packets_stay_whole() -> None:
    def byte_by_byte(exchange: Exchange) -> None:
        exchange.begin_stream("text/event-stream; charset=latin-1")
        data = 'data: {"choices":[{"delta":{"content":"夜😀"},"finish_reason":"stop"}]}\r\n\r\n'
        for byte in data.encode():
            exchange.send(bytes([byte]))
        exchange.end_stream()

    assert ask(byte_by_byte).text == "夜😀"


def test_missing_usage_is_estimated() -> None:
    usage = ask(stream("Sing, goddess", usage=None)).usage
    assert usage.estimated
    assert 5 <= usage.prompt_tokens <= 15
    assert 3 <= usage.completion_tokens <= 8


def test_thinking_is_life_but_not_text() -> None:
    answer = ask(thinking("which muse?", "Sing!"))
    assert answer.text == "Sing!"
    assert ask(stream("Sing!", reasoning="which muse?")).text == "Sing!"


def test_reasoning_keeps_a_slow_answer_alive() -> None:
    def slow_thinker(exchange: Exchange) -> None:
        exchange.begin_stream()
        for _ in range(8):
            exchange.pause(0.05)
            exchange.delta("", reasoning_content="hm")
        exchange.delta("Sing!")
        exchange.event("[DONE]")

    with ScriptedServer(slow_thinker) as server:
        answer = asyncio.run(ask_async(open_provider(server, timeouts=SHORT)))
    assert answer.text == "Sing!"


def test_a_server_that_does_not_stream_is_understood() -> None:
    assert ask(whole("<think>x</think>Sing!")) == Completion("Sing!", "stop", TokenUsage(11, 7))


def test_the_reason_of_the_end_is_told() -> None:
    assert ask(stream("Sing", finish="length")).finish_reason == "length"


def test_an_answer_that_a_filter_ended_is_refused_and_not_taken_for_whole() -> None:
    error = failure(stream("Sing", finish="content_filter"))
    assert error.kind is ErrorKind.REQUEST_REFUSED
    assert "content_filter" in error.message


def test_an_end_is_known_by_either_sign() -> None:
    assert ask(stream("Sing", done=False)).text == "Sing"
    assert ask(stream("Sing", finish=None)).finish_reason == "stop"


def test_figures_that_do_not_come_are_not_waited_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arboris_desktop.llm.openai_compatible._GRACE_SECONDS", 0.05)

    def hangs_after_the_end(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.event('{"choices":[{"delta":{"content":"Sing"},"finish_reason":"stop"}]}')
        exchange.wait_until_left(every=0.01, send=b": still here\n\n")

    answer = ask(hangs_after_the_end)
    assert (answer.text, answer.usage.estimated) == ("Sing", True)


def test_a_reset_after_the_end_does_no_harm() -> None:
    def resets_after_the_end(exchange: Exchange) -> None:
        exchange.begin_stream()
        exchange.event('{"choices":[{"delta":{"content":"Sing"},"finish_reason":"stop"}]}')
        exchange.request.body["left"].wait(10)
        exchange.reset()

    left = threading.Event()

    async def read(server: ScriptedServer) -> list[object]:
        provider = open_provider(server)
        seen: list[object] = []
        async for event in provider.stream_chat(ChatRequest(QUESTION)):
            seen.append(event)
            # The text has arrived, so the reset cannot overtake it.
            left.set()
        await provider.aclose()
        return seen

    def rule(request: Request) -> Behaviour:
        request.body["left"] = left
        return resets_after_the_end

    with ScriptedServer() as server:
        server.rule = rule
        text, end = asyncio.run(read(server))
    assert text == TextDelta("Sing")
    assert isinstance(end, StreamEnd)


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (reset_at_once(), ErrorKind.CONNECTION),
        (reset(), ErrorKind.CONNECTION),
        (cut(), ErrorKind.CONNECTION),
        (broken_event(), ErrorKind.INVALID_ANSWER),
        (events("17"), ErrorKind.INVALID_ANSWER),
        (events("[" * 50_000), ErrorKind.INVALID_ANSWER),
        (not_utf8(), ErrorKind.INVALID_ANSWER),
        (web_page(), ErrorKind.NOT_AN_API),
        (web_page(404), ErrorKind.NOT_AN_API),
        (status(200, "hello"), ErrorKind.NOT_AN_API),
        (status(200, {"hello": 1}), ErrorKind.NOT_AN_API),
        (status(200, {"error": "unexpected endpoint"}), ErrorKind.SERVER_ERROR),
        (status(200, "{", {"Content-Type": "application/json"}), ErrorKind.INVALID_ANSWER),
        (api_error(401, "no"), ErrorKind.UNAUTHORIZED),
        (api_error(404, "no such model"), ErrorKind.MODEL_NOT_FOUND),
        (api_error(400, "too long", code="context_length_exceeded"), ErrorKind.CONTEXT_TOO_LONG),
        (api_error(503, "busy"), ErrorKind.SERVER_ERROR),
        (error_in_stream(), ErrorKind.SERVER_ERROR),
        (error_in_stream(code=429), ErrorKind.RATE_LIMITED),
    ],
)
def test_failures_have_kinds(behaviour: Behaviour, kind: ErrorKind) -> None:
    assert failure(behaviour).kind is kind


def test_an_answer_cut_in_the_middle_says_so() -> None:
    assert failure(cut()).message == "the connection ended before the answer was complete"


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        (stall_before_headers(), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (stall(), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (keep_alive(), ErrorKind.FIRST_TOKEN_TIMEOUT),
        (stall("Sing"), ErrorKind.STALLED),
        (keep_alive("Sing"), ErrorKind.STALLED),
    ],
)
def test_silence_ends_although_the_connection_is_kept_alive(
    behaviour: Behaviour, kind: ErrorKind
) -> None:
    assert failure(behaviour, timeouts=SHORT).kind is kind


def test_what_came_before_a_failure_was_delivered() -> None:
    async def read(server: ScriptedServer) -> str:
        provider = open_provider(server)
        text = ""
        try:
            async for event in provider.stream_chat(ChatRequest(QUESTION)):
                assert isinstance(event, TextDelta)
                text += event.text
        except ProviderError:
            return text
        finally:
            await provider.aclose()
        raise AssertionError("the stream did not fail")

    for behaviour in (cut("It was a dark"), error_in_stream("It was a dark")):
        with ScriptedServer(behaviour) as server:
            assert asyncio.run(read(server)) == "It was a dark"


def test_retry_after_is_passed_on() -> None:
    limited = status(429, {"error": {"message": "slow down"}}, {"Retry-After": "3"})
    assert failure(limited).retry_after == 3.0


def test_redirects_are_not_followed_since_the_key_would_leak() -> None:
    with ScriptedServer(stream("leaked")) as thief:
        error = failure(redirect(f"{thief.url}/chat/completions"))
        assert thief.requests == []
    assert error.kind is ErrorKind.NOT_AN_API
    assert thief.url in error.message


def test_the_key_never_appears_in_an_error() -> None:
    for behaviour in (
        api_error(401, f"Incorrect API key provided: {KEY}"),
        status(500, f"oops {KEY}"),
        error_in_stream(message=f"bad key {KEY}"),
        redirect(f"https://example.com/?key={KEY}"),
    ):
        error = failure(behaviour)
        assert KEY not in str(error)
        assert "***" in str(error)


def test_the_key_does_not_appear_when_the_answer_is_broken_where_it_is_echoed() -> None:
    def broken_chunk(exchange: Exchange) -> None:
        exchange.begin_stream("application/json")
        exchange.raw(f"{KEY}\r\n".encode())

    error = failure(broken_chunk)
    assert error.kind is ErrorKind.CONNECTION
    assert "***" in error.message
    assert KEY not in error.message


def test_a_refusal_is_known_by_its_status_when_its_words_do_not_come(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("arboris_desktop.llm.endpoint._ERROR_SECONDS", 0.1)

    def silent_refusal(exchange: Exchange) -> None:
        exchange.head(401, {"Content-Type": "application/json", "Content-Length": "100"})
        exchange.wait_until_left()

    error = failure(silent_refusal)
    assert (error.kind, error.message) == (ErrorKind.UNAUTHORIZED, "HTTP 401 Unauthorized")


def test_a_list_of_models_without_end_is_ended() -> None:
    def endless(exchange: Exchange) -> None:
        exchange.begin_stream("application/json")
        while True:
            exchange.send(b" " * 1_000_000)

    with ScriptedServer() as server:
        server.model_listing = endless
        with pytest.raises(ProviderError) as caught:
            asyncio.run(open_provider(server).list_models())
    assert caught.value.kind is ErrorKind.INVALID_ANSWER


def test_nobody_listens() -> None:
    with ScriptedServer() as server:
        url = server.url
    with pytest.raises(ProviderError) as caught:
        asyncio.run(ask_async(OpenAICompatibleProvider(url, KEY, MODEL)))
    assert caught.value.kind is ErrorKind.CONNECTION


def test_a_plain_server_behind_https_is_a_matter_of_tls() -> None:
    with ScriptedServer() as server:
        url = server.url.replace("http:", "https:")
        with pytest.raises(ProviderError) as caught:
            asyncio.run(ask_async(OpenAICompatibleProvider(url, KEY, MODEL)))
    assert caught.value.kind is ErrorKind.TLS


def test_a_very_long_answer_arrives_and_an_endless_one_ends() -> None:
    assert len(ask(huge(2_000_000)).text) == 2_000_000
    assert failure(huge(5_000_000)).kind is ErrorKind.INVALID_ANSWER


def test_a_server_without_json_schema_is_asked_for_less_and_less() -> None:
    refuse = api_error(400, "This response_format type is unavailable now")
    with ScriptedServer(refuse, refuse, stream("{}"), stream("{}")) as server:

        async def twice() -> None:
            provider = open_provider(server)
            request = ChatRequest(QUESTION, json_schema=SCHEMA)
            assert (await complete(provider, request)).text == "{}"
            assert (await complete(provider, request)).text == "{}"
            await provider.aclose()

        asyncio.run(twice())
        formats = [chat.body.get("response_format", {}).get("type") for chat in server.chats]
    assert formats == ["json_schema", "json_object", None, None]


@pytest.mark.parametrize(
    ("refusal", "name", "instead"),
    [
        (api_error(400, "Unknown field stream_options"), "stream_options", None),
        (
            status(422, {"detail": [{"loc": ["body", "stream_options"], "msg": "extra"}]}),
            "stream_options",
            None,
        ),
        (
            api_error(400, "'max_tokens' is not supported, use 'max_completion_tokens'"),
            "max_tokens",
            "max_completion_tokens",
        ),
        (api_error(400, "x", param="temperature"), "temperature", None),
    ],
)
def test_options_that_a_server_refuses_are_left_out(
    refusal: Behaviour, name: str, instead: str | None
) -> None:
    with ScriptedServer(refusal, stream("ok")) as server:
        request = ChatRequest(QUESTION, max_tokens=9, temperature=1.0)
        answer = asyncio.run(ask_async(open_provider(server), request))
        first, second = (chat.body for chat in server.chats)
    assert answer.text == "ok"
    assert name in first
    assert name not in second
    assert instead is None or second[instead] == 9


def test_a_refusal_that_nothing_can_be_done_about_is_not_repeated() -> None:
    with ScriptedServer(api_error(400, "no"), stream("ok")) as server:
        with pytest.raises(ProviderError) as caught:
            asyncio.run(ask_async(open_provider(server)))
        assert len(server.chats) == 1
    assert caught.value.kind is ErrorKind.REQUEST_REFUSED


def test_without_a_model_the_first_one_is_taken() -> None:
    with ScriptedServer(stream("ok")) as server:
        server.models = ["first", "second"]
        provider = open_provider(server, model="")
        asyncio.run(ask_async(provider))
        assert server.chats[0].body["model"] == "first"
    assert provider.model == "first"


def test_without_any_model_there_is_nobody_to_ask() -> None:
    with ScriptedServer(models=[]) as server, pytest.raises(ProviderError) as caught:
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
    async def contexts(server: ScriptedServer, stated: int) -> tuple[int, int]:
        provider = OpenAICompatibleProvider(server.url, None, MODEL, context_tokens=stated)
        before = provider.context_tokens
        assert await provider.list_models() == ["other", MODEL]
        await provider.aclose()
        return before, provider.context_tokens

    with ScriptedServer() as server:
        server.models = ["other", entry]
        assert asyncio.run(contexts(server, 0)) == (8192, 32768)
        assert asyncio.run(contexts(server, 4096)) == (4096, 4096)


@pytest.mark.parametrize(
    ("listing", "kind"),
    [
        (status(200, {"hello": 1}), ErrorKind.NOT_AN_API),
        (status(200, []), ErrorKind.NOT_AN_API),
        (web_page(), ErrorKind.NOT_AN_API),
        (status(200, {"error": {"message": "x", "code": 401}}), ErrorKind.UNAUTHORIZED),
        (api_error(401, "x"), ErrorKind.UNAUTHORIZED),
        (reset_at_once(), ErrorKind.CONNECTION),
    ],
)
def test_failures_of_listing_have_kinds(listing: Behaviour, kind: ErrorKind) -> None:
    async def list_models(server: ScriptedServer) -> None:
        provider = open_provider(server)
        try:
            await provider.list_models()
        finally:
            await provider.aclose()

    with ScriptedServer() as server:
        server.model_listing = listing
        with pytest.raises(ProviderError) as caught:
            asyncio.run(list_models(server))
    assert caught.value.kind is kind


def test_cancelling_closes_the_connection_at_once() -> None:
    async def cancel_half_way(server: ScriptedServer) -> None:
        provider = open_provider(server)
        came = asyncio.Event()

        async def read() -> None:
            async for _ in provider.stream_chat(ChatRequest(QUESTION)):
                came.set()

        task = asyncio.create_task(read())
        await came.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(server.requests[0].closed.wait, 5)
        await provider.aclose()

    with ScriptedServer(stall("Sing")) as server:
        asyncio.run(cancel_half_way(server))
        assert not server.requests[0].complete


def test_leaving_the_stream_closes_the_connection_at_once() -> None:
    async def leave(server: ScriptedServer) -> None:
        provider = open_provider(server)
        async with aclosing(provider.stream_chat(ChatRequest(QUESTION))) as stream:  # type: ignore[type-var]
            async for _ in stream:
                break
        assert await asyncio.to_thread(server.requests[0].closed.wait, 5)
        await provider.aclose()

    with ScriptedServer(stall("Sing")) as server:
        asyncio.run(leave(server))


def test_a_proxy_of_the_environment_does_not_stand_between_us_and_this_computer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    assert ask(stream("ok")).text == "ok"


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
