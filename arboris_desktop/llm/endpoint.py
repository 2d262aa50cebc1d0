"""One HTTP server: its address, its key, and calls whose failures are ``ProviderError``."""

from __future__ import annotations

import asyncio
import logging
import os
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from ipaddress import ip_address

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.http_errors import (
    error_for_exception,
    error_for_object,
    error_for_status,
    parse_json,
)

# They note addresses, which may hold a password, and the headers of answers, in which a server
# may echo the key.
for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)

_LISTING_SECONDS = 30.0
_MAX_LISTING_BYTES = 8_000_000
_MAX_ERROR_BYTES = 65_536
_ERROR_SECONDS = 5.0
"""How long the words of a refusal are waited for; its status alone says enough."""

_SUFFIXES = ("/chat/completions", "/completions", "/models")


@dataclass(frozen=True, slots=True)
class Timeouts:
    """Seconds: to connect, until the first words, and between words."""

    connect: float = 15.0
    first_token: float = 60.0
    stall: float = 60.0


class Endpoint:
    """Calls one server. Belongs to the asyncio loop of its first call; ``aclose`` it after use.

    ``base_url`` may be given with or without ``/v1`` or ``/chat/completions``. Raises
    ``ProviderError`` for an address or a key that cannot be one.
    """

    def __init__(
        self,
        base_url: str,
        api_key: str | None,
        timeouts: Timeouts,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        self._root = api_root(base_url)
        self.host = self._root.host
        self.key = _checked_key(api_key)
        self._client = httpx.AsyncClient(
            headers={"Authorization": f"Bearer {self.key}"} if self.key else {},
            # No time-out for reading: httpx would take keep-alive comments for progress.
            timeout=httpx.Timeout(None, connect=timeouts.connect, write=timeouts.stall),
            transport=transport,
            verify=_tls_context(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR")),
            # Following a redirect could hand the key to another host.
            follow_redirects=False,
            # A proxy of the environment cannot reach this computer's own servers.
            trust_env=not _is_loopback(self.host),
        )

    async def post_stream(
        self, path: str, body: Mapping[str, object], deadline: float
    ) -> httpx.Response:
        """A successful answer whose body is still to be read, and which must be closed.

        ``deadline`` is in the loop's time.
        """
        request = self._client.build_request(
            "POST",
            self._url(path),
            json=body,
            headers={"Accept": "text/event-stream", "Cache-Control": "no-store"},
        )
        try:
            async with asyncio.timeout_at(deadline):
                response = await self._client.send(request, stream=True)
                if not response.is_success:
                    raise await self._refusal(response)
                return response
        except TimeoutError:
            raise ProviderError(
                ErrorKind.FIRST_TOKEN_TIMEOUT, "the server did not answer in time"
            ) from None
        except httpx.HTTPError as error:
            raise error_for_exception(error, self.key) from error

    async def get_json(self, path: str) -> Mapping[str, object]:
        """The JSON object at a path. Raises ``ProviderError`` (NOT_AN_API for anything else)."""
        try:
            async with (
                asyncio.timeout(_LISTING_SECONDS),
                self._client.stream("GET", self._url(path)) as response,
            ):
                if not response.is_success:
                    raise await self._refusal(response)
                body = await read_body(response, _MAX_LISTING_BYTES)
        except TimeoutError:
            raise ProviderError(
                ErrorKind.FIRST_TOKEN_TIMEOUT, "the server did not answer in time"
            ) from None
        except httpx.HTTPError as error:
            raise error_for_exception(error, self.key) from error
        data = parse_json(body)
        if not isinstance(data, Mapping):
            raise ProviderError(ErrorKind.NOT_AN_API, "the server did not answer with JSON")
        if data.get("error"):
            raise error_for_object(data["error"], self.key)
        return data

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._client.aclose()

    def _url(self, path: str) -> httpx.URL:
        return self._root.copy_with(path=self._root.path + path)

    async def _refusal(self, response: httpx.Response) -> ProviderError:
        body = bytearray()
        try:
            async with asyncio.timeout(_ERROR_SECONDS):
                async for chunk in response.aiter_bytes():
                    body += chunk
                    if len(body) > _MAX_ERROR_BYTES:
                        break
        except (TimeoutError, httpx.HTTPError):
            # A part could hold half of the key, which nobody would recognise.
            body.clear()
        finally:
            await response.aclose()
        return error_for_status(response.status_code, response.headers, bytes(body), self.key)


@cache
def _tls_context(_file: str | None, _folder: str | None) -> ssl.SSLContext:
    """Made once: reading all the certificates that are trusted takes longer than a frame.

    The arguments are the environment's variables that httpx looks at.
    """
    return httpx.create_ssl_context()


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """The whole body. Raises ``ProviderError`` (INVALID_ANSWER) beyond ``limit`` bytes."""
    body = bytearray()
    async for chunk in response.aiter_bytes():
        body += chunk
        if len(body) > limit:
            raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer does not end")
    return bytes(body)


def api_root(base_url: str) -> httpx.URL:
    """The address that paths such as ``/models`` are appended to.

    A bare host gets ``/v1``, and a missing scheme ``https`` (``http`` on this computer). Raises
    ``ProviderError``: NOT_CONFIGURED when empty, NOT_AN_API when it cannot be an address.
    """
    text = base_url.strip()
    if not text:
        raise ProviderError(ErrorKind.NOT_CONFIGURED, "no server address is set")
    try:
        url = httpx.URL(text if "://" in text else f"https://{text}")
    except httpx.InvalidURL:
        raise ProviderError(ErrorKind.NOT_AN_API, "this is not a server address") from None
    if url.scheme not in ("http", "https") or not url.host:
        raise ProviderError(ErrorKind.NOT_AN_API, "the address must begin with http:// or https://")
    if "://" not in text and _is_loopback(url.host):
        url = url.copy_with(scheme="http")
    path = url.path.rstrip("/")
    for suffix in _SUFFIXES:
        path = path.removesuffix(suffix)
    return url.copy_with(path=path.rstrip("/") or "/v1", fragment=None)


def _checked_key(api_key: str | None) -> str | None:
    key = (api_key or "").strip()
    if not (key.isascii() and key.isprintable()):
        # The HTTP library would refuse it with a message that quotes it.
        raise ProviderError(ErrorKind.UNAUTHORIZED, "the API key contains impossible characters")
    return key or None


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
