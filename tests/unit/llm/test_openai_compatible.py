from __future__ import annotations

import asyncio
import threading
from contextlib import aclosing

import httpx
import pytest

from arboris_desktop.domain.answers import AnswerEnd
from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    StreamEnd,
    TextDelta,
    complete,
)
from arboris_desktop.llm.wire.timeouts import Timeouts
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    Exchange,
    ScriptedProvider,
    delta_of,
    error,
    event_of,
    in_two_parts,
    reasoning,
    split_bytes,
    stall,
    status,
    text,
    thinking,
    whole,
)
from tests.unit.llm.openai_asking import (
    KEY,
    QUESTION,
    ask,
    ask_async,
    failure,
    open_provider,
)

SCHEMA = JsonSchema("song", {"type": "object"})


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
            exchange.pause(0.3)
            exchange.delta("", reasoning_content="hm")
        exchange.event(delta_of("Sing!", "stop"))

    awake = Timeouts(connect=30.0, first_token=2.0, stall=2.0)
    with ScriptedProvider.answering(slow_thinker) as server:
        answer = asyncio.run(ask_async(open_provider(server, timeouts=awake)))
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
    monkeypatch.setattr("arboris_desktop.llm.wire.exchange._GRACE_IN_DOUBT", 0.05)

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
        assert await asyncio.to_thread(server.client_left.wait, 60)
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
        assert await asyncio.to_thread(server.client_left.wait, 60)
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
