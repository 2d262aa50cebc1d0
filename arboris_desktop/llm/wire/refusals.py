"""The meaning of a failed HTTP call, with a short message that contains no secret."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.wire.error_response import (
    ErrorResponse,
    decode_body,
    parse_error,
    read_error_response,
)
from arboris_desktop.llm.wire.refusal_codes import CODES, CODES_OF_MINIMAX
from arboris_desktop.llm.wire.refusal_table import ANY, SCHEME, TABLE
from arboris_desktop.llm.wire.retry_after import retry_after_seconds
from arboris_desktop.text.patterns import lazy_pattern

MESSAGE_LENGTH = 300
"""Characters of a server's message that are passed on."""

_CHALLENGE = lazy_pattern(
    r"just a moment|attention required|checking your browser|captcha|challenge|security check"
    r"|you have been blocked|access denied|ddos|incapsula|imperva|akamai|sucuri|\bwaf\b|firewall"
    r"|verify you are human|error 10\d\d|安全验证|人机验证|访问被(阻断|拒绝)|拦截|安全威胁"
    r"|滑动验证",
    re.IGNORECASE,
)


def clean_message(text: str, secret: str | None) -> str:
    """Returns one short line without control characters, with the secret replaced by ``***``."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    line = without_secret(line, secret)
    return line if len(line) <= MESSAGE_LENGTH else line[: MESSAGE_LENGTH - 1] + "…"


def without_secret(text: str, secret: str | None) -> str:
    """Returns a server's text with the key that it was sent replaced by ``***``."""
    return text.replace(secret, "***") if secret else text


def error_for_status(
    status: int, headers: Mapping[str, str], body: bytes, secret: str | None
) -> ProviderError:
    """Returns the error for an unsuccessful HTTP response."""
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        place = clean_message(headers.get("location", "another address"), secret)
        # Following it could hand the key to another host.
        return ProviderError(
            ErrorKind.NOT_AN_API, f"the server redirects to {place}; use that address"
        )
    data = parse_error(body)
    if data is None and _is_page(headers, body):
        return error_for_page(status, headers, body, secret)
    text = "" if data is not None else decode_body(body[:4000])
    said = read_error_response(status, headers, data, text)
    message = clean_message(said.message, secret) or _phrase(status)
    if said.wait is not None and retry_after_seconds({}, data, said.words) is None:
        # Only its header says so, which the author does not see.
        message = f"{message} (wait {said.wait:.0f} s)"
    return ProviderError(_kind(said), message, retry_after=said.wait)


def error_for_page(
    status: int, headers: Mapping[str, str], body: bytes, secret: str | None
) -> ProviderError:
    """Returns the error for a web page in place of an answer."""
    text = decode_body(body[:20_000])
    title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
    message = clean_message(f"a web page: {title[1]}" if title else "a web page", secret)
    wait = retry_after_seconds(headers, None, "")
    return ProviderError(_kind_of_page(status, headers, text), message, retry_after=wait)


def error_for_object(error: object, secret: str | None) -> ProviderError:
    """Returns the error that arrived within an answer or a stream, in whatever shape."""
    if isinstance(error, str) and error.lstrip()[:1] == "<":
        return error_for_page(HTTPStatus.BAD_GATEWAY, {}, error.encode(), secret)
    said = read_error_response(None, {}, error, error if isinstance(error, str) else "")
    message = (
        clean_message(said.message, secret) or "the server reported an error without a message"
    )
    status = next((int(code) for code in said.codes if re.fullmatch(r"[45]\d\d", code)), None)
    return ProviderError(_kind(replace(said, status=status)), message, retry_after=said.wait)


def error_for_exception(error: Exception, secret: str | None) -> ProviderError:
    """Returns the error for an exception of httpx: no answer came, or only a part of one."""
    if isinstance(error, httpx.ConnectTimeout):
        return ProviderError(ErrorKind.CONNECTION, "the server did not accept the connection")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return ProviderError(ErrorKind.NOT_AN_API, clean_message(str(error), secret))
    if isinstance(error, httpx.ConnectError) and _is_about_tls(error):
        return ProviderError(ErrorKind.TLS, clean_message(str(error), secret))
    message = clean_message(str(error), secret) or "the connection was closed"
    return ProviderError(ErrorKind.CONNECTION, message)


# --- what it means ---


def _kind(said: ErrorResponse) -> ErrorKind:
    codes = CODES_OF_MINIMAX if said.is_minimax else CODES
    for code in said.codes:
        # The code of an invalid request says less than the words beside it.
        if codes.get(code, ErrorKind.REQUEST_REFUSED) is not ErrorKind.REQUEST_REFUSED:
            return codes[code]
    for line in TABLE:
        fits = said.status in line.statuses or (line.statuses is ANY)
        if not fits or (line.needs_wait is not None and line.needs_wait != (said.wait is not None)):
            continue
        if line.words.search(said.words) and not (line.unless and line.unless.search(said.words)):
            return line.kind
    if any(code in codes for code in said.codes):
        return ErrorKind.REQUEST_REFUSED
    return _kind_of_status(said.status, said)


_BY_STATUS: dict[int, ErrorKind] = {
    HTTPStatus.UNAUTHORIZED: ErrorKind.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN: ErrorKind.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED: ErrorKind.QUOTA_EXHAUSTED,
    HTTPStatus.METHOD_NOT_ALLOWED: ErrorKind.NOT_AN_API,
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED: ErrorKind.BROKEN_VARIABLE,
    HTTPStatus.REQUEST_TIMEOUT: ErrorKind.SERVER_ERROR,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: ErrorKind.CONTEXT_TOO_LONG,
    HTTPStatus.FAILED_DEPENDENCY: ErrorKind.SERVER_ERROR,
    HTTPStatus.TOO_EARLY: ErrorKind.SERVER_ERROR,
    HTTPStatus.TOO_MANY_REQUESTS: ErrorKind.RATE_LIMITED,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS: ErrorKind.REGION,
    # Not standardised: capacity at Groq, and a gateway that gave up on the server behind it.
    498: ErrorKind.SERVER_ERROR,
    499: ErrorKind.SERVER_ERROR,
    HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED: ErrorKind.GUARD_PAGE,
}


def _kind_of_status(status: int | None, said: ErrorResponse) -> ErrorKind:
    """Returns the kind of error by the status alone."""
    if status is None or (status >= HTTPStatus.INTERNAL_SERVER_ERROR and status not in _BY_STATUS):
        return ErrorKind.SERVER_ERROR
    if status == HTTPStatus.NOT_FOUND:
        speaks_of_model = re.search(r"\bmodels?\b|模型|deployment", said.words, re.IGNORECASE)
        return ErrorKind.MODEL_NOT_FOUND if speaks_of_model else ErrorKind.NOT_AN_API
    return _BY_STATUS.get(status, ErrorKind.REQUEST_REFUSED)


def _kind_of_page(status: int, headers: Mapping[str, str], text: str) -> ErrorKind:
    guarded = "cf-mitigated" in headers or _CHALLENGE.search(text[:8000]) is not None
    if SCHEME.search(text):
        return ErrorKind.WRONG_SCHEME
    if status == HTTPStatus.NETWORK_AUTHENTICATION_REQUIRED:
        # The login page of the network in a hotel or a train.
        return ErrorKind.GUARD_PAGE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        # A gateway's page about a server that is down may name the guard, too.
        is_asked = re.search(r"just a moment|captcha|checking your browser", text, re.IGNORECASE)
        stands_before = status == HTTPStatus.SERVICE_UNAVAILABLE and guarded and is_asked
        return ErrorKind.GUARD_PAGE if stands_before else ErrorKind.SERVER_ERROR
    if status == HTTPStatus.FORBIDDEN or guarded:
        return ErrorKind.GUARD_PAGE
    return _BY_STATUS.get(status, ErrorKind.NOT_AN_API)


def _is_page(headers: Mapping[str, str], body: bytes) -> bool:
    return "html" in headers.get("content-type", "").lower() or body.lstrip()[:1] == b"<"


def _phrase(status: int) -> str:
    try:
        return f"HTTP {status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"HTTP {status}"


def _is_about_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLEOFError):
            return False
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False
