"""The server's errors as ours: what happened, and whether waiting mends it."""

from __future__ import annotations

from contextlib import AbstractContextManager

import pymysql

from arboris_desktop.domain.errors import ErrorKind, StorageError
from arboris_desktop.storage.engine.errors import removed_meanwhile
from arboris_desktop.storage.engine.server_errors import errors_of

_FOREIGN_KEY = (1216, 1452)

_LOCKED = (1205, 1213, 1317, 3024, 3572, 1969)
"""A wait for a lock, a deadlock, a statement that was ended or took too long."""
_FULL = (1021, 1114)
_READ_ONLY = (1142, 1143, 1227, 1290, 1792, 1836, 3100)
_UNREACHABLE = (
    *(1040, 1042, 1043, 1044, 1045, 1049, 1053, 1077, 1079, 1080, 1129, 1130, 1152, 1158, 1159),
    *(1160, 1161, 1203, 1226, 1698, 1927, 3118, 3159, 3168, 4031, 4151),
)
"""Too many connections, who may not connect, a server that ends, connections that were cut."""
_DAMAGED = (126, 127, 144, 145, 1034, 1194, 1195, 1712, 1877)

_KINDS = {
    code: kind
    for codes, kind in (
        (_LOCKED, ErrorKind.DATABASE_LOCKED),
        (_FULL, ErrorKind.DISK_FULL),
        (_READ_ONLY, ErrorKind.DATABASE_READ_ONLY),
        (_UNREACHABLE, ErrorKind.DATABASE_UNREACHABLE),
        (_DAMAGED, ErrorKind.DATABASE_CORRUPT),
    )
    for code in codes
}
_OF_FILES = (3, 5, 20, 1026, 1030)
"""The server could not write or read; the number that the system gave is in the words."""


def server_errors() -> AbstractContextManager[None]:
    """Raises ``StorageError`` for faults of the server and of the way to it, and ``NotFoundError``
    for what belongs to a row that was removed; bugs pass through unchanged."""
    return errors_of(pymysql.Error, _raise_known)


def _raise_known(error: pymysql.Error) -> None:
    code, said = _parts(error)
    if code in _FOREIGN_KEY:
        raise removed_meanwhile() from error
    kind = _KINDS.get(code) or _kind_of_files(code, said) or _kind_of_connection(error, code)
    if kind is not None:
        raise StorageError(kind, f"{said} ({code})") from error


def _parts(error: pymysql.Error) -> tuple[int, str]:
    """The number and the words."""
    code, *said = error.args or (0,)
    words = " ".join(" ".join(map(str, said)).split())
    return (code if isinstance(code, int) else 0), words or type(error).__name__


def _kind_of_files(code: int, said: str) -> ErrorKind | None:
    if code not in _OF_FILES:
        return None
    is_full = "No space left" in said or "error 28" in said or "Errcode: 28" in said
    return ErrorKind.DISK_FULL if is_full else ErrorKind.DISK_ERROR


def _kind_of_connection(error: pymysql.Error, code: int) -> ErrorKind | None:
    """The driver's own errors of the connection have numbers from 2000, or none."""
    is_of_driver = code == 0 or 2000 <= code < 3000
    is_of_connection = isinstance(error, pymysql.OperationalError | pymysql.InterfaceError)
    return ErrorKind.DATABASE_UNREACHABLE if is_of_driver and is_of_connection else None
