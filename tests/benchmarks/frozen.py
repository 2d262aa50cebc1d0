"""Measures of what `dev.py build` made: its sizes, and its start beside the start from source."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.storage.database import Database
from tests.benchmarks.books import add_novel, empty_home
from tests.benchmarks.figures import Budget, Figure, ratios, skipped
from tests.benchmarks.processes import ROOT
from tests.benchmarks.screen import missing, screen

DIST = "ARBORIS_BENCH_DIST"
"""Names the folder with the results of a build, when it is not `dist`."""

LARGEST_INSTALLER = Budget(230)
"""Megabytes, with the model inside."""

_SOURCE = (sys.executable, "-m", "arboris_desktop")
_INSTALLERS = (".deb", ".tar.zst", ".AppImage", ".exe", ".dmg")


def measure(runs: int, *, chapters: int = 500) -> Iterator[Figure]:
    """Sizes of the folder and the installers; both starts, in turns, and their ratio."""
    dist = Path(os.environ.get(DIST) or ROOT / "dist")
    program = dist / "arboris-desktop" / "arboris-desktop"
    name = "start, frozen over from source"
    if not program.exists():
        yield skipped(name, f"there is no build in {dist}")
        return
    yield from sizes(dist)
    if lacking := missing():
        yield skipped(name, f"not installed: {', '.join(lacking)}")
        return
    source, frozen = _starts(runs, str(program), chapters)
    yield Figure(f"start to window on a screen, {chapters} chapters: from source", "s", source)
    yield Figure(f"start to window on a screen, {chapters} chapters: frozen", "s", frozen)
    yield Figure(name, "×", ratios(frozen, source), Budget(1.5))


def sizes(dist: Path) -> Iterator[Figure]:
    """Megabytes on the disk of the frozen folder, and of each installer."""
    folder = dist / "arboris-desktop"
    files = [path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()]
    yield Figure("frozen folder", "MB", (_megabytes(*files),))
    for path in sorted(dist.iterdir()):
        if path.name.endswith(_INSTALLERS):
            kind = next(suffix for suffix in _INSTALLERS if path.name.endswith(suffix))
            yield Figure(f"installer: {kind}", "MB", (_megabytes(path),), LARGEST_INSTALLER)


def _megabytes(*files: Path) -> float:
    return sum(path.stat().st_size for path in files) / 1e6


def _starts(runs: int, program: str, chapters: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """Seconds from source and frozen. In turns, so that what slows the machine slows both."""
    source, frozen = [], []
    with empty_home() as paths, screen() as shown:
        database = Database(paths)
        add_novel(database, chapters, "她回家了。" * 600)
        database.close()
        environment = {"ARBORIS_HOME": str(paths.home)}
        # What is read for the first time is not counted.
        shown.seconds_until_window(_SOURCE, environment)
        shown.seconds_until_window([program], environment)
        for _ in range(runs):
            source.append(shown.seconds_until_window(_SOURCE, environment))
            frozen.append(shown.seconds_until_window([program], environment))
    return tuple(source), tuple(frozen)
