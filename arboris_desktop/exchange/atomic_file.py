"""Files that are written completely or not at all."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import BinaryIO
from uuid import uuid4

from arboris_desktop.domain.errors import ArborisError, ErrorKind
from arboris_desktop.storage.engine.durable_files import sync_folder
from arboris_desktop.storage.engine.errors import kind_of_os_error

Noting = Callable[[Path], AbstractContextManager[None]]
"""Registers, for the length of a block, a file that is to be removed if this process is killed."""


def unnoted(_path: Path) -> AbstractContextManager[None]:
    """Registers nothing."""
    return nullcontext()


@contextmanager
def replacing(
    path: Path, *, overwrite: bool = True, noting: Noting = unnoted
) -> Iterator[BinaryIO]:
    """Yields a file to write to, which replaces the one at ``path`` at the end of the block.

    Until then it is a temporary file in the same folder. Raises ``ArborisError``: ``DISK_FULL``,
    ``DISK_ERROR``, or ``FILE_UNWRITABLE`` for other reasons, such as an existing file that must not
    be overwritten. The existing file is then untouched, as after any other exception in the block.
    ``noting`` registers the temporary file.
    """
    target = Path(os.path.realpath(path))  # A link then points to the new file.
    temporary = target.with_name(f".{uuid4().hex}.tmp")
    try:
        if not overwrite:
            _refuse_existing(path, target)
        with noting(temporary), _removed_at_error(temporary):
            with temporary.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            if target.exists():
                shutil.copymode(target, temporary)
            os.replace(temporary, target)
        sync_folder(target.parent)
    except OSError as error:
        reason = error.strerror or str(error)
        kind = kind_of_os_error(error)
        raise ArborisError(kind, f"{path.name} cannot be written: {reason}") from error


@contextmanager
def _removed_at_error(temporary: Path) -> Iterator[None]:
    try:
        yield
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _refuse_existing(path: Path, target: Path) -> None:
    if os.path.lexists(target):
        raise ArborisError(ErrorKind.FILE_UNWRITABLE, f"{path.name} is there already")
