"""The data folder as a crash leaves it."""

from __future__ import annotations

import shutil
from pathlib import Path


def as_a_crash_leaves_it(world: dict[str, str]) -> dict[str, str]:
    """The environment of an app that starts on what is on the disk at this very moment."""
    home = Path(world["ARBORIS_HOME"])
    left = home.with_name(f"{home.name}-after-crash")
    shutil.copytree(home, left)
    return {**world, "ARBORIS_HOME": str(left)}
