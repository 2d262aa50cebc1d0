"""The time for which a server wants to be left alone, in all the forms in which it may say so."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from arboris_desktop.domain.errors import ErrorKind
from arboris_desktop.llm.wire.retry_after import retry_after_seconds
from tests.wire.asking import failure
from tests.wire.wires import data, head, reply

NOW = datetime(2026, 11, 24, 12, 0, 0, tzinfo=UTC)
SOON = int(NOW.timestamp()) + 40

FORMS: list[tuple[dict[str, str], object, float | None]] = [
    ({"Retry-After": "3"}, "", 3),
    ({"Retry-After": "0"}, "", 0),
    ({"retry-after": "1.5"}, "", 1.5),
    ({"Retry-After": "30 seconds"}, "", 30),
    ({"Retry-After": "30s"}, "", 30),
    ({"Retry-After": "2 minutes"}, "", 120),
    ({"Retry-After": '"30"'}, "", 30),
    ({"Retry-After": "30, 30"}, "", 30),
    ({"Retry-After": "30 seconds, 30"}, "", 30),
    ({"Retry-After": ", 30"}, "", None),
    ({"Retry-After": "PT30S"}, "", 30),
    ({"Retry-After": "PT1M30.5S"}, "", 90.5),
    ({"Retry-After": "P1DT2H"}, "", 3600),
    ({"Retry-After": "PT"}, "", None),
    ({"Retry-After": "P"}, "", None),
    ({"Retry-After": "99999"}, "", 3600),
    ({"Retry-After": "inf"}, "", 3600),
    ({"Retry-After": "Tue, 24 Nov 2026 12:00:30 GMT"}, "", 30),
    ({"Retry-After": "Tue, 24 Nov 2026 12:00:30 -0000"}, "", 30),
    ({"Retry-After": "Tue, 24 Nov 2026 11:00:00 GMT"}, "", None),
    ({"Retry-After": "2026-11-24T12:00:12Z"}, "", 12),
    ({"Retry-After": "soon"}, "", None),
    ({"Retry-After": "nan"}, "", None),
    ({"Retry-After": "-1"}, "", None),
    ({"Retry-After": "Tue, 24 Nov 99999 12:00:30 GMT"}, "", None),
    ({"Retry-After": f"Tue, 24 Nov 2026 12:00:30 +{'9' * 14}"}, "", None),
    ({"retry-after-ms": "1500"}, "", 1.5),
    ({"x-ratelimit-reset-requests": "6m0s", "x-ratelimit-remaining-requests": "0"}, "", 360),
    (
        {
            "x-ratelimit-reset-requests": "20ms",
            "x-ratelimit-remaining-requests": "59",
            "x-ratelimit-reset-tokens": "7.66s",
            "x-ratelimit-remaining-tokens": "0",
        },
        "",
        7.66,
    ),
    ({"X-RateLimit-Reset": str(SOON)}, "", 40),
    ({"X-RateLimit-Reset": str(SOON * 1000)}, "", 40),
    ({"x-ratelimit-reset": "12"}, "", 12),
    ({"ratelimit-reset": "9"}, "", 9),
    ({"anthropic-ratelimit-requests-reset": "2026-11-24T12:00:12Z"}, "", 12),
    ({}, "Please retry in 26.3s.", 26.3),
    ({}, "Please try again in 20s.", 20),
    ({}, "Please try again in 1m30s.", 90),
    ({}, "Please try again in 6m0s.", 360),
    ({}, "Please try again in 20ms.", 0.02),
    ({}, "Please try again in 1h2m3.5s", 3600),
    ({}, "please try again after 1 seconds", 1),
    ({}, "Try again after 2 minutes", 120),
    ({}, "Retry after 30 seconds", 30),
    ({}, "retry after 5", 5),
    ({}, "Please wait 12 seconds before", 12),
    ({}, "limit will reset in 45 seconds", 45),
    ({}, "limit will reset at 2026-11-24T12:00:20Z", 20),
    ({}, "You will regain access on 2026-11-24 at 12:10 UTC.", 600),
    ({}, "请在 30 秒后重试", 30),
    ({}, "请 1 分钟后再试", 60),
    ({}, "请等待15秒", 15),
    ({}, "已达到使用上限。您的限额将在 2026-11-24 20:10:00 重置。", 600),
    ({"x-ratelimit-reset-after": "12"}, "", 12),
    ({"x-retry-after": "7"}, "", 7),
    ({"ratelimit": "limit=10, remaining=0, reset=33"}, "", 33),
    ({"RateLimit": '"default";r=0;t=33'}, "", 33),
    ({"RateLimit": '"default";r=5;t=33'}, "", None),
    ({"x-ms-retry-after-ms": "1500"}, "", 1.5),
    ({}, "请稍后 30 秒再试", 30),
    ({}, "约 20 秒后恢复", 20),
    ({}, "预计 45 秒后可用", 45),
    ({}, "Retry-After: 15", 15),
    ({}, "cooldown: 20s", 20),
    ({}, {"estimated_time": 20.0}, 20),
    ({}, {"error": {"details": [{"metadata": {"quotaResetDelay": "9.5s"}}]}}, 9.5),
    ({"Retry-After": "PT1M30S"}, "", 90),
    ({"x-rate-limit-reset": "44"}, "", 44),
    ({"x-ratelimit-reset-1m": "9"}, "", 9),
    (
        {
            "x-ratelimit-reset-tokens-minute": "11.38",
            "x-ratelimit-remaining-tokens-minute": "0",
            "x-ratelimit-reset-requests-day": "33011.4",
            "x-ratelimit-remaining-requests-day": "2999",
        },
        "",
        11.38,
    ),
    ({"x-ratelimit-reset-tokens-minute": "12", "x-ratelimit-reset-requests-day": "3300"}, "", 12),
    ({"x-ratelimit-reset-a": "12", "x-ratelimit-remaining-a": "soon"}, "", 12),
    ({"x-ratelimitbysize-reset-minute": "23"}, "", 23),
    (
        {
            "anthropic-ratelimit-output-tokens-reset": "2026-11-24T12:00:20Z",
            "anthropic-ratelimit-output-tokens-remaining": "0",
            "anthropic-ratelimit-requests-reset": "2026-11-24T12:00:01Z",
            "anthropic-ratelimit-requests-remaining": "40",
        },
        "",
        20,
    ),
    ({}, {"error": {"resets_in_seconds": 120}}, 120),
    ({}, {"retryAfterSeconds": 5}, 5),
    ({}, {"error": {"wait_time": 6, "resetAfter": "7s"}}, 6),
    ({}, "Please try again in about an hour.", 3600),
    ({}, "Try again in a minute.", 60),
    ({}, "One request in a minute.", None),
    ({}, "请在1分30秒后重试", 90),
    ({}, "请于 30 秒后重试", 30),
    ({}, "当前排队人数较多，预计等待时间：35秒", 35),
    ({}, "Limit 250 requests per 1 day", None),
    ({}, "Rate limit reached: Limit 30000, Used 29000, Requested 2000.", None),
    ({}, "", None),
    ({}, {"error": {"details": [{"@type": "x.RetryInfo", "retryDelay": "26s"}]}}, 26),
    ({}, [{"error": {"details": [{"retryDelay": "26.5s"}]}}], 26.5),
    ({}, {"error": {"details": [{"retryDelay": {"seconds": 7, "nanos": 500000000}}]}}, 7.5),
    ({}, {"retry_after": 12.5}, 12.5),
    ({}, {"error": {"retry_after_ms": 1500}}, 1.5),
    ({}, {"error": {"metadata": {"headers": {"X-RateLimit-Reset": str(SOON * 1000)}}}}, 40),
    ({}, {"error": {"metadata": {"retry_after_seconds": 4}}}, 4),
]


@pytest.mark.parametrize(("headers", "said", "seconds"), FORMS)
def test_a_time_is_found(headers: dict[str, str], said: object, seconds: float | None) -> None:
    words = said if isinstance(said, str) else ""
    body = None if isinstance(said, str) else said
    found = retry_after_seconds(headers, body, words, NOW)
    assert found == (None if seconds is None else pytest.approx(seconds))


def test_it_comes_with_the_refusal_whatever_says_it() -> None:
    quota = "You exceeded your current quota, please check your plan. Please retry in 26.3s."
    told = failure(reply([{"error": {"code": 429, "message": quota}}], 429))
    assert (told.kind, told.retry_after) == (ErrorKind.RATE_LIMITED, 26.3)

    told = failure(reply({"error": {"message": "slow"}}, 503, Retry_After="7"))
    assert (told.kind, told.retry_after) == (ErrorKind.SERVER_ERROR, 7.0)

    moment = format_datetime(datetime.now(UTC) + timedelta(seconds=90), usegmt=True)
    told = failure(reply({"error": {"message": "slow"}}, 429, Retry_After=moment))
    assert told.retry_after is not None
    assert 60 < told.retry_after <= 90

    amid = {"error": {"code": 429, "message": "slow down, try again in 4s"}}
    assert failure((head(), data(amid))).retry_after == 4.0

    reset = str(int(time.time()) + 50)
    told = failure(reply({"error": {"message": "slow"}}, 429, X_RateLimit_Reset=reset))
    assert told.retry_after is not None
    assert 30 < told.retry_after <= 50


def test_a_wait_that_only_a_header_tells_is_said() -> None:
    refusal = {"error": {"message": "slow"}}
    assert failure(reply(refusal, 429, Retry_After="26")).message == "slow (wait 26 s)"
    said = {"error": {"message": "Please try again in 26s."}}
    assert failure(reply(said, 429, Retry_After="26")).message == "Please try again in 26s."
    assert failure(reply(refusal, 429)).message == "slow"
