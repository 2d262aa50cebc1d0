"""The real built-in model in its real child process; about a minute on two slow processors."""

from __future__ import annotations

import asyncio
import importlib.util
import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import httpx
import pytest
from pydantic import BaseModel

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.builtin import BuiltInProvider, BuiltInServer
from arboris_desktop.llm.builtin_files import find_bundled_model
from arboris_desktop.llm.builtin_fit import BuiltInRoom
from arboris_desktop.llm.connection import test_connection as check_connection
from arboris_desktop.llm.provider import (
    ChatRequest,
    Completion,
    Message,
    Role,
    TextDelta,
    complete,
)
from arboris_desktop.llm.structured import ask

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.timeout(600),
    pytest.mark.skipif(
        importlib.util.find_spec("xllamacpp") is None, reason="xllamacpp is not installed"
    ),
    pytest.mark.skipif(find_bundled_model() is None, reason="the model is not installed"),
]

on_linux = pytest.mark.skipif(sys.platform != "linux", reason="watches processes as Linux does")

STORY = (Message(Role.USER, "Tell a story about a lighthouse in five sentences."),)


class Person(BaseModel):
    name: str
    age: int


@pytest.fixture(scope="module")
def server() -> Iterator[BuiltInServer]:
    server = BuiltInServer()
    yield server
    server.stop()


async def tell(server: BuiltInServer, max_tokens: int = 40) -> Completion:
    provider = BuiltInProvider(server)
    try:
        return await complete(provider, ChatRequest(STORY, max_tokens=max_tokens))
    finally:
        await provider.aclose()


async def name_somebody(server: BuiltInServer) -> Person:
    provider = BuiltInProvider(server)
    question = Message(Role.USER, "Mary is thirty years old. Who is it? Answer with JSON.")
    try:
        person, usage = await ask(provider, (question,), Person, schema="person", max_tokens=60)
    finally:
        await provider.aclose()
    assert usage.completion_tokens > 0
    return person


def test_text_is_streamed(server: BuiltInServer) -> None:
    async def pieces() -> list[str]:
        provider = BuiltInProvider(server)
        assert (await check_connection(provider)).models == (provider.model,)
        stream = provider.stream_chat(ChatRequest(STORY, max_tokens=40))
        texts = [event.text async for event in stream if isinstance(event, TextDelta)]
        await provider.aclose()
        return texts

    texts = asyncio.run(pieces())
    assert len(texts) > 20
    assert len("".join(texts)) > 60


def test_the_provider_counts_like_the_model(server: BuiltInServer) -> None:
    answer = asyncio.run(tell(server))
    assert answer.is_cut
    assert answer.usage.completion_tokens == 40
    assert not answer.usage.estimated


def test_json_has_the_form_that_was_asked_for(server: BuiltInServer) -> None:
    assert asyncio.run(name_somebody(server)).name


def test_a_chapter_and_three_analyses_at_once(server: BuiltInServer) -> None:
    async def all_at_once() -> tuple[Completion, list[Person]]:
        analyses = asyncio.gather(*(name_somebody(server) for _ in range(3)))
        return await tell(server, 80), await analyses

    chapter, people = asyncio.run(all_at_once())
    assert chapter.usage.completion_tokens > 20
    assert all(person.name for person in people)


def test_a_question_that_does_not_fit_is_named(server: BuiltInServer) -> None:
    async def ask_too_much() -> None:
        provider = BuiltInProvider(server)
        question = (Message(Role.USER, "All work and no play. " * 1000),)
        assert provider.count_tokens(question[0].content) > provider.context_tokens
        try:
            await complete(provider, ChatRequest(question))
        finally:
            await provider.aclose()

    with pytest.raises(ProviderError) as caught:
        asyncio.run(ask_too_much())
    assert caught.value.kind is ErrorKind.CONTEXT_TOO_LONG


def test_without_the_key_nobody_is_answered(server: BuiltInServer) -> None:
    from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider

    async def ask_without_key() -> None:
        provider = OpenAICompatibleProvider(server.start().base_url, "guess", "x")
        try:
            await complete(provider, ChatRequest(STORY))
        finally:
            await provider.aclose()

    with pytest.raises(ProviderError) as caught:
        asyncio.run(ask_without_key())
    assert caught.value.kind is ErrorKind.UNAUTHORIZED


def test_a_model_is_run_with_the_room_that_was_chosen_for_it() -> None:
    server = BuiltInServer(room=BuiltInRoom(slots=1, slot_tokens=2048, threads=1))
    try:
        answer = asyncio.run(tell(server, 5))
        # Background work has the one slot as well.
        assert asyncio.run(name_somebody(server)).name
        provider = BuiltInProvider(server)
        assert provider.context_tokens == 2048
        asyncio.run(provider.aclose())
        address = server.start()
        shown = httpx.get(
            address.base_url.removesuffix("/v1") + "/props",
            headers={"Authorization": f"Bearer {address.key}"},
            trust_env=False,
        ).json()
    finally:
        server.stop()
    assert answer.usage.completion_tokens == 5
    assert (shown["total_slots"], shown["default_generation_settings"]["n_ctx"]) == (1, 2048)


@on_linux
def test_after_a_crash_the_next_request_starts_a_new_child(server: BuiltInServer) -> None:
    async def crash_half_way() -> ErrorKind:
        provider = BuiltInProvider(server)
        try:
            async for _ in provider.stream_chat(ChatRequest(STORY, max_tokens=200)):
                kill(server.process_id)
        except ProviderError as error:
            return error.kind
        finally:
            await provider.aclose()
        raise AssertionError("the answer came to its end")

    asyncio.run(tell(server, 1))
    first = server.process_id
    assert asyncio.run(crash_half_way()) is ErrorKind.CONNECTION
    assert asyncio.run(tell(server, 5)).usage.completion_tokens == 5
    assert server.process_id != first


def kill(process_id: int | None) -> None:
    assert process_id is not None
    os.kill(process_id, signal.SIGKILL)


@on_linux
def test_the_child_ends_when_its_parent_is_killed() -> None:
    script = """
import sys
from arboris_desktop.llm.builtin import BuiltInServer
server = BuiltInServer()
server.start()
print(server.process_id, flush=True)
sys.stdin.read()
"""
    parent = subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with parent:
        assert parent.stdout is not None
        child = os.pidfd_open(int(parent.stdout.readline()))
        parent.kill()
    try:
        ended, _, _ = select.select([child], [], [], 60)
    finally:
        os.close(child)
    assert ended


@on_linux
def test_the_child_is_polite(server: BuiltInServer) -> None:
    server.start()
    assert server.process_id is not None
    ours = os.getpriority(os.PRIO_PROCESS, 0)
    assert os.getpriority(os.PRIO_PROCESS, server.process_id) == ours + 5
    # Idle it must not use the processor.
    before = processor_seconds(server.process_id)
    started = time.monotonic()
    asyncio.run(asyncio.sleep(1))
    assert (
        processor_seconds(server.process_id) - before < 0.02 * (time.monotonic() - started) + 0.02
    )
    assert resident_megabytes(server.process_id) < 450


def processor_seconds(process_id: int) -> float:
    with open(f"/proc/{process_id}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process_id: int) -> float:
    with open(f"/proc/{process_id}/status") as file:
        line = next(line for line in file if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
