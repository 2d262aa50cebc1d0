"""From the command to a visible window, with a long novel in the database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.processes import EMPTY, FIRST_WINDOW, OURS, ROOT, Start, until_visible

PEER = "ARBORIS_BENCH_NOVELWRITER"
"""Names the Python of a virtual environment that has novelWriter; it is never installed by us."""


def measure(runs: int, *, chapters: int = 500) -> Iterator[Figure]:
    """Our start beside that of an empty window, and novelWriter's with nothing open."""
    peer = os.environ.get(PEER)
    ours, empty, theirs = [], [], []
    with empty_home() as paths:
        database = Database(paths)
        add_novel(database, chapters, "她回家了。" * 600)
        database.close()
        environment = {"ARBORIS_HOME": str(paths.home)}
        # A package that is installed (spylls) brings another one named ``tests``.
        beside = {"PYTHONPATH": str(ROOT)}
        _start(OURS, environment)  # what is read for the first time is not counted
        for _ in range(runs):
            ours.append(_start(OURS, environment))
            empty.append(_start(EMPTY, beside))
            if peer is not None:
                theirs.append(_novelwriter(peer))
    seconds = [start.seconds for start in ours]
    yield Figure(f"start to visible window, {chapters} chapters", "s", tuple(seconds), Budget(1.0))
    yield Figure(
        "start over an empty window, processor time",
        "×",
        ratios(_processor(ours), _processor(empty)),
        Budget(1.8),
    )
    name = "start over novelWriter's empty one, processor time"
    if not theirs:
        yield skipped(name, f"{PEER} does not name a Python that has it")
        return
    yield Figure("start of novelWriter, empty", "s", tuple(start.seconds for start in theirs))
    yield Figure(name, "×", ratios(_processor(ours), _processor(theirs)), Budget(1.5))


def _start(command: Sequence[str], environment: dict[str, str]) -> Start:
    with until_visible(command, environment) as (_process, start):
        return start


def _processor(starts: Sequence[Start]) -> list[float]:
    return [start.processor_seconds for start in starts]


def _novelwriter(python: str) -> Start:
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as home:
        (Path(home) / ".config").mkdir()
        command = (python, str(FIRST_WINDOW), "PyQt6", "novelwriter", "main")
        return _start(command, {"HOME": home, "PYTHONPATH": ""})
