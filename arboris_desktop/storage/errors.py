"""Turning the driver's errors into words: what happened, not which C function noticed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError

from arboris_desktop.domain.errors import ErrorKind, StorageError

_KINDS = {
    sqlite3.SQLITE_FULL: ErrorKind.DISK_FULL,
    sqlite3.SQLITE_IOERR: ErrorKind.DISK_FULL,
    sqlite3.SQLITE_BUSY: ErrorKind.DATABASE_LOCKED,
    sqlite3.SQLITE_LOCKED: ErrorKind.DATABASE_LOCKED,
    sqlite3.SQLITE_READONLY: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_CANTOPEN: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_PERM: ErrorKind.DATABASE_READ_ONLY,
    sqlite3.SQLITE_CORRUPT: ErrorKind.DATABASE_CORRUPT,
    sqlite3.SQLITE_NOTADB: ErrorKind.DATABASE_CORRUPT,
}


@contextmanager
def storage_errors() -> Iterator[None]:
    """Raises ``StorageError`` for faults of disk, lock and file; bugs pass through unchanged."""
    try:
        yield
    except DBAPIError as error:
        raise_known(error.orig, error)
        raise
    except sqlite3.Error as error:
        raise_known(error, error)
        raise


def raise_known(original: BaseException | None, cause: BaseException) -> None:
    """Raises a ``StorageError`` if the driver's error is an environment problem."""
    code = getattr(original, "sqlite_errorcode", None)
    kind = _KINDS.get(code & 0xFF) if isinstance(code, int) else None
    if kind is not None:
        raise StorageError(kind, str(original)) from cause
