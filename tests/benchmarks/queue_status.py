"""`status` as a script meets it, the start of the process included, beside a million tasks."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure
from tests.benchmarks.processes import ROOT
from tests.benchmarks.queue_growth import filled_queue


def measure(runs: int, *, tasks: int = 1_000_000, waiting: int = 100) -> Iterator[Figure]:
    """The seconds from the command to its end; of each run the quickest of three."""
    with empty_home() as paths:
        filled_queue(paths.home, waiting, tasks).close()
        _seconds(paths.home, tasks + waiting)  # writes the bytecode
        found = [min(_seconds(paths.home, tasks + waiting) for _ in range(3)) for _ in range(runs)]
    yield Figure(f"status with {tasks:,} tasks", "s", tuple(found), Budget(0.5))


def _seconds(home: Path, total: int) -> float:
    environment = {**os.environ, "ARBORIS_HOME": str(home)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "arboris_desktop", "status", "--json"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        check=True,
    )
    elapsed = time.perf_counter() - started
    if json.loads(done.stdout)["total"] != total:
        raise RuntimeError("not all tasks were counted")
    return elapsed
