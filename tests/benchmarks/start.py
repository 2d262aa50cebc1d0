"""From the command to a visible window, with a long novel in the database."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.processes import FIRST_WINDOW, OURS, until_visible

PEER = "ARBORIS_BENCH_NOVELWRITER"
"""Names the Python of a virtual environment that has novelWriter; it is never installed by us."""


def measure(runs: int, *, chapters: int = 500) -> Iterator[Figure]:
    """Our start, novelWriter's with nothing open, and the ratio of the two."""
    peer = os.environ.get(PEER)
    ours, theirs = [], []
    with empty_home() as paths:
        database = Database(paths)
        add_novel(database, chapters, "她回家了。" * 600)
        database.close()
        environment = {"ARBORIS_HOME": str(paths.home)}
        _seconds(OURS, environment)  # what is read for the first time is not counted
        for _ in range(runs):
            ours.append(_seconds(OURS, environment))
            if peer is not None:
                theirs.append(_novelwriter_seconds(peer))
    yield Figure(f"start to visible window, {chapters} chapters", "s", tuple(ours), Budget(1.0))
    name = "start, ours over novelWriter's empty one"
    if not theirs:
        yield skipped(name, f"{PEER} does not name a Python that has it")
        return
    yield Figure("start of novelWriter, empty", "s", tuple(theirs))
    yield Figure(name, "×", ratios(ours, theirs), Budget(0.4))


def _seconds(command: Sequence[str], environment: dict[str, str]) -> float:
    with until_visible(command, environment) as (_process, seconds):
        return seconds


def _novelwriter_seconds(python: str) -> float:
    with tempfile.TemporaryDirectory(prefix="arboris-bench-") as home:
        (Path(home) / ".config").mkdir()
        command = (python, str(FIRST_WINDOW), "PyQt6", "novelwriter", "main")
        return _seconds(command, {"HOME": home, "PYTHONPATH": ""})
