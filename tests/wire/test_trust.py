"""Certificates that only this computer vouches for, as those of firms and of virus scanners."""

from __future__ import annotations

import asyncio
import socket
import ssl
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider
from arboris_desktop.llm.provider import ChatRequest
from arboris_desktop.llm.shelf.web import listing_at
from arboris_desktop.llm.wire.trust import tls_context
from tests.wire.asking import KEY, QUESTION, UNHURRIED, Heard, hear
from tests.wire.proxies import proxying
from tests.wire.secure import either, make_issued, talking
from tests.wire.wires import Wire, read_request, reply, said

SCANNER = "Kestrel Antivirus Root"
HOST = "localhost"


@pytest.fixture(autouse=True)
def no_variables(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SSL_CERT_FILE", "SSL_CERT_DIR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place in which the system keeps what it trusts, and where Python does not look: so it is
    on some Linux systems for a program that was frozen on another. It trusts nobody yet."""
    if sys.platform in ("win32", "darwin"):
        pytest.skip("the system keeps its certificates where no test may put any")
    place = tmp_path / "system.pem"
    nowhere = ssl.DefaultVerifyPaths("", "", "", "", "", "")
    monkeypatch.setattr(ssl, "get_default_verify_paths", lambda: nowhere)
    monkeypatch.setattr("truststore._openssl._CA_FILE_CANDIDATES", [str(place)])
    return place


@contextmanager
def secured(certificate: Path, wire: Wire) -> Iterator[int]:
    """A server that speaks TLS only, and answers all by one wire."""

    def answer(connection: socket.socket) -> None:
        while read_request(connection) is not None:
            for part in wire:
                assert isinstance(part, bytes)
                connection.sendall(part)
            return

    with talking(either(lambda plain: plain.close(), answer, certificate)) as port:
        yield port


def ask(port: int, *, host: str = HOST, times: int = 1) -> list[Heard]:
    async def run() -> list[Heard]:
        provider = OpenAICompatibleProvider(
            f"https://{host}:{port}/v1", KEY, "scripted", timeouts=UNHURRIED
        )
        try:
            return await asyncio.gather(
                *(hear(provider, ChatRequest(QUESTION)) for _ in range(times))
            )
        finally:
            await provider.aclose()

    return asyncio.run(run())


def refused(port: int, *, host: str = HOST) -> ProviderError:
    with pytest.raises(ProviderError) as caught:
        ask(port, host=host)
    assert caught.value.kind is ErrorKind.TLS
    assert KEY not in caught.value.message
    return caught.value


def test_what_only_the_system_vouches_for_is_trusted(store: Path, tmp_path: Path) -> None:
    certificate, roots = make_issued(HOST, SCANNER, tmp_path)
    with secured(certificate, said("The rain.")) as port:
        refused(port)
        roots.rename(store)
        assert [heard.text for heard in ask(port)] == ["The rain."]
        assert [heard.text for heard in ask(port, times=5)] == ["The rain."] * 5


def test_so_it_is_behind_a_proxy(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, roots = make_issued("api.test", SCANNER, tmp_path)
    roots.rename(store)
    with (
        secured(certificate, said("The rain.")) as port,
        proxying(port, socks=True) as proxy,
    ):
        monkeypatch.setenv("https_proxy", f"socks5://{proxy.address}")
        assert ask(443, host="api.test")[0].text == "The rain."


def test_models_are_fetched_past_a_scanner_too(store: Path, tmp_path: Path) -> None:
    certificate, roots = make_issued(HOST, SCANNER, tmp_path)
    with secured(certificate, reply({"sha": "1"})) as port:
        with pytest.raises(ProviderError) as caught:
            listing_at(f"https://{HOST}:{port}/api")
        assert caught.value.kind is ErrorKind.TLS
        roots.rename(store)
        assert listing_at(f"https://{HOST}:{port}/api") == {"sha": "1"}


def test_who_issued_a_certificate_that_nobody_trusts_is_named(store: Path, tmp_path: Path) -> None:
    certificate, _ = make_issued(HOST, SCANNER, tmp_path)
    with secured(certificate, said("The rain.")) as port:
        assert f"issued by {SCANNER}" in refused(port).message
    assert not store.exists()


@pytest.mark.parametrize(
    ("host", "days", "reason"),
    [(HOST, (-9, -2), "expired"), (HOST, (2, 9), "not yet valid"), ("api.test", (-2, 2), "match")],
)
def test_so_is_what_else_is_wrong_with_it(
    host: str, days: tuple[int, int], reason: str, store: Path, tmp_path: Path
) -> None:
    certificate, roots = make_issued(host, SCANNER, tmp_path, days=days)
    roots.rename(store)
    with secured(certificate, said("The rain.")) as port:
        assert reason in refused(port).message


def test_where_a_variable_says_who_is_trusted_nobody_else_is(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, roots = make_issued(HOST, SCANNER, tmp_path)
    (tmp_path / "other").mkdir()
    _, other = make_issued(HOST, "Another", tmp_path / "other")
    store.write_bytes(roots.read_bytes())
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with secured(certificate, said("The rain.")) as port:
        assert "only those of SSL_CERT_FILE" in refused(port).message
        monkeypatch.setenv("SSL_CERT_FILE", str(roots))
        assert ask(port)[0].text == "The rain."


def test_what_python_finds_of_the_system_is_trusted_at_once() -> None:
    own = ssl.create_default_context().get_ca_certs(binary_form=True)
    assert set(own) <= set(tls_context().get_ca_certs(binary_form=True))
