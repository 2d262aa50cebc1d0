"""The token, whatever its letters, and nothing but the token."""

from __future__ import annotations

from http import HTTPStatus
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from arboris_desktop.server.access import Access

TOKENS = st.text(st.characters(exclude_categories=("C", "Z")), min_size=1)


def refusal(token: str, kind: str, authorization: bytes = b"", query: bytes = b"") -> int | None:
    headers = [(b"host", b"127.0.0.1:8000"), (b"authorization", authorization)]
    scope = {"type": kind, "headers": headers, "query_string": query}
    refused = Access(token).refusal(scope)
    return None if refused is None else refused[0]


@given(TOKENS)
def test_the_token_lets_in(token: str) -> None:
    assert refusal(token, "http", b"Bearer " + token.encode()) is None
    assert refusal(token, "websocket", query=f"after=1&token={quote(token)}".encode()) is None


@given(TOKENS, TOKENS)
def test_another_does_not(token: str, other: str) -> None:
    assume(token != other)
    assert refusal(token, "http", b"Bearer " + other.encode()) == HTTPStatus.UNAUTHORIZED
    query = f"token={quote(other)}".encode()
    assert refusal(token, "websocket", query=query) == HTTPStatus.UNAUTHORIZED
    # In an address it may be written down by who passes it on: only a browser has to.
    query = f"token={quote(token)}".encode()
    assert refusal(token, "http", query=query) == HTTPStatus.UNAUTHORIZED


@given(st.binary(), st.binary())
def test_any_bytes_are_refused_without_an_error(authorization: bytes, query: bytes) -> None:
    assert refusal("token", "websocket", b"Bearer x" + authorization, query) is not None


@pytest.mark.parametrize("given", [b"", b"Bearer", b"Bearer ", b"Basic token", b"token"])
def test_what_is_no_bearer_does_not(given: bytes) -> None:
    assert refusal("token", "http", given) == HTTPStatus.UNAUTHORIZED
