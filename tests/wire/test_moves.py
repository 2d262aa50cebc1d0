"""Servers that send a call elsewhere: followed where the key stays with the same one."""

from __future__ import annotations

import asyncio
import socket
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.wire.addresses import api_root, key_headers
from tests.wire.asking import KEY, QUESTION, hear
from tests.wire.proxies import proxying
from tests.wire.secure import either, make_certificate, talking
from tests.wire.wires import Request, Rule, Wire, head, read_request, said, serving


def sent_to(place: str, status: int = 307) -> Wire:
    return (head(status, None, location=place, **{"content-length": "0"}),)


def moves(place: str, *, status: int = 307, once: bool = True) -> Rule:
    """A server that redirects, and answers where it has redirected to."""

    def wire(request: Request) -> Wire:
        is_there = request.path == place and once
        return said("ok") if is_there else sent_to(place, status)

    return wire


@pytest.mark.parametrize("status", [301, 302, 307, 308])
@pytest.mark.parametrize("place", ["/v1/chat/completions/", "/api/v1/chat/completions"])
def test_a_move_on_the_same_server_is_followed(place: str, status: int) -> None:
    async def run() -> tuple[str, str]:
        provider = OpenAICompatibleProvider(server.url, KEY, "scripted")
        try:
            first = await hear(provider, ChatRequest(QUESTION))
            return first.text, (await hear(provider, ChatRequest(QUESTION))).text
        finally:
            await provider.aclose()

    with serving(moves(place, status=status)) as server:
        assert asyncio.run(run()) == ("ok", "ok")
        # It is remembered for the next call, and what was asked is asked again whole.
        assert [request.path for request in server.requests][1:] == [place, place]
        assert server.bodies[1] == server.bodies[0]


@pytest.mark.parametrize(
    "place",
    [
        "https://elsewhere.example/v1/chat/completions",
        "http://localhost.example/v1/chat/completions",
        "http://127.0.0.1:9/v1/chat/completions",
        "https://127.0.0.1/v1/chat/completions",
        "/login?next=/v1/chat/completions",
        "/",
        "ftp://127.0.0.1/v1/chat/completions",
        "http://[bad",
        "",
    ],
)
def test_no_other_place_gets_the_key(place: str) -> None:
    async def run() -> None:
        provider = OpenAICompatibleProvider(server.url, KEY, "scripted")
        try:
            await hear(provider, ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    with serving(moves(place, once=False)) as server:
        with pytest.raises(ProviderError) as caught:
            asyncio.run(run())
        assert len(server.requests) == 1
    assert caught.value.kind is ErrorKind.NOT_AN_API
    assert "redirects" in caught.value.message


def test_a_server_that_sends_back_and_forth_is_not_followed_for_ever() -> None:
    def to_and_fro(request: Request) -> Wire:
        has_slash = request.path.endswith("/")
        return sent_to("/v1/chat/completions" if has_slash else "/v1/chat/completions/")

    async def run() -> None:
        provider = OpenAICompatibleProvider(server.url, KEY, "scripted")
        try:
            await hear(provider, ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    with serving(to_and_fro) as server:
        with pytest.raises(ProviderError):
            asyncio.run(run())
        assert len(server.requests) == 2


def test_azure_is_given_the_key_by_its_own_name_as_well() -> None:
    azure = "https://me.openai.azure.com/openai/deployments/g/chat/completions?api-version=x"
    root = api_root(azure)
    assert str(root) == "https://me.openai.azure.com/openai/deployments/g?api-version=x"
    assert key_headers(root.host, KEY) == {"Authorization": f"Bearer {KEY}", "api-key": KEY}
    assert list(key_headers("api.deepseek.com", KEY)) == ["Authorization"]
    assert key_headers(root.host, None) == {}


HOST = "api.novel.example"


def test_a_call_in_http_is_followed_to_https_of_the_same_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[tuple[str, str]] = []

    def answer(connection: socket.socket, scheme: str, wire: Wire) -> None:
        request = read_request(connection)
        assert request is not None
        heard.append((scheme, request.path))
        for part in wire:
            assert isinstance(part, bytes)
            connection.sendall(part)

    def plain(connection: socket.socket) -> None:
        answer(connection, "http", sent_to(f"https://{HOST}/v1/chat/completions", 301))

    def secured(connection: socket.socket) -> None:
        answer(connection, "https", said("ok"))

    async def run() -> list[str]:
        provider = OpenAICompatibleProvider(f"http://{HOST}", KEY, "scripted")
        try:
            return [(await hear(provider, ChatRequest(QUESTION))).text for _ in range(2)]
        finally:
            await provider.aclose()

    certificate = make_certificate(HOST, tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with talking(either(plain, secured, certificate)) as port, proxying(port, socks=True) as proxy:
        monkeypatch.setenv("all_proxy", f"socks5://{proxy.address}")
        assert asyncio.run(run()) == ["ok", "ok"]
        assert set(proxy.wanted) == {HOST}
    asked = "/v1/chat/completions"
    assert heard == [("http", asked), ("https", asked), ("https", asked)]


def test_a_certificate_of_another_host_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> None:
        provider = OpenAICompatibleProvider(f"https://{HOST}", KEY, "scripted")
        try:
            await hear(provider, ChatRequest(QUESTION))
        finally:
            await provider.aclose()

    certificate = make_certificate("another.example", tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate))
    with talking(either(close, close, certificate)) as port, proxying(port, socks=True) as proxy:
        monkeypatch.setenv("all_proxy", f"socks5://{proxy.address}")
        with pytest.raises(ProviderError) as caught:
            asyncio.run(run())
    assert caught.value.kind is ErrorKind.TLS


def close(connection: socket.socket) -> None:
    """Says nothing."""
    connection.close()
