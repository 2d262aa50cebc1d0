"""The models that a server lists, and the context it tells of."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    ScriptedProvider,
    endless_body,
    error,
    html,
    reset_at_once,
    status,
    text,
)
from tests.unit.llm.openai_asking import ask_async, open_provider


def test_a_list_of_models_without_end_is_ended() -> None:
    with ScriptedProvider.answering() as server:
        server.listing = endless_body("application/json")
        with pytest.raises(ProviderError) as caught:
            asyncio.run(open_provider(server).list_models())
    assert caught.value.kind is ErrorKind.INVALID_ANSWER


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
