"""The server's errors as ours: what happened, and whether waiting mends it."""

from __future__ import annotations

from contextlib import AbstractContextManager

import psycopg

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.errors import removed_meanwhile
from arboris_desktop.storage.engine.server_errors import errors_of

_FOREIGN_KEY = "23503"

_KINDS = {
    "25006": ErrorKind.DATABASE_READ_ONLY,
    "25P03": ErrorKind.DATABASE_LOCKED,
    "40001": ErrorKind.DATABASE_LOCKED,
    "40P01": ErrorKind.DATABASE_LOCKED,
    "42501": ErrorKind.DATABASE_READ_ONLY,
    "53100": ErrorKind.DISK_FULL,
    "55P03": ErrorKind.DATABASE_LOCKED,
    "57014": ErrorKind.DATABASE_LOCKED,
}
_KINDS_OF_CLASS = {
    "08": ErrorKind.DATABASE_UNREACHABLE,
    "28": ErrorKind.DATABASE_UNREACHABLE,
    "3D": ErrorKind.DATABASE_UNREACHABLE,
    "53": ErrorKind.DATABASE_UNREACHABLE,
    "57": ErrorKind.DATABASE_UNREACHABLE,
    "58": ErrorKind.DISK_ERROR,
    "XX": ErrorKind.DISK_ERROR,
}
"""By the first two characters of the state, which are its class."""


def server_errors() -> AbstractContextManager[None]:
    """Raises ``StorageError`` for faults of the server and of the way to it, and ``NotFoundError``
    for what belongs to a row that was removed; bugs pass through unchanged."""
    return errors_of(psycopg.Error, _raise_known)


def _raise_known(error: psycopg.Error) -> None:
    state = error.sqlstate
    if state == _FOREIGN_KEY:
        raise removed_meanwhile() from error
    kind = _kind_without_state(error) if state is None else _kind_of(state)
    if kind is not None:
        raise StorageError(kind, " ".join(str(error).split())) from error


def _kind_of(state: str) -> ErrorKind | None:
    return _KINDS.get(state) or _KINDS_OF_CLASS.get(state[:2])


def _kind_without_state(error: psycopg.Error) -> ErrorKind | None:
    """The driver's own errors of the connection bear no state of the server."""
    is_of_connection = isinstance(error, psycopg.OperationalError | psycopg.InterfaceError)
    return ErrorKind.DATABASE_UNREACHABLE if is_of_connection else None
