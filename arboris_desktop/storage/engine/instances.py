"""Which processes are alive, told by file locks that the system releases when one dies.

A lease alone would make the author wait after a crash until it has run out. The lock of a dead
process is free at once, so its drafts and tasks are recovered at the next start without a wait.
"""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout


class Instance:
    """This process, as the owner of drafts and tasks."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.owner = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._folder = folder
        self._lock = FileLock(folder / f"{self.owner}.lock", thread_local=False)
        self._lock.acquire(timeout=0)

    def live_owners(self) -> list[str]:
        """Owners whose process is alive, this one included; lock files of the dead go away."""
        return [
            path.stem
            for path in sorted(self._folder.glob("*.lock"))
            if path.stem == self.owner or _is_held(path)
        ]

    @contextmanager
    def claim(self, name: str) -> Iterator[bool]:
        """Whether this block alone, of all processes, holds the name; if so, until its end."""
        lock = FileLock(self._folder / f"{name}.claim", thread_local=False)
        try:
            lock.acquire(timeout=0)
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            lock.release()

    def close(self) -> None:
        """Says that this process no longer owns anything."""
        path = Path(self._lock.lock_file)
        self._lock.release()
        path.unlink(missing_ok=True)


def _is_held(path: Path) -> bool:
    probe = FileLock(path)
    try:
        probe.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    probe.release()
    path.unlink(missing_ok=True)
    return False
