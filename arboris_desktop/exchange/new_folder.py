"""Folders that are written completely or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.exchange.atomic_file import Noting, unnoted
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import kind_of_os_error


def write_new_folder(folder: Path, fill: Callable[[Path], None], noting: Noting = unnoted) -> None:
    """Creates a new folder that ``fill`` fills, under a temporary name until it is complete.

    Raises ``ArborisError``: ``FILE_UNWRITABLE`` also if something of that name exists already,
    since its files would mix with the new ones.
    """
    temporary = folder.with_name(f".{uuid4().hex}.tmp")
    try:
        if os.path.lexists(folder):
            raise ArborisError(ErrorKind.FILE_UNWRITABLE, f"{folder.name} is there already")
        with noting(temporary):
            temporary.mkdir()
            fill(temporary)
            sync_folder(temporary)
            temporary.rename(folder)
        sync_folder(folder.parent)
    except OSError as error:
        shutil.rmtree(temporary, ignore_errors=True)
        reason = error.strerror or str(error)
        message = f"{folder.name} cannot be written: {reason}"
        raise ArborisError(kind_of_os_error(error), message) from error
    except BaseException:
        shutil.rmtree(temporary, ignore_errors=True)
        raise


def write_durably(path: Path, data: bytes) -> None:
    """Writes a file of such a folder and flushes it to disk."""
    with path.open("xb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def free_name(folder: Path) -> Path:
    """The folder itself, or one with a number behind its name where that is taken."""
    found, number = folder, 2
    while os.path.lexists(found):
        found, number = folder.with_name(f"{folder.name} {number}"), number + 1
    return found
