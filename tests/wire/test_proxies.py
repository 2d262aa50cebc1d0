"""The computer around us: proxies and certificates; and what people paste."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import httpx
import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.addresses import api_root, clean_key
from arboris_desktop.llm.wire.proxies import proxy_for
from tests.wire.asking import QUESTION, UNHURRIED, Heard, hear
from tests.wire.proxies import proxying
from tests.wire.wires import said, serving

VARIABLES = [f"{name}_proxy" for name in ("http", "https", "all", "no")] + [
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
]


@pytest.fixture(autouse=True)
def no_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in VARIABLES:
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


def ask(address: str, key: str | None = None) -> Heard:
    async def run() -> Heard:
        provider = OpenAICompatibleProvider(address, key, "scripted", timeouts=UNHURRIED)
        try:
            return await hear(provider, ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    return asyncio.run(run())


def refused(address: str) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        ask(address)
    return caught.value


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.mark.parametrize("variable", ["all_proxy", "ALL_PROXY", "http_proxy", "HTTP_PROXY"])
@pytest.mark.parametrize("scheme", ["socks5", "socks5h", "socks"])
def test_a_socks_proxy_is_used(variable: str, scheme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(said("The rain.")) as server, proxying(server.port, socks=True) as proxy:
        monkeypatch.setenv(variable, f"{scheme}://{proxy.address}")
        assert ask("http://api.test/v1").text == "The rain."
        assert proxy.wanted == ["api.test"]


@pytest.mark.parametrize("written", ["http://{}", "http://{}/", "{}"])
def test_so_is_one_for_http(written: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(said("The rain.")) as server, proxying(server.port, socks=False) as proxy:
        monkeypatch.setenv("HTTP_PROXY", written.format(proxy.address))
        assert ask("http://api.test/v1").text == "The rain."
        assert proxy.wanted == ["api.test"]


@pytest.mark.parametrize(
    "environment",
    [
        {"all_proxy": "socks5://127.0.0.1:9"},
        {"http_proxy": "http://127.0.0.1:9"},
        {"HTTP_PROXY": "nonsense://"},
        {"all_proxy": "socks4://127.0.0.1:9"},
        {"no_proxy": "[::1]"},
        {"no_proxy": "localhost,[::1],::1/128,*.x,", "http_proxy": "http://127.0.0.1:9"},
        {"SSL_CERT_FILE": "/nowhere/ca.pem"},
        {"SSL_CERT_DIR": "/nowhere"},
    ],
)
def test_this_computer_is_reached_whatever_the_environment_says(
    environment: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    with serving(said("The rain.")) as server:
        assert ask(server.url).text == "The rain."
        assert ask(f"http://localhost:{server.port}").text == "The rain."


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("all_proxy", "socks4://127.0.0.1:9"),
        ("ALL_PROXY", "ftp://127.0.0.1:9"),
        ("https_proxy", "http://127.0.0.1:notaport"),
        ("HTTPS_PROXY", "http://[::1"),
        ("https_proxy", "http://"),
        ("SSL_CERT_FILE", "/nowhere/ca.pem"),
        ("SSL_CERT_DIR", "/nowhere"),
    ],
)
def test_a_broken_variable_is_named(name: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(name, value)
    told = refused("https://api.test/v1")
    assert told.kind is ErrorKind.BROKEN_VARIABLE
    assert name in told.message


def test_so_is_one_that_names_no_certificates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "ca.pem").write_text("none of them")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    told = refused("https://api.test/v1")
    assert told.kind is ErrorKind.BROKEN_VARIABLE
    assert "SSL_CERT_FILE" in told.message


def test_a_proxy_that_does_not_answer_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", f"http://me:hunter2@127.0.0.1:{free_port()}")
    told = refused("https://api.test/v1")
    assert told.kind is ErrorKind.CONNECTION
    assert "HTTPS_PROXY" in told.message
    assert "hunter2" not in told.message


def test_an_exception_from_proxies_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("all_proxy", "socks5://127.0.0.1:9")
    monkeypatch.setenv("no_proxy", "api.test, [::1]")
    told = refused("http://api.test/v1")
    assert told.kind is ErrorKind.CONNECTION
    assert "proxy" not in told.message


@pytest.mark.parametrize(
    "pasted",
    [
        "sk-one",
        "Bearer sk-one",
        "bearer  sk-one",
        "Authorization: Bearer sk-one",
        '"sk-one"',
        "“sk-one”",
        "'sk-one',",
        " sk-one\n",
        "sk-\none",
        "\u200bsk-one",
        "sk-\u200bone\ufeff",
        "\ufeffsk-one\u00a0",
        "ｓｋ-one",
        "OPENAI_API_KEY=sk-one",
        "export DEEPSEEK_API_KEY='sk-one'",
        "api_key: sk-one",
        "x-api-key: sk-one",
        "<sk-one>",
    ],
)
def test_a_key_is_cleaned_of_what_was_pasted_with_it(pasted: str) -> None:
    with serving(said("ok")) as server:
        ask(server.url, pasted)
        assert server.requests[0].headers["authorization"] == "Bearer sk-one"


@pytest.mark.parametrize("pasted", ["", "  ", '""', "Bearer ", "\u200b"])
def test_what_is_no_key_is_none(pasted: str) -> None:
    with serving(said("ok")) as server:
        ask(server.url, pasted)
        assert "authorization" not in server.requests[0].headers


@pytest.mark.parametrize("pasted", ["sk-né", "密钥", "sk-\x00"])
def test_a_key_that_no_header_can_carry_is_refused_without_quoting_it(pasted: str) -> None:
    with pytest.raises(ProviderError) as caught:
        clean_key(pasted)
    assert caught.value.kind is ErrorKind.IMPOSSIBLE_KEY
    assert pasted not in str(caught.value)


@pytest.mark.parametrize(
    "pasted",
    [
        "http://127.0.0.1:{}/v1",
        "http://127.0.0.1:{}/v1/v1",
        "http://127.0.0.1:{}/v1/v1/v1/",
        "http://127.0.0.1:{}/v1/v1/chat/completions",
        "http://127.0.0.1:{}/v1/chat/completions",
        "http://127.0.0.1:{}/v1/chat",
        "http://127.0.0.1:{}/v1/models/",
        "http://127.0.0.1:{}//v1//",
        "http://127.0.0.1:{}",
        "127.0.0.1:{}/v1",
        "localhost:{}",
        "http://127.0.0.1:{}/api",
        "http://127.0.0.1:{}/api/chat",
        "\u200bhttp://127.0.0.1:{}/v1\u200b",
        "http://127.0.0.1:{}\u200b/v1",
        "\ufeffhttp://127.0.0.1:{}/v1",
        '"http://127.0.0.1:{}/v1",',
        "“http://127.0.0.1:{}/v1”",
        "http：//127.0.0.1:{}/v1",
        "base_url=http://127.0.0.1:{}/v1",
        "http://http://127.0.0.1:{}/v1",
        "http:/127.0.0.1:{}/v1",
        "POST http://127.0.0.1:{}/v1/chat/completions",
        "HTTP://127.0.0.1:{}/v1",
    ],
)
def test_an_address_is_taken_as_people_paste_it(pasted: str) -> None:
    with serving(said("ok")) as server:
        assert ask(pasted.format(server.port)).text == "ok"
        assert server.requests[0].path == "/v1/chat/completions"


@pytest.mark.parametrize(
    ("typed", "root"),
    [
        ("https://openrouter.ai/api", "https://openrouter.ai/api/v1"),
        ("https://open.bigmodel.cn/api/paas/v4/", "https://open.bigmodel.cn/api/paas/v4"),
        ("https://ark.test/api/v3/chat/completions", "https://ark.test/api/v3"),
        ("https://dash.test/compatible-mode/v1", "https://dash.test/compatible-mode/v1"),
        ("https://gemini.test/v1beta/openai/", "https://gemini.test/v1beta/openai"),
        ("https://x.test/v1?api-version=1#x", "https://x.test/v1?api-version=1"),
        ("api.deepseek.com", "https://api.deepseek.com/v1"),
        ("192.168.1.5:1234", "http://192.168.1.5:1234/v1"),
        ("nas:11434", "http://nas:11434/v1"),
    ],
)
def test_a_path_that_belongs_to_a_server_is_kept(typed: str, root: str) -> None:
    assert str(api_root(typed)) == root


@pytest.mark.parametrize(
    "address",
    ["https://mara:hush-1@example.com/v1", "mara@example.com", "http://:hush-1@127.0.0.1"],
)
def test_a_name_and_a_password_in_an_address_are_never_sent_in_place_of_the_key(
    address: str,
) -> None:
    with pytest.raises(ProviderError) as refused:
        api_root(address)
    assert refused.value.kind is ErrorKind.NOT_AN_API
    assert "before the @" in refused.value.message
    assert "hush" not in refused.value.message


@pytest.mark.parametrize(
    ("exempt", "address"),
    [
        ("10.0.0.0/8", "http://10.1.2.3/v1"),
        ("localhost, 192.168.1.0/24", "http://192.168.1.9:8000/v1"),
        ("fd00::/8", "http://[fd00::5]/v1"),
        ("[fd00::5]", "http://[fd00::5]/v1"),
        ("*.corp.example", "https://models.corp.example/v1"),
        ("models.example:8443", "https://models.example:8443/v1"),
        ("models.example:443", "https://models.example/v1"),
        ("", "http://0.0.0.0:8080/v1"),
    ],
)
def test_exceptions_from_proxies_in_every_form_hold(
    exempt: str, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
    for scheme in ("http", "https"):
        monkeypatch.setenv(f"{scheme}_proxy", "'http://127.0.0.1:9'")
    monkeypatch.setenv("no_proxy", exempt)
    assert proxy_for(httpx.URL("http://192.168.2.9/v1")) is not None
    assert proxy_for(httpx.URL(address)) is None
