"""The file that is open, compared with the one that the author will find.

A synchronised folder, a restored copy or a file manager may put another file in its place, or take
it away, while SQLite goes on writing into a file that nobody will ever see. Device and inode tell
at once, but a network folder may renumber its files. What counts is a number in the file's own
header that only ever grows (SQLite's ``user_version``, here called its generation): the file at
the path must have the one that was written last through our connection.
"""

from __future__ import annotations

import contextlib
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from enum import Enum
from pathlib import Path
from typing import ClassVar

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.errors import data_folder_error
from arboris_desktop.storage.engine.side_files import log_of

AGAIN_SECONDS = 0.3
"""A file is looked for twice before it is taken for lost: a rename is over by then."""

_HEADER_BYTES = 100
_MAGIC = b"SQLite format 3\0"
_GENERATION = slice(60, 64)
"""The bytes of a database file that hold its ``user_version``."""

FilePlace = tuple[int, int]
"""Device and inode."""

Renew = Callable[[], int]
"""Writes another generation into the open file itself, with all that its log has, and returns it;
raises ``StorageError``."""


class Difference(Enum):
    """A change of the file, in words that follow its path."""

    GONE = "is gone"
    ANOTHER = "is another file now"
    OVERWRITTEN = "was overwritten by another file"
    LOG_LOST = "has lost its write-ahead log"


def place_of(path: str | Path) -> FilePlace | None:
    """The device and inode of a file, or ``None`` if there is none; raises ``StorageError`` if
    nobody can say."""
    try:
        return _look(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise StorageError(ErrorKind.DISK_ERROR, str(error)) from error


def _look(path: str | Path) -> FilePlace:
    found = os.stat(path)
    return found.st_dev, found.st_ino


def _read_start(descriptor: int) -> bytes:
    if sys.platform == "win32":
        os.lseek(descriptor, 0, os.SEEK_SET)
        return os.read(descriptor, _HEADER_BYTES)
    return os.pread(descriptor, _HEADER_BYTES, 0)


class DatabaseFile:
    """Remembers the file that was opened, and finds out when another one lies at its path."""

    def __init__(self, path: Path) -> None:
        # Looked for twice in each transaction that writes: text is found sooner than a path.
        self._path = str(path)
        self._log = str(log_of(path))
        self._headers: list[_Header] = []
        self._open()

    def _open(self) -> None:
        self._header = _Header(self._path)
        self._headers.append(self._header)
        self._place = self._header.place
        self._generation = self._header.generation() or 0
        self._log_place: FilePlace | None = None
        self._is_secured = False

    def refuse_exchanged(self, renew: Renew) -> None:
        """Raises ``StorageError`` (DATABASE_EXCHANGED) if another file is there, or none.

        Takes a look or two at the disk while all is well; not to be called in a transaction.
        """
        if self._difference() is None:
            return
        time.sleep(AGAIN_SECONDS)
        difference = self._difference()
        if difference is None:
            self._is_secured = False
            return
        if difference is Difference.ANOTHER and self._is_renumbered(renew):
            return
        self._secure(difference, renew)
        raise StorageError(ErrorKind.DATABASE_EXCHANGED, f"{self._path} {difference.value}")

    def seems_in_place(self) -> bool:
        """True if the file at the path is the one that was opened, by the numbers it has."""
        if not self._headers:
            self._open()
        return place_of(self._path) == self._place

    def close(self) -> None:
        """Gives the file up, whose connections must be closed before; whichever file is there when
        it is asked for next is the right one then."""
        while self._headers:
            self._headers.pop().close()

    def _difference(self) -> Difference | None:
        if not self._headers:
            self._open()
        place = place_of(self._path)
        if place is None:
            return Difference.GONE
        if place != self._place:
            return Difference.ANOTHER
        generation = self._header.generation()
        if generation is None or generation < self._generation:
            return Difference.OVERWRITTEN
        self._generation = generation
        return None if self._has_log() else Difference.LOG_LOST

    def _has_log(self) -> bool:
        """True if the write-ahead log is there that is open too."""
        place = place_of(self._log)
        if self._log_place is None:
            self._log_place = place
        return place == self._log_place

    def _is_renumbered(self, renew: Renew) -> bool:
        """True if what looks like another file is the one that is open after all."""
        generation = renew()
        # Not closed before the end: if it is the same, that would give up our locks on it.
        there = _Header(self._path)
        self._headers.append(there)
        if there.generation() != generation:
            return False
        self._header, self._place, self._generation = there, there.place, generation
        self._log_place = None
        return True

    def _secure(self, difference: Difference, renew: Renew) -> None:
        """Moves what is in the log into the file it belongs to. Whatever comes to the path would
        take a log that is left there for its own."""
        if self._is_secured or difference is Difference.OVERWRITTEN:
            return
        with contextlib.suppress(StorageError):
            renew()
            self._is_secured = True


class _Header:
    """The beginning of a database file, read past SQLite, which would show its cache and its log.

    To close any descriptor of a file gives up all locks that the process has on it, SQLite's too.
    So there is one descriptor for a file, and the last of its users closes it.
    """

    _descriptors: ClassVar[dict[FilePlace, int]] = {}
    _users: ClassVar[Counter[FilePlace]] = Counter()
    _lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, path: str) -> None:
        try:
            with self._lock:
                self.place = _look(path)
                if self.place not in self._descriptors:
                    flags = os.O_RDONLY | getattr(os, "O_BINARY", 0)
                    self._descriptors[self.place] = os.open(path, flags)
                self._users[self.place] += 1
        except OSError as error:
            raise data_folder_error(error) from error

    def generation(self) -> int | None:
        """The generation in the file itself; ``None`` if it is no database (any more)."""
        try:
            with self._lock:
                header = _read_start(self._descriptors[self.place])
        except OSError as error:
            raise data_folder_error(error) from error
        if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
            return None
        return int.from_bytes(header[_GENERATION], "big")

    def close(self) -> None:
        """Gives it up, once."""
        with self._lock:
            self._users[self.place] -= 1
            if not self._users[self.place]:
                del self._users[self.place]
                os.close(self._descriptors.pop(self.place))
