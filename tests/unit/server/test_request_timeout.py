"""Connections that ask for nothing, or never end what was begun, are ended."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
import uvicorn

from arboris_desktop.server import access, request_timeout
from arboris_desktop.server.access import Access, Guard
from arboris_desktop.server.request_timeout import RequestTimeoutProtocol
from arboris_desktop.server.running import listen

WAIT_SECONDS = 60.0
COMPLETE = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"POST / HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (request_timeout, access):
        monkeypatch.setattr(module, "REQUEST_SECONDS", 1.0)


async def answer(_scope: Any, _receive: Any, send: Callable[[Any], Awaitable[None]]) -> None:
    length = [(b"content-length", b"2")]
    await send({"type": "http.response.start", "status": 200, "headers": length})
    await send({"type": "http.response.body", "body": b"ok"})


async def told(*parts: bytes) -> bytes:
    """All that comes until the server ends the connection."""
    config = uvicorn.Config(Guard(answer, Access()), http=RequestTimeoutProtocol, lifespan="off")
    server = uvicorn.Server(config)
    with listen("127.0.0.1", 0) as listening:
        serving = asyncio.create_task(server.serve([listening]))
        reader, writer = await asyncio.open_connection(*listening.getsockname()[:2])
        received = b""
        for part in parts:
            writer.write(part)
            if part == COMPLETE:
                received += await reader.readuntil(b"ok")
        received += await asyncio.wait_for(reader.read(), WAIT_SECONDS)
        writer.close()
        server.should_exit = True
        await serving
    return received


@pytest.mark.parametrize("begun", [b"", b"G", COMPLETE[:-2]])
def test_a_request_that_is_not_completed_is_given_up(begun: bytes) -> None:
    assert asyncio.run(told(begun)) == b""


def test_a_second_request_that_is_not_completed_is_given_up() -> None:
    received = asyncio.run(told(COMPLETE, COMPLETE[:-2]))
    assert received.count(b"HTTP/1.1 200") == 1


def test_a_body_that_does_not_come_is_told() -> None:
    assert asyncio.run(told(CHUNKED)).startswith(b"HTTP/1.1 408")
