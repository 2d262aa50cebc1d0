"""Fetching a small file over https, whatever the server does."""

from __future__ import annotations

import asyncio
import os
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx

from arboris_desktop.updates.errors import UpdateError, UpdateFault

_MOST_REDIRECTS = 3
_VARIABLES = ("SSL_CERT_FILE", "SSL_CERT_DIR")


@asynccontextmanager
async def open_client(
    tls: ssl.SSLContext | None, seconds: float
) -> AsyncIterator[httpx.AsyncClient]:
    """A client whose requests say nothing about this computer, its author or this version.

    All that is done with it takes ``seconds`` at most. Raises ``UpdateError``.
    """
    client = httpx.AsyncClient(
        verify=_trusted() if tls is None else tls,
        # Not compressed: a small answer could otherwise be made to fill the memory.
        headers={"User-Agent": "Arboris Desktop", "Accept": "*/*", "Accept-Encoding": "identity"},
        timeout=seconds,
        # Each is looked at below.
        follow_redirects=False,
    )
    try:
        async with asyncio.timeout(seconds), client:
            yield client
    except TimeoutError:
        raise UpdateError(UpdateFault.UNREACHABLE, "the server is too slow") from None
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise _from_httpx(error) from error


def _trusted() -> ssl.SSLContext:
    """The certificates that come with the program and those of the computer, where a firm or a
    virus scanner puts its own; only those of ``SSL_CERT_FILE`` or ``SSL_CERT_DIR`` where these are
    set."""
    context = httpx.create_ssl_context()
    if not any(map(os.environ.get, _VARIABLES)):
        context.load_default_certs()
    return context


async def fetch(client: httpx.AsyncClient, address: str, limit: int) -> bytes:
    """Fetches what is at the address, of at most ``limit`` bytes. Raises ``UpdateError`` or
    httpx's."""
    url = httpx.URL(address)
    for _ in range(_MOST_REDIRECTS + 1):
        if url.scheme != "https":
            raise UpdateError(UpdateFault.NOT_SECURE, "only https addresses are asked")
        async with client.stream("GET", url) as response:
            if response.next_request is None:
                return await _body(response, limit)
            url = response.next_request.url
    raise UpdateError(UpdateFault.UNREACHABLE, "the server redirects again and again")


async def _body(response: httpx.Response, limit: int) -> bytes:
    if response.status_code != httpx.codes.OK:
        status = f"the server answered with status {response.status_code}"
        raise UpdateError(UpdateFault.UNREACHABLE, status)
    body = bytearray()
    # As they came: whatever coding the server claims, nothing is unpacked.
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > limit:
            raise UpdateError(UpdateFault.UNREADABLE, f"the answer is longer than {limit} bytes")
    return bytes(body)


def _from_httpx(error: Exception) -> UpdateError:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, ssl.SSLError):
            return UpdateError(UpdateFault.NOT_SECURE, str(cause))
        cause = cause.__cause__ or cause.__context__
    return UpdateError(UpdateFault.UNREACHABLE, str(error) or type(error).__name__)
