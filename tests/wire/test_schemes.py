"""https asked of a port that speaks http, and the other way round: named at once."""

from __future__ import annotations

import asyncio
import socket
import ssl

import pytest

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.openai_compatible import OpenAICompatibleProvider, Timeouts
from arboris_desktop.llm.provider import ChatRequest, complete
from tests.support.feed_server import CERTIFICATE
from tests.wire.asking import QUESTION
from tests.wire.secure import Talk, talking

PAGE = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}"


def speaks_http_patiently(connection: socket.socket) -> None:
    """Waits for the end of the head, as servers do; a greeting of TLS has none."""
    head = b""
    while b"\r\n\r\n" not in head:
        piece = connection.recv(4096)
        if not piece:
            return
        head += piece
    connection.sendall(PAGE)


def speaks_http_at_once(connection: socket.socket) -> None:
    """Takes whatever comes for a bad request."""
    connection.recv(4096)
    connection.sendall(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\nbad")


def tells_of_https(connection: socket.socket) -> None:
    """Stalls in TLS, and tells who asks in http that it speaks https."""
    if connection.recv(4096).startswith(b"GET"):
        connection.sendall(
            b"HTTP/1.1 400 Bad Request\r\n\r\nThe plain HTTP request was sent to HTTPS port"
        )
    else:
        connection.recv(1)


def speaks_tls(connection: socket.socket) -> None:
    """A server that speaks https only, and hangs up on anything else."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATE)
    with context.wrap_socket(connection, server_side=True) as spoken:
        spoken.recv(1)


def failure(address: str, *, asks: bool = False, connect: float = 60.0) -> ProviderError:
    async def run() -> None:
        timeouts = Timeouts(connect=connect)
        provider = OpenAICompatibleProvider(address, "sk-secret", "m", timeouts=timeouts)
        try:
            await (complete(provider, ChatRequest(QUESTION)) if asks else provider.list_models())
        finally:
            await provider.aclose()

    with pytest.raises(ProviderError) as caught:
        asyncio.run(run())
    return caught.value


@pytest.mark.parametrize("talk", [speaks_http_patiently, speaks_http_at_once])
def test_https_of_a_port_that_speaks_http_is_named(talk: Talk) -> None:
    with talking(talk) as port:
        error = failure(f"https://127.0.0.1:{port}/v1")
    assert error.kind is ErrorKind.WRONG_SCHEME
    assert "begin the address with http://" in error.message


def test_a_question_names_it_too() -> None:
    with talking(speaks_http_patiently) as port:
        error = failure(f"https://127.0.0.1:{port}/v1", asks=True, connect=0.5)
    assert error.kind is ErrorKind.WRONG_SCHEME


def test_a_server_that_is_slow_to_speak_https_is_not_taken_for_one_that_does_not() -> None:
    with talking(tells_of_https) as port:
        error = failure(f"https://127.0.0.1:{port}/v1", connect=2.5)
    assert error.kind is ErrorKind.CONNECTION


def test_nothing_at_all_is_no_wrong_scheme() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        error = failure(f"https://127.0.0.1:{closed.getsockname()[1]}/v1")
    assert error.kind is ErrorKind.CONNECTION


def test_http_of_a_port_that_speaks_https_is_named() -> None:
    with talking(speaks_tls) as port:
        error = failure(f"http://127.0.0.1:{port}/v1")
    assert error.kind is ErrorKind.WRONG_SCHEME
    assert "begin the address with https://" in error.message
