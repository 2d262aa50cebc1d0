"""Samples, budgets and tables of the benchmarks."""

from __future__ import annotations

import pytest

from tests.benchmarks.figures import Budget, Figure, markdown, percentile, ratios, skipped


def test_the_median_is_held_against_the_budget_not_the_worst_sample() -> None:
    figure = Figure("open", "ms", (10.0, 12.0, 90.0), Budget(50))

    assert figure.median == 12.0
    assert figure.verdict == "pass"


@pytest.mark.parametrize(
    ("budget", "verdict"),
    [
        (Budget(2.0), "pass"),
        (Budget(1.9), "miss"),
        (Budget(2.0, at_least=True), "pass"),
        (Budget(2.1, at_least=True), "miss"),
        (None, ""),
    ],
)
def test_verdict(budget: Budget | None, verdict: str) -> None:
    assert Figure("claim", "ms", (1.0, 3.0), budget).verdict == verdict


def test_what_was_not_measured_never_passes() -> None:
    assert skipped("peer", "not installed").verdict == "skipped"
    assert Figure("peer", "ms", (), Budget(1.0)).verdict == "skipped"


def test_ratios_are_taken_run_by_run() -> None:
    assert ratios([2.0, 9.0], [1.0, 3.0]) == (2.0, 3.0)
    with pytest.raises(ValueError, match="argument 2 is shorter"):
        ratios([1.0, 2.0], [1.0])


@pytest.mark.parametrize(("percent", "expected"), [(0, 1.0), (50, 50.0), (99, 99.0), (100, 100.0)])
def test_percentile(percent: float, expected: float) -> None:
    assert percentile([float(n) for n in range(100, 0, -1)], percent) == expected


def test_a_percentile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="no samples"):
        percentile([], 99)


def test_the_table_tells_figures_budget_and_why_one_is_missing() -> None:
    table = markdown(
        [
            Figure("rate", "1/s", (1999.0, 2101.4, 2300.0), Budget(2000, at_least=True)),
            skipped("peer", "not installed"),
        ]
    ).splitlines()

    assert table[2] == "| rate | 2,101 | 1,999 | 2,300 | 1/s | ≥ 2,000 | pass |  |"
    assert table[3] == "| peer |  |  |  |  |  | skipped | not installed |"


def test_json_keeps_every_sample() -> None:
    found = Figure("claim", "ms", (3.0, 1.0), Budget(1.5)).to_json()

    assert found["samples"] == [3.0, 1.0]
    assert (found["median"], found["min"], found["max"]) == (2.0, 1.0, 3.0)
    assert (found["budget"], found["verdict"]) == ("≤ 1.5", "miss")
