"""Turning HTTP faults into ``ProviderError``: what happened, without secrets."""

from __future__ import annotations

import json
import ssl
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError

MAX_RETRY_AFTER_SECONDS = 3600.0
_MAX_MESSAGE = 300
_BY_STATUS = {
    401: ErrorKind.UNAUTHORIZED,
    402: ErrorKind.QUOTA_EXHAUSTED,
    403: ErrorKind.UNAUTHORIZED,
    404: ErrorKind.MODEL_NOT_FOUND,
    408: ErrorKind.SERVER_ERROR,
    413: ErrorKind.CONTEXT_TOO_LONG,
    425: ErrorKind.SERVER_ERROR,
    429: ErrorKind.RATE_LIMITED,
}
_QUOTA_WORDS = ("insufficient_quota", "insufficient balance", "exceeded your current quota")
_CONTEXT_WORDS = ("context_length", "context length", "context size", "too long", "maximum context")


def error_from_response(
    status: int, headers: httpx.Headers, body: str, secret: str | None
) -> ProviderError:
    """The error for an answer with a status other than 200."""
    message = clean_message(f"HTTP {status}: {_message_in(body)}", secret)
    return ProviderError(_kind(status, headers, body), message, retry_after=_retry_after(headers))


def _kind(status: int, headers: httpx.Headers, body: str) -> ErrorKind:
    lower = body.lower()
    is_page = "html" in headers.get("content-type", "") or lower.lstrip().startswith("<!doctype")
    if status == 429 and any(words in lower for words in _QUOTA_WORDS):
        return ErrorKind.QUOTA_EXHAUSTED
    if status == 404 and (is_page or _message_in(body) == body.strip()):
        return ErrorKind.NOT_AN_API
    if status in (400, 422) and any(words in lower for words in _CONTEXT_WORDS):
        return ErrorKind.CONTEXT_TOO_LONG
    if status >= 500:
        return ErrorKind.SERVER_ERROR
    return _BY_STATUS.get(status, ErrorKind.REQUEST_REFUSED)


def error_in_stream(error: object, secret: str | None) -> ProviderError:
    """The error for an error object inside a stream of status 200."""
    text = json.dumps(error, ensure_ascii=False)
    code = error.get("code") if isinstance(error, dict) else None
    status = code if isinstance(code, int) and 400 <= code < 600 else 500
    kind = _kind(status, httpx.Headers(), text)
    return ProviderError(kind, clean_message(_message_in(text), secret))


def error_from_exception(error: Exception, secret: str | None) -> ProviderError:
    """The error for a request that got no usable answer at all."""
    message = clean_message(f"{type(error).__name__}: {error}", secret)
    if isinstance(error, httpx.ConnectError) and _is_tls(error):
        return ProviderError(ErrorKind.TLS, message)
    if isinstance(error, (httpx.InvalidURL, httpx.UnsupportedProtocol)):
        return ProviderError(ErrorKind.NOT_AN_API, message)
    return ProviderError(ErrorKind.CONNECTION, message)


def _is_tls(error: BaseException | None) -> bool:
    while error is not None:
        if isinstance(error, ssl.SSLError):
            return True
        error = error.__cause__ or error.__context__
    return False


def clean_message(text: str, secret: str | None) -> str:
    """One short line without control characters and without the key."""
    if secret:
        text = text.replace(secret, "***")
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line[:_MAX_MESSAGE]


def _message_in(body: str) -> str:
    try:
        data = json.loads(body)
    except ValueError:
        return body.strip()
    while isinstance(data, dict):
        inner = data.get("error", data.get("message", data.get("detail")))
        if inner is None:
            break
        data = inner
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def _retry_after(headers: httpx.Headers) -> float | None:
    value = headers.get("retry-after")
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            when = parsedate_to_datetime(value)
        except ValueError:
            return None
        seconds = (when.replace(tzinfo=when.tzinfo or UTC) - datetime.now(UTC)).total_seconds()
    return min(max(seconds, 0.0), MAX_RETRY_AFTER_SECONDS)
