"""The pause before another attempt."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.retry import (
    BASE_SECONDS,
    CEILING_SECONDS,
    RECONNECT_CEILING_SECONDS,
    RECONNECT_SECONDS,
    backoff_seconds,
    reconnect_seconds,
)

FAILURES = st.integers(min_value=1, max_value=10_000)
SEEDS = st.integers(min_value=0, max_value=2**32)


@given(FAILURES, SEEDS)
def test_the_pause_is_between_half_and_all_of_the_doubled_base(failures: int, seed: int) -> None:
    longest = min(CEILING_SECONDS, BASE_SECONDS * 2.0 ** min(failures - 1, 20))
    wait = backoff_seconds(failures, rng=random.Random(seed))
    assert longest / 2 <= wait <= longest


@given(FAILURES, SEEDS)
def test_a_database_that_is_away_is_looked_for_less_and_less(failures: int, seed: int) -> None:
    longest = min(RECONNECT_CEILING_SECONDS, RECONNECT_SECONDS * 2.0 ** min(failures - 1, 20))
    assert longest / 2 <= reconnect_seconds(failures, rng=random.Random(seed)) <= longest


@given(FAILURES)
def test_without_a_given_generator_too(failures: int) -> None:
    assert BASE_SECONDS / 2 <= backoff_seconds(failures) <= CEILING_SECONDS


def test_tasks_that_failed_together_do_not_return_together() -> None:
    rng = random.Random(1)
    waits = [backoff_seconds(3, rng=rng) for _ in range(50)]
    assert len(set(waits)) == len(waits)
    assert max(waits) - min(waits) > BASE_SECONDS


@pytest.mark.parametrize("retry_after", [1.0, 60.0, 3600.0])
@given(failures=FAILURES)
def test_the_provider_is_never_asked_before_it_wants(retry_after: float, failures: int) -> None:
    assert backoff_seconds(failures, retry_after=retry_after) >= retry_after


@pytest.mark.parametrize("retry_after", [None, 0.0, -5.0, float("nan")])
def test_a_meaningless_retry_after_changes_nothing(retry_after: float | None) -> None:
    plain = backoff_seconds(2, rng=random.Random(7))
    assert backoff_seconds(2, retry_after=retry_after, rng=random.Random(7)) == plain
