"""A few rounds of killing in each phase; ``dev.py faults --rounds N`` plays many more."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.kill_rounds import Result, Suite, run, schedule, table
from tests.support.servers import Server

pytestmark = [pytest.mark.long, pytest.mark.faults]

SEED = 20261124
ON_A_SERVER = ("in a step", "completing", "database killed", "interface killed")
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


@pytest.mark.timeout(1200)
def test_whatever_is_killed_nothing_is_lost_or_done_twice(tmp_path: Path) -> None:
    told: list[Result] = []
    suite = Suite(SEED, tmp_path)
    results = run(suite, schedule(22, PHASES), 2, told.append)

    summary = "\n".join(table(results, suite.windows))
    assert [problem for result in results for problem in result.found.problems] == [], summary
    assert any(result.found.hit for result in results), f"no kill met any work\n{summary}"
    assert sorted(result.number for result in told) == list(range(22))


@pytest.mark.timeout(1800)
@pytest.mark.parametrize("kind", ["postgres", "mariadb"])
def test_so_it_is_with_a_library_on_a_server(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(kind)
    told: list[Result] = []
    suite = Suite(SEED, tmp_path, server=server)
    results = run(suite, ON_A_SERVER, 1, told.append)

    summary = "\n".join(table(results, suite.windows))
    assert [problem for result in results for problem in result.found.problems] == [], summary
    assert sorted(result.number for result in told) == list(range(len(ON_A_SERVER)))
