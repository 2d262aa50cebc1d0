"""The cost of the program while its window is open and nobody does anything."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from pathlib import Path

from tests.benchmarks.books import empty_home
from tests.benchmarks.figures import Budget, Figure, skipped
from tests.benchmarks.processes import OURS, until_visible

NAME = "idle, window open, of one core"


def measure(runs: int, *, settle: float = 5.0, seconds: float = 20.0) -> Iterator[Figure]:
    """Processor time over ``seconds``, ``settle`` seconds after the window could be seen."""
    if not Path("/proc/self/stat").exists():
        yield skipped(NAME, "needs Linux's /proc")
        return
    percents = tuple(_percent(settle, seconds) for _ in range(runs))
    yield Figure(NAME, "%", percents, Budget(0.1), f"over {seconds:g} s")


def _percent(settle: float, seconds: float) -> float:
    with (
        empty_home() as paths,
        until_visible(OURS, {"ARBORIS_HOME": str(paths.home)}) as (process, _),
    ):
        time.sleep(settle)
        before = _processor_seconds(process.pid)
        time.sleep(seconds)
        return (_processor_seconds(process.pid) - before) / seconds * 100


def _processor_seconds(pid: int) -> float:
    """To 1 ns where the kernel keeps it so, since a tick is as long as the whole budget allows."""
    tasks = Path(f"/proc/{pid}/task").iterdir()
    try:
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
    except FileNotFoundError:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
