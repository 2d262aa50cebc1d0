"""A provider against a real server that answers well, badly, or not at all."""

from __future__ import annotations

import asyncio
import socket
import time
from contextlib import aclosing

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.usage import TokenUsage
from arboris_desktop.llm.endpoint import Timeouts
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Role,
    TextDelta,
    complete,
)
from tests.conftest import SECRET
from tests.support.scripted_provider import (
    Behaviour,
    ScriptedProvider,
    error,
    error_in_stream,
    html,
    keep_alive_only,
    raw_event,
    redirect,
    reset_after,
    reset_at_once,
    split_bytes,
    stall,
    status,
    text,
    truncated,
)

QUESTION = ChatRequest((Message(Role.USER, "Tell me."),), max_tokens=50, temperature=0.5)
QUICK = Timeouts(connect=2.0, first_token=0.4, stall=0.4)


def ask(
    server: ScriptedProvider | str, request: ChatRequest = QUESTION, *, model: str = "scripted"
) -> Completion:
    base_url = server if isinstance(server, str) else server.base_url

    async def run() -> Completion:
        provider = OpenAICompatibleProvider(base_url, SECRET, model, timeouts=QUICK)
        try:
            return await complete(provider, request)
        finally:
            await provider.aclose()

    return asyncio.run(run())


def failure(server: ScriptedProvider | str) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        ask(server)
    assert SECRET not in str(caught.value)
    assert len(caught.value.message) <= 300
    assert caught.value.message == caught.value.message.strip() != ""
    return caught.value


@pytest.mark.parametrize(
    ("behaviour", "kind"),
    [
        pytest.param(error(401, f"wrong key {SECRET}"), ErrorKind.UNAUTHORIZED, id="401"),
        pytest.param(error(403, "forbidden"), ErrorKind.UNAUTHORIZED, id="403"),
        pytest.param(error(404, "no model x"), ErrorKind.MODEL_NOT_FOUND, id="404 json"),
        pytest.param(html(404), ErrorKind.NOT_AN_API, id="404 html"),
        pytest.param(error(408, "too slow"), ErrorKind.SERVER_ERROR, id="408"),
        pytest.param(error(413, "too large"), ErrorKind.CONTEXT_TOO_LONG, id="413"),
        pytest.param(
            error(400, "maximum context length is 4096 tokens", kind="context_length_exceeded"),
            ErrorKind.CONTEXT_TOO_LONG,
            id="context",
        ),
        pytest.param(error(400, "messages: bad role"), ErrorKind.REQUEST_REFUSED, id="400"),
        pytest.param(error(429, "slow down"), ErrorKind.RATE_LIMITED, id="429"),
        pytest.param(
            error(429, "You exceeded your current quota", kind="insufficient_quota"),
            ErrorKind.QUOTA_EXHAUSTED,
            id="quota",
        ),
        pytest.param(error(402, "Insufficient Balance"), ErrorKind.QUOTA_EXHAUSTED, id="402"),
        pytest.param(error(500, "oops"), ErrorKind.SERVER_ERROR, id="500"),
        pytest.param(html(503), ErrorKind.SERVER_ERROR, id="503 html"),
        pytest.param(status(500, "\x1b[31m" + "x" * 5000), ErrorKind.SERVER_ERROR, id="long"),
        pytest.param(html(200), ErrorKind.NOT_AN_API, id="web page"),
        pytest.param(redirect("https://elsewhere/"), ErrorKind.NOT_AN_API, id="redirect"),
        pytest.param(reset_at_once(), ErrorKind.CONNECTION, id="reset at once"),
        pytest.param(reset_after("Once"), ErrorKind.CONNECTION, id="reset amid"),
        pytest.param(truncated("Once"), ErrorKind.CONNECTION, id="truncated"),
        pytest.param(stall(), ErrorKind.FIRST_TOKEN_TIMEOUT, id="no answer"),
        pytest.param(stall(after=""), ErrorKind.FIRST_TOKEN_TIMEOUT, id="no first word"),
        pytest.param(keep_alive_only(), ErrorKind.FIRST_TOKEN_TIMEOUT, id="only keep-alive"),
        pytest.param(stall(after="Once"), ErrorKind.STALLED, id="stall"),
        pytest.param(raw_event('{"choices": [{"del'), ErrorKind.INVALID_ANSWER, id="cut JSON"),
        pytest.param(raw_event("[1, 2]"), ErrorKind.INVALID_ANSWER, id="other JSON"),
        pytest.param(error_in_stream("overloaded"), ErrorKind.SERVER_ERROR, id="error in stream"),
    ],
)
def test_each_fault_is_told_by_its_kind(
    scripted_provider: ScriptedProvider, behaviour: Behaviour, kind: ErrorKind
) -> None:
    scripted_provider.behaviours.append(behaviour)

    assert failure(scripted_provider).kind is kind
    assert len(scripted_provider.requests) == 1


def test_a_refused_connection_is_told_as_that() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]

    assert failure(f"http://127.0.0.1:{port}/v1").kind is ErrorKind.CONNECTION


@pytest.mark.parametrize(
    ("header", "seconds"), [("7", 7.0), ("0.5", 0.5), ("86400", 3600.0), ("soon", None)]
)
def test_the_wish_to_wait_is_handed_on(
    scripted_provider: ScriptedProvider, header: str, seconds: float | None
) -> None:
    scripted_provider.behaviours.append(error(429, "slow down", Retry_After=header))

    assert failure(scripted_provider).retry_after == seconds


def test_an_answer_comes_whole_with_its_usage(scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(text("Once upon a time there was a lighthouse."))

    answer = ask(scripted_provider)

    assert answer == Completion(
        "Once upon a time there was a lighthouse.", "stop", TokenUsage(11, 7)
    )
    (request,) = scripted_provider.requests
    assert request["messages"] == [{"role": "user", "content": "Tell me."}]
    assert (request["stream"], request["max_tokens"], request["temperature"]) == (True, 50, 0.5)
    assert scripted_provider.keys == [f"Bearer {SECRET}"]


def test_tokens_are_estimated_when_the_server_does_not_count(
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.append(text("Once upon a time.", usage=False))

    usage = ask(scripted_provider).usage

    assert usage.estimated
    assert usage.prompt_tokens > 0 < usage.completion_tokens


def test_an_answer_cut_at_its_limit_says_so(scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(text("Once", finish_reason="length"))

    assert ask(scripted_provider).finish_reason == "length"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7])
def test_characters_split_over_chunks_are_put_together(
    scripted_provider: ScriptedProvider, size: int
) -> None:
    scripted_provider.behaviours.append(split_bytes("灯塔灭了。她说：“𠮷”…\u2028É", size))

    assert ask(scripted_provider).text == "灯塔灭了。她说：“𠮷”…\u2028É"


def test_thinking_is_taken_out(scripted_provider: ScriptedProvider) -> None:
    pieces = ["<th", "ink>Should I? ", "Yes.</thi", "nk>\n\n", "Once <think> more."]
    scripted_provider.behaviours.append(text("", pieces=pieces))

    assert ask(scripted_provider).text == "Once <think> more."


def test_without_a_model_the_first_of_the_server_is_asked(
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.models = ["first", "second"]
    ask(scripted_provider, model="")
    scripted_provider.models = []

    assert scripted_provider.requests[0]["model"] == "first"
    with pytest.raises(ProviderError) as caught:
        ask(scripted_provider, model="")
    assert caught.value.kind is ErrorKind.MODEL_NOT_FOUND


def test_a_server_that_knows_no_schema_is_asked_more_simply(
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.extend(
        [
            error(400, "response_format.type json_schema is not supported"),
            error(400, "unknown field response_format"),
            text("{}"),
        ]
    )
    schema = JsonSchema("thing", {"type": "object"})

    answer = ask(scripted_provider, ChatRequest(QUESTION.messages, json_schema=schema))

    formats = [
        request.get("response_format", {}).get("type") for request in scripted_provider.requests
    ]
    assert formats == ["json_schema", "json_object", None]
    assert answer.text == "{}"


@pytest.mark.parametrize("field", ["stream_options", "temperature"])
def test_a_field_that_the_server_refuses_is_left_out(
    scripted_provider: ScriptedProvider, field: str
) -> None:
    scripted_provider.behaviours.append(error(400, f"Unsupported parameter: {field}"))

    ask(scripted_provider)

    refused, accepted = scripted_provider.requests
    assert field in refused
    assert field not in accepted


def test_the_connection_is_closed_as_soon_as_nobody_listens(
    scripted_provider: ScriptedProvider,
) -> None:
    scripted_provider.behaviours.append(stall(after="Once"))

    async def listen_briefly() -> float:
        provider = OpenAICompatibleProvider(scripted_provider.base_url, SECRET, "scripted")
        async with aclosing(provider.stream_chat(QUESTION)) as stream:  # type: ignore[type-var]
            async for event in stream:
                assert event == TextDelta("Once")
                break
        began = time.monotonic()
        left = await asyncio.to_thread(scripted_provider.client_left.wait, 2)
        assert left
        await provider.aclose()
        return time.monotonic() - began

    assert asyncio.run(listen_briefly()) < 1.0


def test_cancelling_the_task_closes_the_connection(scripted_provider: ScriptedProvider) -> None:
    scripted_provider.behaviours.append(stall())

    async def cancel() -> None:
        provider = OpenAICompatibleProvider(scripted_provider.base_url, SECRET, "scripted")
        task = asyncio.create_task(complete(provider, QUESTION))
        await asyncio.to_thread(scripted_provider.wait_for_requests, 1)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert await asyncio.to_thread(scripted_provider.client_left.wait, 2)
        await provider.aclose()

    asyncio.run(cancel())
