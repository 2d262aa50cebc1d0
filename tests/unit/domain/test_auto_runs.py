"""Runs of the auto-writer are always bounded."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.auto_runs import AutoOptions, ChooseBy, StopReason
from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.spent import Spent
from tests.support.amounts import took


def test_a_run_without_a_bound_is_refused() -> None:
    with pytest.raises(RuleError, match="needs a bound"):
        AutoOptions()


@pytest.mark.parametrize("values", [{"candidates": 0}, {"candidates": 6}, {"max_minutes": -1}])
def test_impossible_options_are_refused(values: dict[str, int]) -> None:
    with pytest.raises(RuleError):
        AutoOptions(**{"max_tokens": 100, **values})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spent", "seconds", "reason"),
    [
        (took(999, {"USD": 0.99}), 59.0, None),
        (took(1000), 0.0, StopReason.TOKENS),
        (took(0, {"USD": 0.5, "CNY": 1.0}), 0.0, StopReason.COST),
        (took(0, {"USD": 0.6, "CNY": 0.6}), 0.0, None),
        (took(), 60.0, StopReason.TIME),
    ],
)
def test_the_first_bound_that_is_reached_stops(
    spent: Spent, seconds: float, reason: StopReason | None
) -> None:
    options = AutoOptions(max_tokens=1000, max_cost=1.0, max_minutes=1)

    assert options.reached(spent, seconds) is reason


@given(
    st.builds(
        AutoOptions,
        candidates=st.integers(1, 5),
        choose_by=st.sampled_from(ChooseBy),
        max_tokens=st.integers(1, 10**9),
        max_minutes=st.integers(0, 10_000),
    )
)
def test_options_are_stored_as_they_are(options: AutoOptions) -> None:
    assert AutoOptions.from_json(options.to_json() | {"of a later version": 1}) == options
