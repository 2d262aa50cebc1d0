"""Turning the errors of a server's driver into ours, whatever driver it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from arboris_desktop.domain.errors import ErrorKind, StorageError

Error = TypeVar("Error", bound=Exception)


@contextmanager
def errors_of(driver: type[Error], raise_known: Callable[[Error], None]) -> Iterator[None]:
    """Gives an error of the driver, bare or in one of SQLAlchemy's, to ``raise_known``; what that
    lets pass is a bug, and is raised unchanged."""
    try:
        yield
    except PoolTimeoutError as error:
        raise StorageError(ErrorKind.DATABASE_LOCKED, "too many connections are in use") from error
    except (DBAPIError, driver) as error:
        original = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(original, driver):
            raise_known(original)
        raise
