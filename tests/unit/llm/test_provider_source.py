from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import FIRST_PROFILE
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.llm import source as source_module
from arboris_desktop.llm.builtin import BuiltInProvider
from arboris_desktop.llm.connection import test_connection as check_connection
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.source import ProviderSource
from tests.support.scripted_provider import (
    MODEL,
    Behaviour,
    ScriptedProvider,
    error,
    html,
    status,
    text,
)

REMOTE = ProviderSettings(
    ProviderKind.OPENAI_COMPATIBLE,
    "https://api.deepseek.com",
    "deepseek-chat",
    context_tokens=65536,
    configured=True,
)


@pytest.fixture
def bundled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "SmolLM2-135M-Instruct.Q4_1.gguf"
    path.touch()
    monkeypatch.setattr(source_module, "find_bundled_model", lambda: path)
    return path


@pytest.fixture
def no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(source_module, "find_bundled_model", lambda: None)


def make_source(
    settings: ProviderSettings, environment: Mapping[str, str] | None = None, key: str = "sk-stored"
) -> ProviderSource:
    keys = SessionKeyStore()
    keys.set(FIRST_PROFILE, key)
    return ProviderSource(lambda: settings, keys, environment or {})


def key_sent(settings: ProviderSettings, environment: Mapping[str, str]) -> str | None:
    """The Authorization header of a request through an opened provider."""

    async def ask(source: ProviderSource) -> None:
        provider = source.open()
        async for _ in provider.stream_chat(ChatRequest(())):
            pass
        await provider.aclose()

    with ScriptedProvider.answering(text("ok")) as server:
        filled = {name: value.format(url=server.base_url) for name, value in environment.items()}
        settings = ProviderSettings(
            settings.kind, settings.base_url.format(url=server.base_url), settings.model
        )
        asyncio.run(ask(make_source(settings, filled)))
        return server.keys[-1]


def test_the_stored_settings_decide() -> None:
    source = make_source(REMOTE)
    provider = source.open()
    assert isinstance(provider.inner, OpenAICompatibleProvider)
    assert (provider.name, provider.model) == ("api.deepseek.com", "deepseek-chat")
    assert provider.context_tokens == 65536
    assert source.describe() == "deepseek-chat · api.deepseek.com"


def test_the_stored_key_goes_to_the_stored_server() -> None:
    stored = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, "{url}", MODEL)
    assert key_sent(stored, {}) == "Bearer sk-stored"
    assert key_sent(stored, {"ARBORIS_API_KEY": "sk-env"}) == "Bearer sk-env"


def test_the_stored_key_does_not_go_to_the_server_of_the_environment() -> None:
    environment = {"ARBORIS_BASE_URL": "{url}", "ARBORIS_MODEL": MODEL}
    assert key_sent(REMOTE, environment) is None
    assert key_sent(REMOTE, environment | {"ARBORIS_API_KEY": "sk-env"}) == "Bearer sk-env"


def test_the_environment_overrides_what_is_stored() -> None:
    environment = {"ARBORIS_BASE_URL": "http://localhost:11434", "ARBORIS_MODEL": "llama3"}
    for settings in (REMOTE, ProviderSettings()):
        source = make_source(settings, environment)
        provider = source.open()
        assert (provider.name, provider.model) == ("localhost", "llama3")
        assert provider.context_tokens == 8192
        assert source.describe() == "llama3 · localhost"


def test_the_environment_may_change_the_model_alone() -> None:
    source = make_source(REMOTE, {"ARBORIS_MODEL": "deepseek-reasoner"})
    assert source.describe() == "deepseek-reasoner · api.deepseek.com"


def test_unconfigured_the_bundled_model_answers(bundled: Path) -> None:
    source = make_source(ProviderSettings())
    provider = source.open()
    assert isinstance(provider.inner, BuiltInProvider)
    assert (provider.name, provider.model) == ("builtin", "SmolLM2-135M")
    assert provider.context_tokens >= 4096
    assert source.describe() == "Built-in model · SmolLM2-135M"


def test_a_model_file_of_the_author_is_used(bundled: Path, tmp_path: Path) -> None:
    own = tmp_path / "My-Model.gguf"
    settings = ProviderSettings(model_path=str(own), configured=True)
    with pytest.raises(ProviderError) as caught:
        make_source(settings).open()
    assert caught.value.kind is ErrorKind.BUILT_IN_MODEL_MISSING
    own.touch()
    assert make_source(settings).open().model == "My-Model"
    assert make_source(settings).describe() == "Built-in model · My-Model"


@pytest.mark.usefixtures("no_model")
def test_without_a_model_and_without_settings_there_is_nobody() -> None:
    for configured, kind in (
        (False, ErrorKind.NOT_CONFIGURED),
        (True, ErrorKind.BUILT_IN_MODEL_MISSING),
    ):
        source = make_source(ProviderSettings(configured=configured))
        with pytest.raises(ProviderError) as caught:
            source.open()
        assert caught.value.kind is kind
        assert source.describe() == "Built-in model"


def test_a_server_without_an_address_is_not_configured() -> None:
    with pytest.raises(ProviderError) as caught:
        make_source(ProviderSettings(ProviderKind.OPENAI_COMPATIBLE)).open()
    assert caught.value.kind is ErrorKind.NOT_CONFIGURED


@pytest.mark.parametrize(
    ("base_url", "shown"),
    [
        ("https://user:password@example.com/v1", "example.com"),
        ("localhost:1234", "localhost"),
        ("", ""),
        ("http://[half", "http://[half"),
    ],
)
def test_a_description_never_shows_a_password(base_url: str, shown: str) -> None:
    settings = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, base_url)
    assert make_source(settings).describe() == shown


def test_providers_share_one_server_until_the_settings_change(
    bundled: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other.gguf"
    other.touch()
    chosen = [ProviderSettings()]
    source = ProviderSource(lambda: chosen[0], SessionKeyStore(), {})

    def server_of_new() -> object:
        provider = source.open().inner
        assert isinstance(provider, BuiltInProvider)
        return provider._server

    first = server_of_new()
    assert server_of_new() is first
    chosen[0] = ProviderSettings(model_path=str(other))
    assert server_of_new() is not first
    source.close()


def connection_test(
    *script: Behaviour, listing: Behaviour | None = None, model: str = MODEL
) -> list[str]:
    async def run(server: ScriptedProvider) -> list[str]:
        provider = OpenAICompatibleProvider(server.base_url, "sk", model)
        try:
            return list((await check_connection(provider)).models)
        finally:
            await provider.aclose()

    with ScriptedProvider.answering(*script) as server:
        server.listing = listing
        return asyncio.run(run(server))


def test_a_connection_is_tested_by_listing_and_asking() -> None:
    assert connection_test(text("yes")) == [MODEL]


def test_a_key_that_is_needed_for_chats_only_is_noticed() -> None:
    with pytest.raises(ProviderError) as caught:
        connection_test(error(401, "no"))
    assert caught.value.kind is ErrorKind.UNAUTHORIZED


def test_a_server_that_cannot_list_may_be_able_to_chat() -> None:
    assert connection_test(text("yes"), listing=status(404, "nothing")) == []
    with pytest.raises(ProviderError):
        connection_test(listing=html(), model="")


def test_before_a_model_is_chosen_the_list_is_enough() -> None:
    assert connection_test(model="") == [MODEL]
