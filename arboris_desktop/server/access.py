"""Access to the server: the token, the names by which it is called, and limits on what is sent."""

from __future__ import annotations

import asyncio
import hmac
import ipaddress
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from arboris_desktop.domain.record import record
from arboris_desktop.server.request_timeout import REQUEST_SECONDS

MOST_BYTES = 64 * 1024
"""The longest body: no call of this interface needs one."""

_POLICY_VIOLATION = 1008


def is_loopback(host: str) -> bool:
    """True for names and addresses that only this computer reaches."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@record
class Access:
    """The rules of access. Without a ``token``, everybody on this computer may call.

    ``hosts`` and ``origins`` are allowed besides this computer's own names.
    """

    token: str = ""
    hosts: frozenset[str] = frozenset()
    origins: frozenset[str] = frozenset()

    def refusal(self, scope: Scope) -> tuple[HTTPStatus, str] | None:
        """The reason for which a request is refused, or ``None``."""
        headers = Headers(scope=scope)
        host = urlsplit(f"//{headers.get('host', '')}").hostname or ""
        # A name that was rebound to this computer must not reach it; with a token, none can.
        if not (self.token or is_loopback(host) or host in self.hosts):
            return HTTPStatus.FORBIDDEN, f"this server is not called '{host}'"
        origin = headers.get("origin")
        if origin is not None and not self._is_allowed(origin, headers.get("host", "")):
            return HTTPStatus.FORBIDDEN, f"pages of {origin} may not call this server"
        if self.token and not self._knows_token(scope, headers):
            return HTTPStatus.UNAUTHORIZED, "the token is missing or wrong"
        return None

    def _is_allowed(self, origin: str, host: str) -> bool:
        return origin in self.origins or urlsplit(origin).netloc == host

    def _knows_token(self, scope: Scope, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        # Headers are bytes that were read as Latin-1; who has a token of other letters sends UTF-8.
        found = given.encode("latin-1") if scheme.lower() == "bearer" else b""
        if not found and scope["type"] == "websocket":
            # A browser's WebSocket can send no header.
            query = parse_qs(scope["query_string"].decode("latin-1"))
            found = query.get("token", [""])[0].encode()
        return hmac.compare_digest(found.strip(), self.token.encode(errors="surrogateescape"))


class Guard:
    """Refuses what the rules of access do not allow, before anything else sees it."""

    def __init__(self, app: ASGIApp, access: Access) -> None:
        self._app = app
        self._access = access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Called by the server for each request."""
        if scope["type"] not in ("http", "websocket"):
            await self._app(scope, receive, send)
            return
        refusal = self._access.refusal(scope)
        if scope["type"] == "websocket":
            await self._websocket(refusal, scope, receive, send)
            return
        refusal = refusal or await _too_large(scope, receive)
        if refusal is None:
            await self._app(scope, receive, send)
            return
        status, reason = refusal
        asked_for = {"WWW-Authenticate": "Bearer"} if status is HTTPStatus.UNAUTHORIZED else None
        await JSONResponse({"detail": reason}, status, headers=asked_for)(scope, receive, send)

    async def _websocket(
        self,
        refusal: tuple[HTTPStatus, str] | None,
        scope: Scope,
        receive: Receive,
        send: Send,
    ) -> None:
        if refusal is None:
            await self._app(scope, receive, send)
        elif "websocket.http.response" in scope.get("extensions", {}):
            status, reason = refusal
            await _deny(send, status, reason)
        else:
            await WebSocketClose(_POLICY_VIOLATION, refusal[1])(scope, receive, send)


async def _deny(send: Send, status: HTTPStatus, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    start = {"type": "websocket.http.response.start", "status": int(status), "headers": headers}
    await send(start)
    await send({"type": "websocket.http.response.body", "body": reason.encode()})


async def _too_large(scope: Scope, receive: Receive) -> tuple[HTTPStatus, str] | None:
    """Reads a body of unknown length up to the limit, and drops it: no call needs one."""
    refusal = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, f"at most {MOST_BYTES} bytes may be sent"
    headers = Headers(scope=scope)
    given = headers.get("content-length")
    if given is not None:
        return (
            refusal if given.isascii() and given.isdecimal() and int(given) > MOST_BYTES else None
        )
    if "transfer-encoding" not in headers:
        return None
    try:
        async with asyncio.timeout(REQUEST_SECONDS):
            return refusal if await _is_too_large(receive) else None
    except TimeoutError:
        return HTTPStatus.REQUEST_TIMEOUT, "the body did not come"


async def _is_too_large(receive: Receive) -> bool:
    size = 0
    while True:
        message = await receive()
        size += len(message.get("body", b""))
        if size > MOST_BYTES:
            return True
        if not message.get("more_body", False):
            return False
