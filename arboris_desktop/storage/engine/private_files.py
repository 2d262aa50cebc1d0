"""Keeps the data folder to its owner: folders 0700, files 0600.

On Windows the user's own folders are closed to other users already, and nothing is done here.
"""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterable
from pathlib import Path

FILE_MODE, FOLDER_MODE = 0o600, 0o700

_OF_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def make_private_folder(folder: Path) -> None:
    """Makes a folder that only its owner may enter; raises ``OSError``.

    One that is there already stays as it is: see ``close_to_others``.
    """
    folder.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)


def private_opener(path: str, flags: int) -> int:
    """An ``opener`` for ``open``: a file that is made by it is its owner's from the beginning."""
    return os.open(path, flags, FILE_MODE)


def make_private_file(path: Path) -> None:
    """Makes an empty file where there is none, for what would give it the rights of any file."""
    with contextlib.suppress(OSError):
        path.touch(FILE_MODE, exist_ok=False)


def close_to_others(path: Path) -> None:
    """Takes the rights of everybody but the owner, who may read and write as before.

    A file of somebody else, and a disk without rights, stay as they are; links are not followed.
    """
    if os.name == "nt":
        return
    with contextlib.suppress(OSError):
        status = path.lstat()
        kept = FOLDER_MODE if stat.S_ISDIR(status.st_mode) else FILE_MODE
        mode = stat.S_IMODE(status.st_mode)
        if not stat.S_ISLNK(status.st_mode) and mode & ~kept:
            path.chmod(mode & kept)


def close_tree_to_others(folder: Path) -> None:
    """Closes a folder, and all that is in it."""
    close_to_others(folder)
    for where, folders, files in os.walk(folder):
        for name in (*folders, *files):
            close_to_others(Path(where, name))


def is_open_to_others(paths: Iterable[Path]) -> bool:
    """True if others than the owner have any right to one of these that exist."""
    if os.name == "nt":
        return False
    return any(path.stat().st_mode & _OF_OTHERS for path in paths if path.exists())
