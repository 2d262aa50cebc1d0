"""The table of servers: each entry is complete, and found again by its address."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest

from arboris_desktop.domain.server_presets import (
    PRESETS,
    USEFUL_CONTEXT,
    ServerPreset,
    offered_presets,
    preset_at,
    usual_model,
)
from arboris_desktop.llm.wire.addresses import api_root

WANTED = {
    "deepseek",
    "dashscope",
    "zhipu",
    "moonshot",
    "ark",
    "siliconflow",
    "openai",
    "anthropic",
    "gemini",
    "openrouter",
    "mistral",
    "new-api",
    "ollama",
    "lm-studio",
    "llama-cpp",
    "koboldcpp",
    "vllm",
    "sglang",
    "text-generation-webui",
    "minimax",
    "stepfun",
    "hunyuan",
    "qianfan",
    "spark",
    "xai",
    "groq",
    "together",
    "fireworks",
    "cohere",
}


def test_every_server_of_authors_is_there_once() -> None:
    assert {preset.id for preset in PRESETS} == WANTED
    assert len({preset.name for preset in PRESETS}) == len(PRESETS)
    assert len({preset.address for preset in PRESETS}) == len(PRESETS)


@pytest.mark.parametrize("preset", PRESETS, ids=lambda preset: preset.id)
def test_an_entry_is_complete(preset: ServerPreset) -> None:
    assert str(api_root(preset.address)) == preset.address, "it is asked where it says"
    assert preset_at(preset.address) is preset
    if preset.is_here:
        assert urlsplit(preset.address).port
        assert all(model.prices.input_per_million == 0 for model in preset.models)
        return
    assert preset.address.startswith("https://")
    assert preset.key_page.startswith("https://")
    # Of some vendors nothing is known but the address: their models are listed by a test.
    assert len(preset.models) != 1
    for model in preset.models:
        assert model.context_tokens >= 32_768
        assert 32_768 <= model.proposed_context <= USEFUL_CONTEXT
        assert 0 < model.input_price <= model.output_price <= 100
        assert model.cached_price < model.input_price
        assert usual_model(preset.address, model.name) is model


@pytest.mark.parametrize(
    ("address", "id"),
    [
        ("http://127.0.0.1:11434", "ollama"),
        ("http://[::1]:1234/v1/", "lm-studio"),
        ("api.deepseek.com", "deepseek"),
        ("https://api.openai.com/v1/", "openai"),
    ],
)
def test_an_address_is_known_however_it_was_typed(address: str, id: str) -> None:
    found = preset_at(address)
    assert found is not None
    assert found.id == id


@pytest.mark.parametrize("address", ["", "https://", "http://[x", "http://localhost:99999/v1", "?"])
def test_what_is_no_known_address_has_no_preset(address: str) -> None:
    assert preset_at(address) is None
    assert usual_model(address, "gpt-4.1") is None


def test_authors_find_what_they_can_pay_first() -> None:
    chinese, english = offered_presets(chinese_first=True), offered_presets(chinese_first=False)
    assert (chinese[0].id, english[0].id) == ("deepseek", "openai")
    assert [p.is_here for p in chinese] == sorted(p.is_here for p in chinese)
    assert set(chinese) == set(english) == set(PRESETS)
