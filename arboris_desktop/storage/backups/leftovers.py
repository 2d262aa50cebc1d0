"""Half-written copies of the database and of rescued texts, whose process was killed."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.storage.engine.instances import Instance
from arboris_desktop.storage.engine.paths import CREATING, DataPaths

_OLD_SECONDS = 600.0
"""A process may be starting at this moment that the look at the living missed."""


def clear_leftovers(paths: DataPaths, instance: Instance) -> None:
    """Removes them if nobody but this process is alive, who could be writing them."""
    if instance.live_owners() != [instance.owner]:
        return
    oldest = time.time() - _OLD_SECONDS
    for path in _partial_files(paths):
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < oldest:
                path.unlink()


def _partial_files(paths: DataPaths) -> Iterator[Path]:
    for folder in (paths.backups, paths.rescue):
        yield from folder.glob("*.partial")
        yield from folder.glob("*.partial-journal")
    for work in ("restoring", CREATING):
        yield from paths.database.parent.glob(f"{paths.database.name}.{work}*")
