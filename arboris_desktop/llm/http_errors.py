"""What a failed HTTP call means, and a message about it that is short and holds no secret."""

from __future__ import annotations

import email.utils
import json
import re
import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from http import HTTPStatus

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError

MESSAGE_LENGTH = 300
"""Characters of a server's message that are passed on."""

RETRY_AFTER_CEILING = 3600.0
"""Seconds; a server that asks for more is asked again after an hour."""

_QUOTA = re.compile(
    r"insufficient[ _-]?(user[ _-]?)?(quota|balance|funds?|credits?)|exceeded your current quota"
    r"|out of credits|arrearage|freetieronly|余额不足|额度不足|欠费",
    re.IGNORECASE,
)
_CONTEXT = re.compile(
    r"context[ _-]?(length|size|window|limit)|max[^.]{0,20} context|too long|too many tokens"
    r"|(prompt|input|request|message)s? (is |are )?too large|exceed|过长|超出",
    re.IGNORECASE,
)
_CONTEXT_SIZE = re.compile(r"context[ _](size|length|window)", re.IGNORECASE)
_WORDS = (
    (ErrorKind.RATE_LIMITED, re.compile(r"rate[ _-]?limit|too many requests", re.IGNORECASE)),
    (ErrorKind.CONTEXT_TOO_LONG, _CONTEXT_SIZE),
    (
        ErrorKind.UNAUTHORIZED,
        re.compile(r"invalid[ _]api[ _]key|authentication|unauthorized|permission", re.IGNORECASE),
    ),
    (ErrorKind.MODEL_NOT_FOUND, re.compile(r"model[ _]not[ _](found|exist)", re.IGNORECASE)),
    (ErrorKind.REQUEST_REFUSED, re.compile(r"invalid_request|content_filter", re.IGNORECASE)),
)


def clean_message(text: str, secret: str | None) -> str:
    """One short line without control characters, in which the secret is replaced by ``***``."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    if secret:
        line = line.replace(secret, "***")
    return line if len(line) <= MESSAGE_LENGTH else line[: MESSAGE_LENGTH - 1] + "…"


def retry_after_seconds(value: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a ``Retry-After`` header asks to wait: a number, or an HTTP date."""
    if value is None:
        return None
    try:
        seconds = float(value)
    except ValueError:
        try:
            moment = email.utils.parsedate_to_datetime(value)
        except (ValueError, OverflowError):
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    # The comparison also turns away "nan", which float() accepts.
    return min(seconds, RETRY_AFTER_CEILING) if seconds >= 0 else None


def error_for_status(
    status: int, headers: Mapping[str, str], body: bytes, secret: str | None
) -> ProviderError:
    """The error for an HTTP answer that is not a success."""
    if HTTPStatus.MULTIPLE_CHOICES <= status < HTTPStatus.BAD_REQUEST:
        place = clean_message(headers.get("location", "another address"), secret)
        # Following it could hand the key to another host.
        return ProviderError(
            ErrorKind.NOT_AN_API, f"the server redirects to {place}; use that address"
        )
    data = parse_json(body)
    said = _said(data) if data is not None else _plain_text(headers, body)
    message = clean_message(said, secret) or _phrase(status)
    return ProviderError(
        _kind_of_status(status, data, said),
        message,
        retry_after=retry_after_seconds(headers.get("retry-after")),
    )


def error_for_object(error: object, secret: str | None) -> ProviderError:
    """The error for an ``error`` object that came inside an answer or a stream."""
    said = _said({"error": error})
    message = clean_message(said, secret) or "the server reported an error without a message"
    code = error.get("code") if isinstance(error, Mapping) else None
    if isinstance(code, str) and re.fullmatch(r"\d{3}", code):
        code = int(code)
    if isinstance(code, int) and HTTPStatus.BAD_REQUEST <= code < 600:
        return ProviderError(_kind_of_status(code, {"error": error}, said), message)
    if _QUOTA.search(said):
        return ProviderError(ErrorKind.QUOTA_EXHAUSTED, message)
    kinds = (kind for kind, words in _WORDS if words.search(said))
    return ProviderError(next(kinds, ErrorKind.SERVER_ERROR), message)


def error_for_exception(error: Exception, secret: str | None) -> ProviderError:
    """The error for an exception of httpx: no answer came, or only a part of one."""
    if isinstance(error, httpx.ConnectTimeout):
        return ProviderError(ErrorKind.CONNECTION, "the server did not accept the connection")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL):
        return ProviderError(ErrorKind.NOT_AN_API, clean_message(str(error), secret))
    if isinstance(error, httpx.ConnectError) and _is_about_tls(error):
        return ProviderError(ErrorKind.TLS, clean_message(str(error), secret))
    message = clean_message(str(error), secret) or "the connection was closed"
    return ProviderError(ErrorKind.CONNECTION, message)


def parse_json(body: bytes) -> object | None:
    """The JSON value of a body, or ``None``."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value


def _kind_of_status(status: int, data: object | None, said: str) -> ErrorKind:
    if status == HTTPStatus.PAYMENT_REQUIRED or (status < 500 and _QUOTA.search(said)):
        return ErrorKind.QUOTA_EXHAUSTED
    if status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN):
        return ErrorKind.UNAUTHORIZED
    if status == HTTPStatus.NOT_FOUND:
        # Web frameworks say exactly this about an address that they do not serve.
        unknown_address = data is None or data == {"detail": "Not Found"}
        return ErrorKind.NOT_AN_API if unknown_address else ErrorKind.MODEL_NOT_FOUND
    if status == HTTPStatus.TOO_MANY_REQUESTS:
        return ErrorKind.RATE_LIMITED
    if _is_context_too_long(status, said):
        return ErrorKind.CONTEXT_TOO_LONG
    if status >= 500 or status == HTTPStatus.REQUEST_TIMEOUT:
        return ErrorKind.SERVER_ERROR
    return ErrorKind.REQUEST_REFUSED


def _is_context_too_long(status: int, said: str) -> bool:
    if status == HTTPStatus.BAD_REQUEST:
        return _CONTEXT.search(said) is not None
    # llama.cpp reports with 500 what it notices only while answering.
    if status == HTTPStatus.INTERNAL_SERVER_ERROR:
        return _CONTEXT_SIZE.search(said) is not None
    return status == HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def _said(data: object) -> str:
    """The message in the shapes that servers use, followed by its machine-readable words."""
    if isinstance(data, list):
        data = data[0] if data else None
    if not isinstance(data, Mapping):
        return data if isinstance(data, str) else ""
    error = data.get("error", data)
    if not isinstance(error, Mapping):
        return str(error)
    message = next((error[k] for k in ("message", "detail", "error", "msg") if error.get(k)), "")
    message = message if isinstance(message, str) else json.dumps(message, ensure_ascii=False)
    words = [str(error[k]) for k in ("code", "type", "param") if error.get(k)]
    extra = ", ".join(word for word in words if word not in message)
    return f"{message} ({extra})" if extra and message else message or extra


def _plain_text(headers: Mapping[str, str], body: bytes) -> str:
    text = body[:4000].decode("utf-8", "replace")
    if "html" in headers.get("content-type", "") or text.lstrip()[:1] == "<":
        title = re.search(r"<title[^>]*>(.*?)</title>", text, re.IGNORECASE | re.DOTALL)
        return f"a web page: {title[1]}" if title else "a web page"
    return text


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
