"""Lists of models as servers give them, and trying a connection out."""

from __future__ import annotations

import asyncio

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.connection import test_connection as try_connection
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.listing import context_of, models_in
from tests.wire.asking import QUESTION, hear, provider_of
from tests.wire.wires import Rule, Wire, reply, said, serving


def listed(listing: Wire) -> list[str]:
    async def run() -> list[str]:
        provider = provider_of(server)
        try:
            return await provider.list_models()
        finally:
            await provider.aclose()

    with serving(said("ok"), listing=listing) as server:
        return asyncio.run(run())


def chosen(listing: Wire) -> object:
    """The model that is asked where the author has chosen none."""

    async def run() -> None:
        provider = provider_of(server, model="")
        try:
            await hear(provider, ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    with serving(said("ok"), listing=listing) as server:
        asyncio.run(run())
        return server.bodies[0]["model"]


@pytest.mark.parametrize(
    "listing",
    [
        {"data": [{"id": "a"}, {"id": "b"}]},
        {"object": "list", "data": [{"id": "a"}, {"id": "b"}]},
        [{"id": "a"}, {"id": "b"}],
        ["a", "b"],
        {"models": ["a", "b"]},
        {"models": [{"name": "a"}, {"model": "b"}]},
        {"data": {"models": ["a", "b"]}},
        {"data": [{"id": "a"}, {"id": "a"}, {"id": "b"}, {"id": None}, 7]},
        {
            "data": [
                {"id": "text-embedding-3-large"},
                {"id": "nomic-embed-text:latest"},
                {"id": "bge-m3"},
                {"id": "BAAI/bge-reranker-v2-m3"},
                {"id": "whisper-1"},
                {"id": "tts-1-hd"},
                {"id": "dall-e-3"},
                {"id": "omni-moderation-latest"},
                {"id": "x", "type": "embeddings"},
                {"id": "y", "type": "image"},
                {"id": "a", "type": "llm"},
                {"id": "b"},
            ]
        },
    ],
)
def test_the_models_that_can_write_are_found_and_the_first_of_them_is_asked(
    listing: object,
) -> None:
    assert listed(reply(listing)) == ["a", "b"]
    assert chosen(reply(listing)) == "a"


@pytest.mark.parametrize(
    ("listing", "models"),
    [
        (
            {
                "models": [
                    {"type": "llm", "key": "qwen/qwen3-8b", "display_name": "Qwen"},
                    {"type": "embedding", "key": "nomic"},
                ]
            },
            ["qwen/qwen3-8b"],
        ),
        ({"data": {"gpt-x": {"context": 1}, "y:free": {}}}, ["gpt-x", "y:free"]),
        ({"models": {"a": {}, "b": {}}}, ["a", "b"]),
        ({"data": {"list": [{"id": "a"}]}}, ["a"]),
        ({"data": {"items": [{"id": "a"}]}}, ["a"]),
        ({"results": [{"id": "a"}], "next": None}, ["a"]),
        ({"model_list": [{"model_name": "a"}]}, ["a"]),
        ({"list": ["a", "b"]}, ["a", "b"]),
        ({"object": "list", "data": [], "models": [{"name": "a"}]}, ["a"]),
        (
            {
                "data": [
                    {"id": "img", "architecture": {"output_modalities": ["image"]}},
                    {"id": "a", "architecture": {"output_modalities": ["text"]}},
                ]
            },
            ["a"],
        ),
        (
            {
                "data": [
                    {"id": "o", "capabilities": {"completion_chat": False}},
                    {"id": "a", "capabilities": {"completion_chat": True}},
                ]
            },
            ["a"],
        ),
        (
            {"data": [{"id": "o", "supports_chat": False}, {"id": "a", "supports_chat": True}]},
            ["a"],
        ),
        ({"data": [{"id": "o", "active": False}, {"id": "a", "active": True}]}, ["a"]),
        (
            {
                "models": [
                    {"name": "models/gemini-x", "supportedGenerationMethods": ["generateContent"]},
                    {"name": "models/aqa", "supportedGenerationMethods": ["generateAnswer"]},
                ]
            },
            ["models/gemini-x"],
        ),
        (
            {
                "models": [
                    {"name": "command-a", "endpoints": ["chat"]},
                    {"name": "cls", "endpoints": ["classify"]},
                ]
            },
            ["command-a"],
        ),
        ({"code": 0, "message": "ok", "data": [{"modelName": "a"}, {"modelId": "b"}]}, ["a", "b"]),
    ],
)
def test_lists_have_many_shapes_and_say_who_can_write(listing: object, models: list[str]) -> None:
    assert listed(reply(listing)) == models


@pytest.mark.parametrize("listing", [{"data": None}, {"data": []}, None, [], {"models": None}])
def test_a_server_may_list_nothing(listing: object) -> None:
    assert listed(reply(listing)) == []
    with pytest.raises(ProviderError) as caught:
        chosen(reply(listing))
    assert caught.value.kind is ErrorKind.MODEL_NOT_FOUND


@pytest.mark.parametrize(
    ("listing", "kind"),
    [
        (reply({"hello": 1}), ErrorKind.NOT_AN_API),
        (reply({"data": "none"}), ErrorKind.NOT_AN_API),
        (reply("<html><title>Login</title>", kind="text/html"), ErrorKind.NOT_AN_API),
        (reply("hello", kind="text/plain"), ErrorKind.NOT_AN_API),
        (reply({"error": {"message": "Invalid API key", "code": 401}}), ErrorKind.UNAUTHORIZED),
    ],
)
def test_what_is_no_list_is_told(listing: Wire, kind: ErrorKind) -> None:
    with pytest.raises(ProviderError) as caught:
        listed(listing)
    assert caught.value.kind is kind


CUT_SHORT = (
    "Could not finish the message because max_tokens or model output limit was reached. Please try "
    "again with higher max_tokens."
)


@pytest.mark.parametrize(
    "answer",
    [
        said("yes"),
        said("ye", finish="length"),
        said("", finish="length"),
        said("<think>The user"),
        reply({"error": {"message": CUT_SHORT, "type": "invalid_request_error"}}, 400),
    ],
)
def test_a_server_that_answers_at_all_is_connected(answer: Wire | Rule) -> None:
    async def run() -> list[str]:
        provider = provider_of(server)
        try:
            return list((await try_connection(provider)).models)
        finally:
            await provider.aclose()

    with serving(answer) as server:
        assert asyncio.run(run()) == ["scripted"]


def test_a_server_that_cannot_list_may_answer_all_the_same() -> None:
    async def run() -> list[str]:
        provider = provider_of(server)
        try:
            return list((await try_connection(provider)).models)
        finally:
            await provider.aclose()

    missing = reply({"detail": "Not Found"}, 404)
    with serving(said("yes"), listing=missing) as server:
        assert asyncio.run(run()) == []


@pytest.mark.parametrize(
    "name",
    [
        "all-minilm",
        "FunAudioLLM/SenseVoiceSmall",
        "FunAudioLLM/CosyVoice2-0.5B",
        "Kwai-Kolors/Kolors",
        "Wan-AI/Wan2.2-T2V-A14B",
        "gpt-image-1",
        "qwen-image",
        "gemini-2.5-flash-image",
        "hunyuan-video",
        "cogvideox-3",
        "veo-3.0-generate",
        "mistral-ocr-latest",
        "paraformer-v2",
        "babbage-002",
        "computer-use-preview",
    ],
)
def test_a_model_that_does_not_write_is_not_offered(name: str) -> None:
    assert models_in({"data": [{"id": name}]}) == {}


@pytest.mark.parametrize(
    "name", ["speechless-llama2", "Fluxion-8B", "imageless-13b", "Qwen/Qwen3-VL-32B", "clipper-7b"]
)
def test_one_that_only_sounds_so_is(name: str) -> None:
    assert name in models_in({"data": [{"id": name}]})


@pytest.mark.parametrize(
    "about",
    [
        {"context_length": "8192"},
        {"context_length": 8192.0},
        {"max_seq_len": 8192},
        {"contextLength": 8192},
        {"inputTokenLimit": 8192},
        {"parameters": {"max_seq_len": 8192}},
        {"limits": {"max_context": 8192}},
        {"metadata": {"context_length": 8192}},
        {"capabilities": {"limits": {"max_context_window_tokens": 8192}}},
        {"context_length": 131_072, "top_provider": {"context_length": 8192}},
        {"meta": {"n_ctx_train": 131_072, "n_ctx": 8192}},
    ],
)
def test_the_context_is_found_wherever_it_stands(about: dict[str, object]) -> None:
    assert context_of({"id": "m", **about}) == 8192
