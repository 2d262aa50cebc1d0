"""Errors that are tried again, and those that stop the whole queue."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.errors import (
    PROVIDER_DOWN,
    RETRYABLE,
    ArborisError,
    ErrorKind,
    NotFoundError,
    ProviderError,
    RuleError,
)


@pytest.mark.parametrize(
    "kind",
    [
        ErrorKind.CONNECTION,
        ErrorKind.RATE_LIMITED,
        ErrorKind.SERVER_ERROR,
        ErrorKind.FIRST_TOKEN_TIMEOUT,
        ErrorKind.STALLED,
        ErrorKind.TOTAL_TIMEOUT,
        ErrorKind.INVALID_ANSWER,
        ErrorKind.DATABASE_LOCKED,
        ErrorKind.DATABASE_READ_ONLY,
        ErrorKind.DISK_FULL,
        ErrorKind.DISK_ERROR,
        ErrorKind.DISK_UNSUITABLE,
    ],
)
def test_passing_troubles_are_tried_again(kind: ErrorKind) -> None:
    assert ProviderError(kind, "try later").retryable


@pytest.mark.parametrize(
    "kind",
    [
        ErrorKind.UNAUTHORIZED,
        ErrorKind.MODEL_NOT_FOUND,
        ErrorKind.CONTEXT_TOO_LONG,
        ErrorKind.QUOTA_EXHAUSTED,
        ErrorKind.DATABASE_CORRUPT,
        ErrorKind.INTERNAL,
    ],
)
def test_final_errors_are_not(kind: ErrorKind) -> None:
    assert not ArborisError(kind, "no use").retryable


def test_no_error_is_both_passing_and_a_reason_to_stop_the_queue() -> None:
    assert not RETRYABLE & PROVIDER_DOWN


def test_an_error_says_what_it_is() -> None:
    error = ProviderError(ErrorKind.RATE_LIMITED, "429 from the provider", retry_after=7.5)
    assert (str(error), error.kind, error.retry_after) == (
        "429 from the provider",
        ErrorKind.RATE_LIMITED,
        7.5,
    )


@pytest.mark.parametrize("refusal", [RuleError, NotFoundError])
def test_a_refusal_belongs_to_the_root_of_errors(refusal: type[ArborisError]) -> None:
    error = refusal(ErrorKind.ALREADY_QUEUED, "chapter 3 is already queued")
    assert isinstance(error, ArborisError)
    assert (str(error), error.kind) == ("chapter 3 is already queued", ErrorKind.ALREADY_QUEUED)
    assert not error.retryable, "only the author can do something about it"
