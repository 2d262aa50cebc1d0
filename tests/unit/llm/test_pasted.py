"""Addresses and keys as they are pasted from pages, files and messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.wire.addresses import api_root, clean_key

PLAIN = "https://x.example/v1"


@pytest.mark.parametrize(
    ("pasted", "address"),
    [
        ("地址：https://x.example/v1", PLAIN),
        ("接口地址: https://x.example/v1", PLAIN),
        ("OPENAI_BASE_URL=https://x.example/v1", PLAIN),
        ("[the page](https://x.example/v1)", PLAIN),
        ("curl https://x.example/v1/chat/completions", PLAIN),
        ("ＨＴＴＰＳ://ｘ.example/v1", PLAIN),
        ("https://x.example/v1。", PLAIN),
        ("<https://x.example/v1>", PLAIN),
        ("http://localhost:11434/api/generate", "http://localhost:11434/v1"),
        ("http://localhost:11434/api/tags", "http://localhost:11434/v1"),
        ("[::1]:8080", "http://[::1]:8080/v1"),
        ("https://r.openai.azure.com", "https://r.openai.azure.com/openai/v1"),
        ("https://open.bigmodel.cn/api/paas/v4", "https://open.bigmodel.cn/api/paas/v4"),
    ],
)
def test_the_address_is_found(pasted: str, address: str) -> None:
    assert str(api_root(pasted)).rstrip("/") == address


@pytest.mark.parametrize(
    "pasted",
    [
        "Bearer: sk-abc123",
        "Authorization: Bearer sk-abc123",
        "key: sk-abc123",
        "密钥：sk-abc123",
        "令牌: sk-abc123",
        "API-Key sk-abc123",
        "token sk-abc123",
        '$env:OPENAI_API_KEY="sk-abc123"',
        'export OPENAI_API_KEY="sk-abc123"',
        '{"api_key": "sk-abc123"}',
        "sk-abc123 # my key",
        "ｓｋ-abc123",
        "我的key是sk-abc123",
        "API密钥：sk-abc123",
        "Secret key: sk-abc123",
        "--api-key sk-abc123",
        "sk-abc123 (default)",
        "sk-abc123 （默认）",
        "sk-abc123\\n",
        "sk-abc123\nhttps://api.x.ai/v1",
    ],
)
def test_the_key_is_found(pasted: str) -> None:
    assert clean_key(pasted) == "sk-abc123"


@pytest.mark.parametrize("key", ["key-abc123", "token-abc123", "tokenabc", "AIzaSy_1-2", "abc.def"])
def test_a_key_that_begins_like_its_name_stays(key: str) -> None:
    assert clean_key(key) == key


def root_of(pasted: str) -> str | None:
    try:
        return str(api_root(pasted))
    except ProviderError:
        return None


def test_addresses_as_people_paste_them() -> None:
    """With typing errors, from browsers, of a vendor's other API, of a bare host."""
    lines = Path(__file__).with_name("pasted_addresses.jsonl").read_text("utf-8").splitlines()
    expected = dict(map(json.loads, lines))
    assert {pasted: root_of(pasted) for pasted in expected} == expected


@pytest.mark.parametrize(
    ("pasted", "key"),
    [
        ("sk-abc\r\nsk-def\r\n", "sk-abc"),
        ("sk- abc", "sk-abc"),
        ("sk\u2011abc", "sk-abc"),
        ("sk\u2014abc", "sk-abc"),
        ("none", "none"),
    ],
)
def test_a_key_as_word_processors_and_lists_have_it(pasted: str, key: str) -> None:
    assert clean_key(pasted) == key


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("sk-…abc", "in part"),
        ("sk-ab...cd", "in part"),
        ("sk-ab****cd", "in part"),
        ("https://api.x.ai/v1", "an address"),
    ],
)
def test_what_is_no_whole_key_is_told(pasted: str, words: str) -> None:
    with pytest.raises(ProviderError) as caught:
        clean_key(pasted)
    assert caught.value.kind is ErrorKind.IMPOSSIBLE_KEY
    assert words in caught.value.message
