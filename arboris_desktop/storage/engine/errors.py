"""Turning the driver's errors into words: what happened, not which C function noticed."""

from __future__ import annotations

import errno
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from arboris_desktop.domain.errors import ErrorKind, NotFoundError, StorageError

_KINDS = {
    sqlite3.SQLITE_FULL: ErrorKind.DISK_FULL,
    sqlite3.SQLITE_IOERR: ErrorKind.DISK_ERROR,
    sqlite3.SQLITE_BUSY: ErrorKind.DATABASE_LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorKind.DATABASE_LOCKED,
    sqlite3.SQLITE_READONLY: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_PERM: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_CORRUPT: ErrorKind.DATABASE_CORRUPT,
    sqlite3.SQLITE_NOTADB: ErrorKind.DATABASE_CORRUPT,
}
_EXTENDED_KINDS = {
    # The file beside the WAL could not be made larger; SQLite has no FULL for that.
    sqlite3.SQLITE_IOERR_SHMSIZE: ErrorKind.DISK_FULL,
    # A disk without memory that processes share, or without locks for it, as some network and cloud
    # folders are: it holds every other file.
    sqlite3.SQLITE_IOERR_SHMMAP: ErrorKind.DISK_UNSUITABLE,
    sqlite3.SQLITE_IOERR_SHMLOCK: ErrorKind.DISK_UNSUITABLE,
    sqlite3.SQLITE_IOERR_CORRUPTFS: ErrorKind.DATABASE_CORRUPT,
}


class _StorageErrors:
    """A generator would take longer than the statements of a short transaction."""

    def __enter__(self) -> None: ...

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if isinstance(error, Exception):
            # SQLAlchemy, which takes long to import, puts the driver's error into one of its own.
            raise_known(getattr(error, "orig", error), error)


_STORAGE_ERRORS = _StorageErrors()


def storage_errors() -> AbstractContextManager[None]:
    """Raises ``StorageError`` for faults of disk, lock and file, and ``NotFoundError`` for what
    belongs to a row that was removed; bugs pass through unchanged."""
    return _STORAGE_ERRORS


def raise_known(original: BaseException | None, cause: BaseException) -> None:
    """Raises a ``StorageError`` if the driver's error is an environment problem, and a
    ``NotFoundError`` if what something belongs to is gone."""
    code = getattr(original, "sqlite_errorcode", None)
    if not isinstance(code, int):
        return
    if code == sqlite3.SQLITE_CONSTRAINT_FOREIGNKEY:
        raise removed_meanwhile() from cause
    kind = _EXTENDED_KINDS.get(code) or _KINDS.get(code & 0xFF)
    if code == sqlite3.SQLITE_IOERR_WRITE and _sizes_are_limited():
        kind = ErrorKind.FILE_SIZE_LIMIT
    if kind is not None:
        raise StorageError(kind, str(original)) from cause


def removed_meanwhile() -> NotFoundError:
    """The error for a row that refers to one which is gone: another window, command or machine was
    quicker, and it is no fault of the storage."""
    what = "the novel or the chapter that this belongs to was removed meanwhile"
    return NotFoundError(ErrorKind.NOT_FOUND, what)


@contextmanager
def file_errors() -> Iterator[None]:
    """Raises ``StorageError`` for what the system says of files and folders, such as backups."""
    try:
        yield
    except OSError as error:
        raise StorageError(kind_of_os_error(error), str(error)) from error


def data_folder_error(error: OSError) -> StorageError:
    """The error for a data folder that cannot be used."""
    kind = kind_of_os_error(error)
    if kind is ErrorKind.FILE_UNWRITABLE:
        kind = ErrorKind.DATABASE_READ_ONLY
    if error.errno in (errno.ENOTDIR, errno.EEXIST) and error.filename is not None:
        return StorageError(kind, f"a file stands where a folder is needed: {error.filename}")
    return StorageError(kind, str(error))


def kind_of_os_error(error: OSError) -> ErrorKind:
    """Full, failing, too long a path, or not allowed to be written."""
    if error.errno == errno.ENAMETOOLONG:
        return ErrorKind.PATH_TOO_LONG
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ErrorKind.DISK_FULL
    if error.errno == errno.EFBIG:
        return ErrorKind.FILE_SIZE_LIMIT
    return ErrorKind.DISK_ERROR if error.errno == errno.EIO else ErrorKind.FILE_UNWRITABLE


def _sizes_are_limited() -> bool:
    """True if the system lets this process make no file larger than some size: SQLite tells of a
    write that failed, and not why."""
    if sys.platform == "win32":
        return False
    import resource

    return resource.getrlimit(resource.RLIMIT_FSIZE)[0] != resource.RLIM_INFINITY
