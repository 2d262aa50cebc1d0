"""An HTTP server: its address, its key, and calls whose failures are ``ProviderError``."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from contextlib import aclosing
from http import HTTPStatus

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.record import record
from arboris_desktop.llm.wire.addresses import api_root, clean_key, key_headers
from arboris_desktop.llm.wire.decompression import decompressed
from arboris_desktop.llm.wire.error_response import parse_json
from arboris_desktop.llm.wire.proxies import describe_proxy, proxy_for
from arboris_desktop.llm.wire.refusals import (
    error_for_exception,
    error_for_object,
    error_for_page,
    error_for_status,
)
from arboris_desktop.llm.wire.scheme import wrong_scheme
from arboris_desktop.llm.wire.timeouts import Timeouts
from arboris_desktop.llm.wire.trust import TrustingTransport, certificate_error, certificate_refused

# They log addresses, which may hold a password, and response headers, in which a server may echo
# the key.
for _talkative in ("httpx", "httpcore"):
    logging.getLogger(_talkative).setLevel(logging.WARNING)

_LISTING_SECONDS = 30.0
_MOST_MOVES = 3
_SOON_SECONDS = 1.5
"""If connecting takes longer, the address may have the wrong scheme."""

_OF_A_WRONG_SCHEME = (
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.ReadError,
    httpx.RemoteProtocolError,
)
_MAX_LISTING_BYTES = 8_000_000
_MAX_ERROR_BYTES = 65_536
_ERROR_SECONDS = 5.0
"""Seconds to wait for the words of a refusal; its status alone says enough."""


class RefusedError(ProviderError):
    """A server answered with a ``status`` other than success."""

    def __init__(self, refusal: ProviderError, status: int) -> None:
        super().__init__(refusal.kind, refusal.message, retry_after=refusal.retry_after)
        self.status = status


@record
class _Wanted:
    """A request, and how long it may take."""

    method: str
    path: str
    seconds: float
    body: Mapping[str, object] | None = None
    at_root: bool = False


class Endpoint:
    """Calls one server. Belongs to the asyncio loop of its first call; call ``aclose`` after use.

    ``base_url`` may be given with or without ``/v1`` or ``/chat/completions``. Raises
    ``ProviderError`` for an invalid address or key.
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
        self._connect, self._write = timeouts.connect, timeouts.stall
        self.key = clean_key(api_key)
        self._transport = transport
        self._tail = ""
        self._moves = 0
        self._client = self._new_client()

    def _new_client(self) -> httpx.AsyncClient:
        proxy = None if self._transport else proxy_for(self._root)
        return httpx.AsyncClient(
            headers=key_headers(self._root.host, self.key),
            # No read time-out: httpx would take keep-alive comments for progress.
            timeout=httpx.Timeout(None, connect=self._connect, write=self._write),
            transport=self._transport or TrustingTransport(self._root, proxy),
            # Following a redirect could hand the key to another host; see ``_move``.
            follow_redirects=False,
            # We read the environment ourselves, so that a broken variable can be named.
            trust_env=False,
        )

    async def post_stream(
        self, path: str, body: Mapping[str, object], deadline: float
    ) -> httpx.Response:
        """Returns a successful response whose body has not been read; the caller closes it.

        ``deadline`` is in the loop's time. Raises ``RefusedError`` for another status.
        """
        try:
            async with asyncio.timeout_at(deadline):
                response = await self._send(path, body)
                if await self._move(response, path):
                    response = await self._send(path, body)
                if not response.is_success:
                    raise await self._refusal(response)
                return response
        except TimeoutError:
            raise ProviderError(
                ErrorKind.FIRST_TOKEN_TIMEOUT, "the server did not answer in time"
            ) from None
        except httpx.HTTPError as error:
            raise await self._named(error) from error

    async def _send(self, path: str, body: Mapping[str, object]) -> httpx.Response:
        request = self._client.build_request(
            "POST",
            self._url(path),
            json=body,
            headers={"Accept": "text/event-stream", "Cache-Control": "no-store"},
        )
        return await self._client.send(request, stream=True)

    async def _move(self, response: httpx.Response, path: str) -> bool:
        """Follows a redirect within the same server, if it is as safe: from http to https, to a
        path with the same end, or to one with a trailing slash.

        The key is given to no other host, and a sign-in page is no place for a call.
        """
        place = self._moved_to(response, path) if response.is_redirect else None
        if place is None or self._moves >= _MOST_MOVES:
            return False
        self._moves += 1
        await response.aclose()
        if place.scheme != self._root.scheme:
            await self._client.aclose()
            self._root = place
            self._client = self._new_client()
        self._root = place
        return True

    def _moved_to(self, response: httpx.Response, path: str) -> httpx.URL | None:
        try:
            place = response.url.join(response.headers["location"])
        except (KeyError, httpx.InvalidURL):
            return None
        # Another port may belong to another server.
        is_secured = (place.scheme, place.port, self._root.port) == ("https", None, None)
        is_safe = is_secured or (place.scheme, place.port) == (self._root.scheme, self._root.port)
        plain = place.path.rstrip("/")
        if place.host != self._root.host or not is_safe or not plain.endswith(path):
            return None
        if place == response.url:
            return None
        self._tail = place.path[len(plain) :][:1]
        return self._root.copy_with(
            scheme=place.scheme, port=place.port, path=plain.removesuffix(path)
        )

    async def refuse_wrong_scheme(self) -> None:
        """Raises ``ProviderError`` (WRONG_SCHEME) if the server speaks the other one of http and
        https.

        Nothing of the author's is sent for that.
        """
        if proxy_for(self._root) is None and (wrong := await wrong_scheme(self._root)):
            raise wrong

    async def _named(self, error: httpx.HTTPError) -> ProviderError:
        """Returns the error for a failure before an answer began; names a wrong scheme, or the
        issuer of a rejected certificate."""
        if refusal := certificate_error(error):
            is_direct = proxy_for(self._root) is None
            return await certificate_refused(refusal, self._root, is_direct=is_direct)
        if isinstance(error, _OF_A_WRONG_SCHEME):
            try:
                await self.refuse_wrong_scheme()
            except ProviderError as wrong:
                return wrong
        return self.failure(error)

    def failure(self, error: httpx.HTTPError) -> ProviderError:
        """Returns the error for a connection failure; mentions the proxy, if one was used."""
        failure = error_for_exception(error, self.key)
        if failure.kind is ErrorKind.CONNECTION and isinstance(
            error, httpx.ConnectError | httpx.ProxyError | httpx.ConnectTimeout
        ):
            way = describe_proxy(self._root)
            if way:
                return ProviderError(failure.kind, f"{failure.message} ({way})")
        return failure

    async def get_json(
        self, path: str, *, at_root: bool = False, seconds: float = _LISTING_SECONDS
    ) -> object:
        """Returns the JSON value at a path; ``at_root`` means beside the API instead of in it.

        Raises ``ProviderError`` (NOT_AN_API for anything else).
        """
        wanted = _Wanted("GET", path, seconds, at_root=at_root)
        return self._value(*await self._get(wanted))

    async def post_json(self, path: str, body: Mapping[str, object], seconds: float) -> object:
        """Returns the JSON answer to a POST beside the API; see ``get_json``."""
        wanted = _Wanted("POST", path, seconds, body, at_root=True)
        return self._value(*await self._get(wanted))

    def _value(self, headers: httpx.Headers, body: bytes) -> object:
        data = parse_json(body)
        if data is None and body.strip() != b"null":
            if body.lstrip()[:1] == b"<":
                raise error_for_page(HTTPStatus.OK, headers, body, self.key)
            raise ProviderError(ErrorKind.NOT_AN_API, "the server did not answer with JSON")
        if isinstance(data, Mapping) and data.get("error"):
            raise error_for_object(data, self.key)
        return data

    async def _get(self, wanted: _Wanted) -> tuple[httpx.Headers, bytes]:
        try:
            return await self._read(wanted, min(self._connect, _SOON_SECONDS))
        except httpx.ConnectTimeout:
            # A server that speaks http would wait for the end of a line that never comes.
            await self.refuse_wrong_scheme()
        except httpx.HTTPError as error:
            raise await self._named(error) from error
        try:
            return await self._read(wanted, self._connect)
        except httpx.HTTPError as error:
            # The scheme is known to be right by now.
            raise self.failure(error) from error

    async def _read(self, wanted: _Wanted, connect: float) -> tuple[httpx.Headers, bytes]:
        timeout = httpx.Timeout(None, connect=connect)
        url = self._beside(wanted.path) if wanted.at_root else self._url(wanted.path)
        try:
            async with (
                asyncio.timeout(wanted.seconds),
                self._client.stream(
                    wanted.method, url, json=wanted.body, timeout=timeout
                ) as response,
            ):
                if not wanted.at_root and await self._move(response, wanted.path):
                    return await self._read(wanted, self._connect)
                if not response.is_success:
                    raise await self._refusal(response)
                return response.headers, await read_body(response, _MAX_LISTING_BYTES)
        except TimeoutError:
            raise ProviderError(
                ErrorKind.FIRST_TOKEN_TIMEOUT, "the server did not answer in time"
            ) from None

    async def aclose(self) -> None:
        """Closes all connections."""
        await self._client.aclose()

    def _beside(self, path: str) -> httpx.URL:
        root = self._root.path.rstrip("/").removesuffix("/v1")
        return self._root.copy_with(path=root + path)

    def _url(self, path: str) -> httpx.URL:
        return self._root.copy_with(path=f"{self._root.path.rstrip('/')}{path}{self._tail}")

    async def _refusal(self, response: httpx.Response) -> ProviderError:
        body = bytearray()
        try:
            async with asyncio.timeout(_ERROR_SECONDS):
                async with aclosing(decompressed(response)) as chunks:
                    async for chunk in chunks:
                        body += chunk
                        if len(body) > _MAX_ERROR_BYTES:
                            break
        except (TimeoutError, httpx.HTTPError, ProviderError):
            # A part could hold half of the key, which would not be recognised.
            body.clear()
        finally:
            await response.aclose()
        refusal = error_for_status(response.status_code, response.headers, bytes(body), self.key)
        return RefusedError(refusal, response.status_code)


async def read_body(response: httpx.Response, limit: int) -> bytes:
    """Returns the whole body. Raises ``ProviderError`` (INVALID_ANSWER) beyond ``limit`` bytes."""
    body = bytearray()
    async with aclosing(decompressed(response)) as chunks:
        async for chunk in chunks:
            body += chunk
            if len(body) > limit:
                raise ProviderError(ErrorKind.INVALID_ANSWER, "the answer does not end")
    return bytes(body)
