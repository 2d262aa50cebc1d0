from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.wire.addresses import api_root
from arboris_desktop.llm.wire.endpoint import Endpoint
from arboris_desktop.llm.wire.timeouts import Timeouts


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("http://127.0.0.1:8080", "http://127.0.0.1:8080/v1"),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080/v1"),
        (" https://api.deepseek.com ", "https://api.deepseek.com/v1"),
        ("https://api.example.com/v1///", "https://api.example.com/v1"),
        ("https://api.example.com/v1/chat/completions", "https://api.example.com/v1"),
        ("https://api.example.com/v1/chat/completions/", "https://api.example.com/v1"),
        ("https://api.example.com/chat/completions", "https://api.example.com/v1"),
        ("https://api.example.com/v1/models", "https://api.example.com/v1"),
        ("https://example.com/compatible-mode/v1", "https://example.com/compatible-mode/v1"),
        ("https://example.com/api/paas/v4/", "https://example.com/api/paas/v4"),
        ("https://example.com/v1?api-version=1#x", "https://example.com/v1?api-version=1"),
        ("localhost:11434", "http://localhost:11434/v1"),
        ("127.0.0.1:1234/v1", "http://127.0.0.1:1234/v1"),
        ("[::1]:1234", "http://[::1]:1234/v1"),
        ("api.deepseek.com", "https://api.deepseek.com/v1"),
    ],
)
def test_addresses_are_taken_as_people_type_them(typed: str, root: str) -> None:
    assert str(api_root(typed)) == root


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        ("", ErrorKind.NOT_CONFIGURED),
        ("  ", ErrorKind.NOT_CONFIGURED),
        ("ftp://example.com", ErrorKind.NOT_AN_API),
        ("http://", ErrorKind.NOT_AN_API),
        ("http://example.com:port", ErrorKind.NOT_AN_API),
        ("exa\x00mple.com", ErrorKind.NOT_AN_API),
    ],
)
def test_what_is_no_address_is_refused(typed: str, kind: ErrorKind) -> None:
    with pytest.raises(ProviderError) as caught:
        api_root(typed)
    assert caught.value.kind is kind


@pytest.mark.parametrize("key", ["sk-né", "密钥", "sk-\x00"])
def test_a_key_that_no_header_can_carry_is_refused_without_quoting_it(key: str) -> None:
    with pytest.raises(ProviderError) as caught:
        Endpoint("http://127.0.0.1:1", key, Timeouts())
    assert caught.value.kind is ErrorKind.IMPOSSIBLE_KEY
    assert key not in str(caught.value)
