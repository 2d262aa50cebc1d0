from __future__ import annotations

import json
import ssl

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.llm.wire.refusals import (
    MESSAGE_LENGTH,
    clean_message,
    error_for_exception,
    error_for_object,
    error_for_status,
)

JSON = {"content-type": "application/json"}


def error(status: int, message: str, **fields: object) -> ProviderError:
    body = json.dumps({"error": {"message": message, **fields}}).encode()
    return error_for_status(status, JSON, body, "sk-key")


@pytest.mark.parametrize(
    ("status", "message", "kind"),
    [
        (400, "Unknown parameter: 'foo'", ErrorKind.REQUEST_REFUSED),
        (400, "This model's maximum context length is 8192 tokens", ErrorKind.CONTEXT_TOO_LONG),
        (400, "prompt is too long: 9000 tokens", ErrorKind.CONTEXT_TOO_LONG),
        (
            400,
            "request (9000 tokens) exceeds the available context size",
            ErrorKind.CONTEXT_TOO_LONG,
        ),
        (400, "Arrearage: the account is overdue", ErrorKind.QUOTA_EXHAUSTED),
        (401, "Incorrect API key provided", ErrorKind.UNAUTHORIZED),
        (402, "Insufficient Balance", ErrorKind.QUOTA_EXHAUSTED),
        (403, "Country not supported", ErrorKind.REGION),
        (403, "AllocationQuota.FreeTierOnly", ErrorKind.QUOTA_EXHAUSTED),
        (404, "The model `x` does not exist", ErrorKind.MODEL_NOT_FOUND),
        (405, "Method Not Allowed", ErrorKind.NOT_AN_API),
        (408, "Request Timeout", ErrorKind.SERVER_ERROR),
        (413, "Payload too large", ErrorKind.CONTEXT_TOO_LONG),
        (422, "temperature must be below 2", ErrorKind.REQUEST_REFUSED),
        (429, "Rate limit reached for requests", ErrorKind.RATE_LIMITED),
        (429, "You exceeded your current quota, please check", ErrorKind.QUOTA_EXHAUSTED),
        (429, "账户余额不足", ErrorKind.QUOTA_EXHAUSTED),
        (500, "Internal error", ErrorKind.SERVER_ERROR),
        (500, "Context size has been exceeded.", ErrorKind.CONTEXT_TOO_LONG),
        (503, "Loading model", ErrorKind.SERVER_ERROR),
        (529, "Overloaded", ErrorKind.SERVER_ERROR),
    ],
)
def test_a_status_means(status: int, message: str, kind: ErrorKind) -> None:
    failure = error(status, message)
    assert failure.kind is kind
    assert failure.message == message


def test_the_code_of_the_error_counts_too() -> None:
    assert error(429, "No", code="insufficient_quota").kind is ErrorKind.QUOTA_EXHAUSTED
    assert error(400, "No", code="context_length_exceeded").kind is ErrorKind.CONTEXT_TOO_LONG


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ({"error": "model 'x' not found"}, "model 'x' not found"),
        ({"message": "wrong"}, "wrong"),
        (
            {"detail": [{"loc": ["body", "stream_options"]}]},
            '[{"loc": ["body", "stream_options"]}]',
        ),
        ([{"error": {"message": "in a list", "status": "X"}}], "in a list"),
        ("just a string", "just a string"),
        ({"error": {}}, "HTTP 400 Bad Request"),
        ({}, "HTTP 400 Bad Request"),
        ([], "HTTP 400 Bad Request"),
        (17, "HTTP 400 Bad Request"),
    ],
)
def test_messages_are_found_in_every_shape(body: object, message: str) -> None:
    assert error_for_status(400, JSON, json.dumps(body).encode(), None).message == message


def test_what_is_not_json_at_an_unknown_address_is_no_api() -> None:
    html = {"content-type": "text/html"}
    page = error_for_status(404, html, b"<html><title>Not\n here</title>", None)
    assert page.kind is ErrorKind.NOT_AN_API
    assert page.message == "a web page: Not here"
    framework = error_for_status(404, JSON, b'{"detail":"Not Found"}', None)
    assert framework.kind is ErrorKind.NOT_AN_API
    gateway = error_for_status(502, html, b"<html></html>", None)
    assert (gateway.kind, gateway.message) == (ErrorKind.SERVER_ERROR, "a web page")


def test_a_status_without_a_name() -> None:
    assert error_for_status(599, {}, b"", None).message == "HTTP 599"


def test_deeply_nested_json_is_only_text() -> None:
    assert error_for_status(400, JSON, b"[" * 100_000, None).kind is ErrorKind.REQUEST_REFUSED


def test_redirects_are_refused_and_name_the_place() -> None:
    failure = error_for_status(307, {"location": "https://evil.example/v1?k=key"}, b"", "key")
    assert failure.kind is ErrorKind.NOT_AN_API
    assert "https://evil.example/v1?k=***" in failure.message


def test_retry_after_comes_with_the_error() -> None:
    failure = error_for_status(429, {"retry-after": "7"}, b"{}", None)
    assert failure.retry_after == 7.0


@given(st.text(), st.text(min_size=1, max_size=20))
def test_messages_are_short_printable_and_without_the_secret(text: str, secret: str) -> None:
    message = clean_message(f"{text}{secret}{text}", secret)
    assert len(message) <= MESSAGE_LENGTH
    assert message.isprintable()
    assert secret not in message.replace("***", "").replace("…", "") or not secret.strip("*…")


def test_the_secret_is_replaced_before_the_message_is_cut() -> None:
    message = clean_message(
        "x" * (MESSAGE_LENGTH - 8) + " sk-0123456789abcdef", "sk-0123456789abcdef"
    )
    assert "sk-" not in message


@pytest.mark.parametrize(
    ("fields", "kind"),
    [
        ({"message": "slow down", "code": 429}, ErrorKind.RATE_LIMITED),
        ({"message": "slow down", "code": "429"}, ErrorKind.RATE_LIMITED),
        ({"message": "x", "type": "rate_limit_error"}, ErrorKind.RATE_LIMITED),
        ({"message": "x", "code": "insufficient_quota"}, ErrorKind.QUOTA_EXHAUSTED),
        ({"message": "x", "type": "authentication_error"}, ErrorKind.UNAUTHORIZED),
        ({"message": "x", "code": "model_not_found"}, ErrorKind.MODEL_NOT_FOUND),
        ({"message": "x", "type": "invalid_request_error"}, ErrorKind.REQUEST_REFUSED),
        ({"message": "Context size has been exceeded.", "code": 500}, ErrorKind.CONTEXT_TOO_LONG),
        ({"message": "overloaded"}, ErrorKind.SERVER_ERROR),
        ({}, ErrorKind.SERVER_ERROR),
    ],
)
def test_an_error_object_in_a_stream_means(fields: dict[str, object], kind: ErrorKind) -> None:
    assert error_for_object(fields, None).kind is kind


def test_an_error_in_a_stream_may_be_a_string() -> None:
    failure = error_for_object("the model crashed", None)
    assert (failure.kind, failure.message) == (ErrorKind.SERVER_ERROR, "the model crashed")


def chained(outer: httpx.HTTPError, inner: BaseException) -> httpx.HTTPError:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("exception", "kind"),
    [
        (httpx.ConnectTimeout(""), ErrorKind.CONNECTION),
        (httpx.ConnectError("refused"), ErrorKind.CONNECTION),
        (httpx.ReadError(""), ErrorKind.CONNECTION),
        (httpx.RemoteProtocolError("peer closed connection"), ErrorKind.CONNECTION),
        (httpx.UnsupportedProtocol("no scheme"), ErrorKind.NOT_AN_API),
        (
            chained(httpx.ConnectError("x"), ssl.SSLCertVerificationError("self-signed")),
            ErrorKind.TLS,
        ),
        (chained(httpx.ConnectError("x"), ssl.SSLEOFError("cut")), ErrorKind.CONNECTION),
        (chained(httpx.ReadError("x"), ssl.SSLError("bad record")), ErrorKind.CONNECTION),
    ],
)
def test_an_exception_means(exception: httpx.HTTPError, kind: ErrorKind) -> None:
    failure = error_for_exception(exception, None)
    assert failure.kind is kind
    assert failure.message


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just("9" * 5000),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(st.sampled_from(["error", "code", "message", "detail"]), values)
    ),
    max_leaves=15,
)


@given(json_values)
def test_whatever_a_server_says_becomes_a_short_message(said: object) -> None:
    body = json.dumps(said).encode()
    for failure in (error_for_object(said, "key"), error_for_status(400, JSON, body, "key")):
        assert 0 < len(failure.message) <= MESSAGE_LENGTH
