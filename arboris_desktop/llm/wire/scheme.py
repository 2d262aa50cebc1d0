"""Telling whether a port speaks the other one of http and https.

By itself, a wrong scheme only shows as silence until the time-out, or as a failure that names
neither.
"""

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
    """Returns the error that names the other scheme, if the server speaks it."""
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
    # Some servers that speak https say so over http.
    return answer.startswith(b"HTTP/") and not (
        answer[9:12] in (b"400", b"426", b"497") and b"https" in answer.lower()
    )


async def _speaks_tls(host: str, port: int) -> bool:
    # Nothing is sent over it, so the certificate does not matter.
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
