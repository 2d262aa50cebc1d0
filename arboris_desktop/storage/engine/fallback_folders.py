"""Folders for what cannot be written where it belongs; they may lie on another disk."""

from __future__ import annotations

import getpass
import hashlib
import os
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from arboris_desktop.storage.engine.private_files import FOLDER_MODE

_WRITABLE_BY_OTHERS = stat.S_IWGRP | stat.S_IWOTH


def fallback_folders(home: Path, name: str) -> Iterator[Path]:
    """Folders of that name for what a data folder does not take, the best first; none is made.

    Each library has its own; ``all_fallback_folders`` finds those of all.
    """
    library = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    yield from (root / name / library for root in _roots())


def all_fallback_folders(name: str) -> Iterator[Path]:
    """Yields the existing ones of that name, of any library: a data folder may be moved."""
    for root in _roots():
        if _is_ours(root) and _is_ours(root / name):
            yield from filter(_is_ours, sorted((root / name).iterdir()))


def make_fallback_folder(folder: Path) -> None:
    """Makes one that only its owner may enter; raises ``OSError``.

    Where everybody has temporary files, somebody else may have made it before.
    """
    root = folder.parents[1]
    root.parent.mkdir(parents=True, exist_ok=True)
    for each in (root, folder.parent, folder):
        each.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if not _is_ours(each):
            raise PermissionError(f"{each} is not ours")


def _roots() -> Iterator[Path]:
    import platformdirs  # only when needed: start-up counts

    yield Path(platformdirs.user_state_dir("Arboris Desktop", appauthor=False))
    yield Path(tempfile.gettempdir()) / f"arboris-desktop-{_user()}"


def _user() -> str:
    return getpass.getuser() if os.name == "nt" else str(os.getuid())


def _is_ours(folder: Path) -> bool:
    """True if a folder is there, is the user's own, and nobody else can put anything into it."""
    try:
        status = folder.lstat()
    except OSError:
        return False
    if not stat.S_ISDIR(status.st_mode):
        return False
    return os.name == "nt" or (
        status.st_uid == os.getuid() and not status.st_mode & _WRITABLE_BY_OTHERS
    )
