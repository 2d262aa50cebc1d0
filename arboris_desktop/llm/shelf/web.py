"""Requests to the hubs: every redirect is checked, and every failure is a ``ProviderError``.

Nothing that is sent identifies the author or this computer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus

import httpx

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.profiles import is_loopback
from arboris_desktop.llm.wire.error_response import parse_json
from arboris_desktop.llm.wire.proxies import proxy_for
from arboris_desktop.llm.wire.refusals import error_for_exception
from arboris_desktop.llm.wire.retry_after import retry_after_seconds
from arboris_desktop.llm.wire.trust import for_a_thread

_MOST_REDIRECTS = 5
_MOST_OF_A_LISTING = 20_000_000
_TIMEOUT = httpx.Timeout(60.0, connect=15.0)
_HEADERS = {"User-Agent": "Arboris Desktop", "Accept-Encoding": "identity"}
_KINDS = {
    HTTPStatus.UNAUTHORIZED: ErrorKind.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN: ErrorKind.UNAUTHORIZED,
    HTTPStatus.NOT_FOUND: ErrorKind.MODEL_NOT_FOUND,
    HTTPStatus.GONE: ErrorKind.MODEL_NOT_FOUND,
    HTTPStatus.TOO_MANY_REQUESTS: ErrorKind.RATE_LIMITED,
}


@contextmanager
def opened(address: str, headers: Mapping[str, str] | None = None) -> Iterator[httpx.Response]:
    """Yields the response after redirects, with its body still to be read.

    Raises ``ProviderError`` on the way; reading the body raises httpx's errors, see ``failure_of``.
    """
    url = httpx.URL(address)
    for _ in range(_MOST_REDIRECTS + 1):
        _refuse_insecure(url)
        with _client(url) as client, client.stream("GET", url, headers=headers) as response:
            if response.next_request is None:
                yield response
                return
            url = response.next_request.url
    raise ProviderError(ErrorKind.NOT_AN_API, "the hub redirects again and again")


def listing_at(address: str) -> object:
    """Returns the JSON value at an address. Raises ``ProviderError``."""
    body = bytearray()
    try:
        with opened(address) as response:
            refuse_failure(response)
            for piece in response.iter_raw():
                body += piece
                if len(body) > _MOST_OF_A_LISTING:
                    raise ProviderError(ErrorKind.NOT_AN_API, "the hub's list does not end")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise error_for_exception(error, None) from error
    return parse_json(bytes(body))


def refuse_failure(response: httpx.Response) -> None:
    """Raises ``ProviderError`` for an unsuccessful status."""
    if response.is_success:
        return
    status = response.status_code
    kind = _KINDS.get(HTTPStatus(status)) if status in _KINDS else None
    if kind is None:
        is_server = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        kind = ErrorKind.SERVER_ERROR if is_server else ErrorKind.REQUEST_REFUSED
    wait = retry_after_seconds(response.headers, None, "")
    raise ProviderError(kind, f"the hub answered with status {status}", retry_after=wait)


def _client(url: httpx.URL) -> httpx.Client:
    proxy = proxy_for(url)
    return httpx.Client(
        headers=_HEADERS,
        timeout=_TIMEOUT,
        verify=for_a_thread(url, proxy),
        proxy=proxy,
        trust_env=False,
        follow_redirects=False,
    )


def _refuse_insecure(url: httpx.URL) -> None:
    """The hash protects the download, but comes from the hub itself."""
    if url.scheme != "https" and not (url.scheme == "http" and is_loopback(url.host)):
        raise ProviderError(ErrorKind.NOT_AN_API, "models are fetched over https only")
