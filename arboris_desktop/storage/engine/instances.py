"""Living processes, known by file locks that the system releases when one dies.

A lease alone would make the author wait after a crash until it has run out. The lock of a dead
process is free at once, so its drafts and tasks are recovered at the next start without a wait,
and the files that it had begun are cleared away.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import stat
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from arboris_desktop.storage.engine.private_files import (
    FILE_MODE,
    make_private_folder,
    private_opener,
)

_LOCK, _CLAIM, _NOTE = ".lock", ".claim", ".note"

_TEMPORARY = re.compile(r"\.[0-9a-f]{32}\.tmp")
"""The names of folders that are only there while they are filled; no other folder is removed."""

_SECONDS = 5.0
_POLL_SECONDS = 0.05
"""The time for which, and the interval at which, a free lock is tried: somebody may just be looking
at it."""


class Instance:
    """This process, as the owner of drafts and tasks.

    Whatever the dead left in the folder, and the files that they noted, are cleared away when one
    is made.
    """

    def __init__(self, folder: Path) -> None:
        make_private_folder(folder)
        self.owner = f"{os.getpid()}-{uuid.uuid4().hex[:12]}"
        self._folder = folder
        self._lock = _lock(folder / f"{self.owner}{_LOCK}")
        self._lock.acquire(timeout=_SECONDS, poll_interval=_POLL_SECONDS)
        self.live_owners()
        for claim in folder.glob(f"*{_CLAIM}"):
            _is_held(claim)

    def live_owners(self) -> list[str]:
        """Owners whose process is alive, this one included; what the dead left goes away."""
        return [
            path.stem
            for path in sorted(self._folder.glob(f"*{_LOCK}"))
            if path.stem == self.owner or _is_held(path)
        ]

    def is_live(self, owner: str) -> bool:
        """True if an owner's process is alive."""
        path = self._folder / f"{owner}.lock"
        return owner == self.owner or (path.exists() and _is_held(path))

    @contextmanager
    def claim(self, name: str) -> Iterator[bool]:
        """Yields true if this block alone, of all processes, holds the name; if so, until its
        end."""
        lock = _lock(self._folder / f"{name}{_CLAIM}")
        try:
            lock.acquire(timeout=_POLL_SECONDS, poll_interval=_POLL_SECONDS / 5)
        except (Timeout, OSError):
            yield False
            return
        try:
            yield True
        finally:
            give_up(lock)

    def claimed(self, prefix: str) -> int:
        """The number of names that begin so and that a living process holds, this one included."""
        claims = self._folder.glob(f"{prefix}*{_CLAIM}")
        return sum(_is_held(claim) for claim in claims)

    @contextmanager
    def noting(self, path: Path) -> Iterator[None]:
        """Notes a file that is only there while the block runs.

        Should this process be killed before its end, the next one removes the file.
        """
        note = self._folder / f"{self.owner}.{uuid.uuid4().hex[:12]}{_NOTE}"
        with open(note, "wb", opener=private_opener) as file:
            file.write(os.fsencode(path.absolute()))
            file.flush()
            os.fsync(file.fileno())
        try:
            yield
        finally:
            note.unlink(missing_ok=True)

    def close(self) -> None:
        """Says that this process no longer owns anything."""
        give_up(self._lock)


def _lock(path: Path) -> FileLock:
    return FileLock(path, mode=FILE_MODE, thread_local=False)


def _is_held(path: Path) -> bool:
    """True if a living process holds the lock; what a dead one left is removed with it."""
    probe = FileLock(path)
    try:
        probe.acquire(timeout=0)
    except (Timeout, OSError):
        return True
    notes = path.parent.glob(f"{path.stem}.*{_NOTE}")
    if [note for note in notes if not _is_cleared(note)]:
        probe.release()
    else:
        give_up(probe)
    return False


def _is_cleared(note: Path) -> bool:
    """Removes the noted file, and the note, unless the file's folder is away, as on a stick."""
    with contextlib.suppress(OSError, ValueError):
        noted = Path(os.fsdecode(note.read_bytes()))
        if not noted.parent.exists():
            return False
        mode = noted.lstat().st_mode
        if stat.S_ISREG(mode):
            noted.unlink()
        elif stat.S_ISDIR(mode) and _TEMPORARY.fullmatch(noted.name):
            shutil.rmtree(noted)
    note.unlink(missing_ok=True)
    return True


def give_up(lock: FileLock) -> None:
    """Releases a lock and removes its file, before anybody else can hold it where possible."""
    path = Path(lock.lock_file)
    try:
        path.unlink()
    except OSError:
        # Windows removes no file that is open.
        lock.release()
        with contextlib.suppress(OSError):
            path.unlink()
    else:
        lock.release()
