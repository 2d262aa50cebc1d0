"""The provider over the child process; a scripted server stands for llama.cpp."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.builtin import BuiltInProvider
from arboris_desktop.llm.builtin_fit import BuiltInRoom
from arboris_desktop.llm.builtin_process import BuiltInServer
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    JsonSchema,
    Message,
    Role,
    complete,
)
from tests.support.scripted_provider import ScriptedProvider, reset_after
from tests.support.scripted_provider import text as streamed

QUESTION = (Message(Role.USER, "Go on."),)
SCHEMA = JsonSchema("facts", {"type": "object"})
ROOM = BuiltInRoom(2, 4096, 1)
CHILD = (
    "import json, sys; print(json.dumps({'base_url': sys.argv[1]}), flush=True); sys.stdin.read()"
)


@pytest.fixture
def llama() -> Iterator[ScriptedProvider]:
    with ScriptedProvider(lambda _request: streamed("ok")) as llama:
        yield llama


@pytest.fixture
def server(llama: ScriptedProvider) -> Iterator[BuiltInServer]:
    command = [sys.executable, "-c", CHILD, llama.base_url]
    server = BuiltInServer(Path("Some-Model-Instruct.Q4_1.gguf"), ROOM, command)
    yield server
    server.stop()


async def ask(
    server: BuiltInServer, *requests: ChatRequest, background: bool = False
) -> list[Completion]:
    provider = BuiltInProvider(server, background=background)
    try:
        return [await complete(provider, request) for request in requests]
    finally:
        await provider.aclose()


def test_the_first_request_starts_the_child_and_others_share_it(
    server: BuiltInServer, llama: ScriptedProvider
) -> None:
    assert server.process_id is None
    (answer,) = asyncio.run(ask(server, ChatRequest(QUESTION)))
    first = server.process_id
    # Another loop, as on another thread.
    asyncio.run(ask(server, ChatRequest(QUESTION), ChatRequest(QUESTION)))
    assert answer.text == "ok"
    assert server.process_id == first is not None
    assert len(llama.requests) == 3
    address = server.running_at()
    assert address is not None
    assert llama.keys[0] == f"Bearer {address.key}"


def test_answers_are_bounded(server: BuiltInServer, llama: ScriptedProvider) -> None:
    requests = [ChatRequest(QUESTION, max_tokens=limit) for limit in (None, 50, 10**6)]
    asyncio.run(ask(server, *requests))
    assert [request["max_tokens"] for request in llama.requests] == [1024, 50, ROOM.slot_tokens]


def test_a_chapter_has_a_slot_that_background_work_never_takes(
    server: BuiltInServer, llama: ScriptedProvider
) -> None:
    facts = ChatRequest(QUESTION, json_schema=SCHEMA)
    asyncio.run(ask(server, ChatRequest(QUESTION), facts))
    asyncio.run(ask(server, ChatRequest(QUESTION), facts, background=True))
    slots = [request.get("id_slot") for request in llama.requests]
    assert slots == [None, 1, 1, 1]


def test_quotations_are_not_punished(server: BuiltInServer, llama: ScriptedProvider) -> None:
    asyncio.run(ask(server, ChatRequest(QUESTION), ChatRequest(QUESTION, json_schema=SCHEMA)))
    text, facts = llama.requests
    assert text["repeat_penalty"] > 1
    assert "repeat_penalty" not in facts


def test_a_dead_child_is_replaced_within_the_same_provider(
    server: BuiltInServer, llama: ScriptedProvider
) -> None:
    async def survive() -> str:
        provider = BuiltInProvider(server)
        await complete(provider, ChatRequest(QUESTION))
        first = server.process_id
        assert first is not None
        os.kill(first, signal.SIGTERM)
        assert server.wait_for_end(10)
        answer = await complete(provider, ChatRequest(QUESTION))
        assert server.process_id != first
        await provider.aclose()
        return answer.text

    assert asyncio.run(survive()) == "ok"
    assert len(set(llama.keys)) == 2


def test_a_lost_connection_is_told_and_the_next_request_works(
    server: BuiltInServer, llama: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.llm.builtin._DYING_SECONDS", 0.05)
    llama.behaviours.append(reset_after("It was"))
    with pytest.raises(ProviderError) as caught:
        asyncio.run(ask(server, ChatRequest(QUESTION)))
    assert caught.value.kind is ErrorKind.CONNECTION
    assert asyncio.run(ask(server, ChatRequest(QUESTION)))[0].text == "ok"


def test_closing_the_last_provider_ends_a_retired_child(server: BuiltInServer) -> None:
    async def use() -> None:
        provider = BuiltInProvider(server)
        await complete(provider, ChatRequest(QUESTION))
        server.retire()
        await complete(provider, ChatRequest(QUESTION))
        await provider.aclose()
        await provider.aclose()

    asyncio.run(use())
    assert server.base_url is None


def test_chinese_counts_double_for_a_model_that_is_english(server: BuiltInServer) -> None:
    provider = BuiltInProvider(server)
    assert provider.model == "Some-Model"
    assert provider.count_tokens("夜色" * 100) >= 400
    assert provider.count_tokens("night " * 100) < 200
