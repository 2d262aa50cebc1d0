"""The room that a server tells of, before it is asked or by refusing: everything fits into it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from contextlib import aclosing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from pydantic import BaseModel

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose, ModelTask
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings, WritingSettings
from arboris_desktop.llm.context_budget import context_in
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.metered import MeteredProvider
from arboris_desktop.llm.prompts import PromptLibrary
from arboris_desktop.llm.provider import ChatRequest, Message, Role
from arboris_desktop.llm.source import ProviderSource
from arboris_desktop.llm.tokens import estimate_tokens
from arboris_desktop.storage.database import Database
from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.writing.asking import ModelCalls
from arboris_desktop.writing.chapters.drafting import Drafting, DraftStored
from arboris_desktop.writing.chapters.register import ChapterRegister
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import Providers, StoredTraits
from tests.support.costs_of_a_chapter import long_book_with_chapter_to_write, said
from tests.support.loopback import serving_with
from tests.support.prose import prose

PLAIN = {"data": [{"id": "m"}]}
PURPOSE = CallPurpose(ModelTask.PLANNING, "plan_volumes")
_ANSWERS: dict[str, dict[str, Any]] = {
    "a list with n_ctx": {"/v1/models": {"data": [{"id": "m", "meta": {"n_ctx": 4096}}]}},
    "max_model_len": {"/v1/models": {"data": [{"id": "m", "max_model_len": 4096}]}},
    "context_length": {
        "/v1/models": {"data": [{"id": "x"}, {"id": "m", "context_length": 4096}]},
    },
    "llama.cpp's properties": {
        "/v1/models": PLAIN,
        "/props": {"default_generation_settings": {"n_ctx": 4096}, "total_slots": 1},
    },
    "LM Studio's list": {
        "/v1/models": {"data": [{"id": "m", "owned_by": "organization_owner"}]},
        "/api/v0/models": {
            "data": [{"id": "m", "max_context_length": 32768, "loaded_context_length": 4096}]
        },
    },
    "Ollama's setting": {
        "/v1/models": {"data": [{"id": "m", "owned_by": "library"}]},
        "/api/show": {
            "parameters": "stop <|im_end|>\nnum_ctx                        4096",
            "model_info": {"qwen3.context_length": 40960},
        },
    },
    "Ollama's model that runs": {
        "/v1/models": {"data": [{"id": "m", "owned_by": "library"}]},
        "/api/ps": {"models": [{"name": "m:latest", "model": "m:latest", "context_length": 4096}]},
    },
}


class RoomServer(ThreadingHTTPServer):
    """Answers ``told`` by path, and chats that fit into ``context`` as the app counts it; refuses
    others with ``words``."""

    daemon_threads = True

    def __init__(self, told: dict[str, Any], context: int, words: str = "too many tokens") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.told, self.context, self.words = told, context, words
        self.answer = prose(900)
        self.paths: list[str] = []
        self.chats: list[dict[str, Any]] = []
        self.refused: list[dict[str, Any]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Handler(BaseHTTPRequestHandler):
    server: RoomServer

    def do_GET(self) -> None:
        self.server.paths.append(self.path)
        told = self.server.told.get(self.path)
        self._reply(404 if told is None else 200, told or {"error": {"message": "no such page"}})

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        if self.path != "/v1/chat/completions":
            self.do_GET()
        elif estimate_tokens(said(body)) + body.get("max_tokens", 0) > self.server.context:
            self.server.refused.append(body)
            self._reply(400, {"error": {"message": self.server.words}})
        else:
            self.server.chats.append(body)
            choice = {"message": {"content": self.server.answer}, "finish_reason": "stop"}
            self._reply(200, {"choices": [choice]})

    def _reply(self, status: int, value: object) -> None:
        data = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Silent: the tests look at what came."""


@contextmanager
def calls_to(server: RoomServer, database: Database) -> Iterator[ModelCalls]:
    """As after a start: nothing is known of the server but what is stored."""
    keys = SessionKeyStore()
    environment = {"ARBORIS_BASE_URL": server.url, "ARBORIS_MODEL": "m"}
    roster = Providers(database, keys).roster
    source = ProviderSource(roster, keys, environment, traits=StoredTraits(database))
    yield ModelCalls(database, source, PromptLibrary())
    source.close()


def chapter_of_long_book(database: Database) -> int:
    """One that is written in one call, however short it comes out."""
    Preferences(database).set(WritingSettings(target_words=800, continue_until_target=False))
    return long_book_with_chapter_to_write(database, before=70)


def write(server: RoomServer, database: Database, instance: Instance, chapter_id: int) -> None:
    """Writes the chapter, as the window does."""

    async def run(calls: ModelCalls) -> None:
        drafting = Drafting(database, calls, ChapterRegister(database, instance))
        async with aclosing(drafting.write(chapter_id)) as events:
            stored = [event async for event in events if isinstance(event, DraftStored)]
        assert len(stored) == 1

    with calls_to(server, database) as calls:
        asyncio.run(run(calls))


@pytest.mark.parametrize("told", _ANSWERS.values(), ids=_ANSWERS)
def test_a_chapter_is_written_within_what_the_server_tells(
    database: Database, instance: Instance, told: dict[str, Any]
) -> None:
    chapter_id = chapter_of_long_book(database)
    with serving_with(RoomServer(told, 4096)) as server:
        write(server, database, instance, chapter_id)
        asked = list(server.paths)
        write(server, database, instance, chapter_id)

    assert server.refused == []
    # The room is not left empty either.
    assert all(estimate_tokens(said(chat)) > 1500 for chat in server.chats[:1])
    # It is asked once, over restarts.
    assert set(told) <= set(asked)
    assert server.paths == asked


@pytest.mark.parametrize(
    ("words", "tries"),
    [
        ("This model's maximum context length is 4096 tokens. You requested 7,900 tokens.", 1),
        ("the request exceeds the available context size (4,096 tokens), try increasing it", 1),
        ("prompt is too long: 7900 tokens > 4096 maximum context length", 1),
        ("Please reduce the length of the messages: the context length is exceeded.", 1),
    ],
)
def test_a_chapter_is_written_within_what_a_refusal_says(
    database: Database, instance: Instance, words: str, tries: int
) -> None:
    chapter_id = chapter_of_long_book(database)
    with serving_with(RoomServer({"/v1/models": PLAIN}, 4096, words)) as server:
        write(server, database, instance, chapter_id)
        assert len(server.refused) == tries
        if context_in(words):
            write(server, database, instance, chapter_id)
            assert len(server.refused) == tries, "what was said is known after a restart"
    assert server.chats


def test_a_server_without_a_list_is_asked_for_it_once(
    database: Database, instance: Instance
) -> None:
    chapter_id = chapter_of_long_book(database)
    with serving_with(RoomServer({"/props": {"n_ctx": 8192}}, 8192)) as server:
        write(server, database, instance, chapter_id)
        write(server, database, instance, chapter_id)
    assert server.paths == ["/v1/models", "/props"]
    assert server.refused == []


class _Form(BaseModel):
    answer: str


def test_whatever_asks_is_built_again_for_a_smaller_context(database: Database) -> None:
    built: list[int] = []

    def build(provider: MeteredProvider, _prompts: PromptLibrary) -> ChatRequest:
        built.append(provider.context_tokens)
        room = provider.context_tokens // 2
        words = Message(Role.USER, "word " * int(room * 0.7))
        return ChatRequest((words,), max_tokens=room // 2)

    words = "maximum context length is 3000 tokens"
    with serving_with(RoomServer({"/v1/models": PLAIN}, 3000, words)) as server:
        server.answer = json.dumps({"answer": "yes"})
        with calls_to(server, database) as calls:
            answer = asyncio.run(calls.answer(PURPOSE, build, _Form))
    assert answer.value.answer == "yes"
    # The form of the answer takes some of it.
    assert 3000 > built[-1] > 2800
    assert len(server.refused) == 1


def test_what_fits_nowhere_is_refused(database: Database) -> None:
    def build(_provider: MeteredProvider, _prompts: PromptLibrary) -> ChatRequest:
        return ChatRequest((Message(Role.USER, "word " * 3000),), max_tokens=10)

    async def ask(calls: ModelCalls) -> None:
        async with aclosing(calls.stream(PURPOSE, build)) as events:
            async for _event in events:
                pass

    words = "maximum context length is 3000 tokens"
    with (
        serving_with(RoomServer({"/v1/models": PLAIN}, 3000, words)) as server,
        calls_to(server, database) as calls,
        pytest.raises(ProviderError) as refused,
    ):
        asyncio.run(ask(calls))
    assert refused.value.kind is ErrorKind.CONTEXT_TOO_LONG
    assert len(server.refused) <= 3


@pytest.mark.parametrize(
    ("words", "context"),
    [
        ("n_ctx: 2048", 2048),
        ("上下文长度超过限制：最多 32768 个 token", 32768),
        ("maximum context length of 131,072 tokens", 131_072),
        ("Input length 9000 exceeds maximum length 8192", 0),
        ("too many tokens in the last 60 seconds", 0),
        ("", 0),
    ],
)
def test_the_context_that_words_speak_of(words: str, context: int) -> None:
    assert context_in(words) == context or not context


def test_what_was_told_can_be_shown(database: Database) -> None:
    with serving_with(RoomServer(_ANSWERS["max_model_len"], 4096)) as server:
        connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, server.url, "m")
        profile = ProviderProfile(connection=connection)
        keys = SessionKeyStore()
        providers = Providers(database, keys)
        providers.store(ProviderRoster((profile,)))
        source = ProviderSource(providers.roster, keys, {}, traits=StoredTraits(database))
        assert providers.contexts_told((profile,)) == {}

        async def open_once() -> int:
            async with ModelCalls(database, source, PromptLibrary()).opened(PURPOSE) as (opened, _):
                return opened.context_tokens

        assert asyncio.run(open_once()) == 4096
        source.close()
    assert providers.contexts_told((profile,)) == {profile.id: 4096}


@pytest.mark.parametrize(
    "told",
    [
        {
            "/v1/models": {"data": [{"id": "m", "owned_by": "library"}]},
            "/api/ps": {"models": []},
            "/api/show": {"model_info": {"llama.context_length": 131072}},
        },
        {
            "/v1/models": {"data": [{"id": "m", "owned_by": "organization_owner"}]},
            "/api/v0/models": {
                "data": [{"id": "m", "state": "not-loaded", "max_context_length": 131072}]
            },
        },
    ],
    ids=["Ollama", "LM Studio"],
)
def test_a_model_that_is_not_loaded_gets_what_its_server_gives_each_and_is_asked_again(
    database: Database, instance: Instance, told: dict[str, Any]
) -> None:
    chapter_id = chapter_of_long_book(database)
    with serving_with(RoomServer(told, 4096)) as server:
        write(server, database, instance, chapter_id)
        asked = list(server.paths)
        write(server, database, instance, chapter_id)

    assert server.refused == []
    assert set(told) <= set(asked)
    # By now it may be loaded with another one.
    assert set(told) <= set(server.paths[len(asked) :])
