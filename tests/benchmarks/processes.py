"""The program in processes of its own, watched from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[2]
FIRST_WINDOW = ROOT / "tests" / "benchmarks" / "first_window.py"
EMPTY = (sys.executable, str(FIRST_WINDOW), "PySide6", "tests.benchmarks.empty_window", "main")
OURS = (sys.executable, str(FIRST_WINDOW), "PySide6", "arboris_desktop.cli", "main")


class Start(NamedTuple):
    """The time until a window could be seen."""

    seconds: float
    processor_seconds: float


@contextmanager
def until_visible(
    command: Sequence[str], environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[str], Start]]:
    """A program whose window is visible, and the time that took; it is ended afterwards.

    Raises ``RuntimeError`` when it ends without having shown a window.
    """
    started = time.perf_counter()
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    try:
        assert process.stdout is not None
        said, _, processor = process.stdout.readline().partition(" ")
        elapsed = time.perf_counter() - started
        if said != "visible":
            raise RuntimeError(f"no window: {' '.join(command)}")
        yield process, Start(elapsed, float(processor))
    finally:
        process.kill()
        process.communicate()


def play(name: str, environment: Mapping[str, str]) -> dict[str, list[float]]:
    """The figures of a play of ``window_play``; raises ``CalledProcessError``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.play", name],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    found: dict[str, list[float]] = json.loads(done.stdout.splitlines()[-1])
    return found
