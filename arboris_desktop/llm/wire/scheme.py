"""Telling whether a port speaks the other one of http and https: by itself, a wrong one only shows
as silence until the time is up, or as a failure that names neither."""

from __future__ import annotations

import asyncio
import contextlib
import ssl

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError

_SECONDS = 3.0
_MOST = 2048
_PORTS = {"http": 80, "https": 443}


async def wrong_scheme(url: httpx.URL) -> ProviderError | None:
    """The error that names the other scheme, when that is what is spoken there."""
    host, port = url.host, url.port or _PORTS[url.scheme]
    other = "http" if url.scheme == "https" else "https"
    speaks = _speaks_http if other == "http" else _speaks_tls
    try:
        async with asyncio.timeout(_SECONDS):
            if not await speaks(host, port):
                return None
    except (OSError, TimeoutError, ssl.SSLError):
        return None
    return ProviderError(
        ErrorKind.WRONG_SCHEME,
        f"the server at {host}:{port} speaks {other}: begin the address with {other}://",
    )


async def _speaks_http(host: str, port: int) -> bool:
    reader, writer = await asyncio.open_connection(host, port)
    try:
        writer.write(f"GET / HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        await writer.drain()
        answer = await reader.read(_MOST)
    finally:
        await _close(writer)
    # Some that speak https tell in http that they do.
    return answer.startswith(b"HTTP/") and not (
        answer[9:12] in (b"400", b"426", b"497") and b"https" in answer.lower()
    )


async def _speaks_tls(host: str, port: int) -> bool:
    # Nothing is sent in it: whose certificate it is does not matter.
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    _reader, writer = await asyncio.open_connection(host, port, ssl=context)
    await _close(writer)
    return True


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(OSError, ssl.SSLError):
        await writer.wait_closed()
