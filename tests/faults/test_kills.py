"""A few rounds of killing in each phase; ``dev.py faults --rounds N`` plays many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kill_rounds import Result, Suite, run, schedule, table

pytestmark = [pytest.mark.long, pytest.mark.faults]

SEED = 20261124
PHASES = (
    "streaming a chapter",
    "auto-run: streaming",
    "auto-run: candidates",
    "auto-run: deciding",
    "claiming",
    "in a step",
    "completing",
    "merging",
    "notifying",
    "migrating",
    "window: analysing",
    "window: continuing",
    "typing into a chapter",
    "typing before a continuation",
    "typing into the outline",
    "typing into the blueprint",
)


@pytest.mark.timeout(420)
def test_whatever_is_killed_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    told: list[Result] = []
    suite = Suite(SEED, tmp_path)
    results = run(suite, schedule(22, PHASES), 2, told.append)

    summary = "\n".join(table(results, suite.windows))
    assert [problem for result in results for problem in result.found.problems] == [], summary
    assert any(result.found.hit for result in results), f"no kill met any work\n{summary}"
    assert sorted(result.number for result in told) == list(range(22))
