"""A library in a database of a server: its connections, and what all servers have in common."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Protocol

from sqlalchemy import URL, Connection, Engine, NullPool, Pool

from arboris_desktop.domain.clock import Clock
from arboris_desktop.storage.engine.server_clock import ServerClock


class MakeEngine(Protocol):
    """Makes an engine for one kind of transaction, with a pool unless ``NullPool`` is given."""

    def __call__(
        self, url: URL, *, isolation_level: str, poolclass: type[Pool] | None = None
    ) -> Engine: ...


class ServerStore(ABC):
    """Opens the database, migrated to the present schema, or makes the schema in an empty one.

    ``writers`` is the isolation level of transactions that write. ``errors`` raises the server's
    errors as ours.
    """

    is_shared = True

    def __init__(
        self,
        url: URL,
        engine: MakeEngine,
        errors: Callable[[], AbstractContextManager[None]],
        *,
        writers: str,
    ) -> None:
        self.place = url.render_as_string(hide_password=True)
        self._errors = errors
        self._readers = engine(url, isolation_level="REPEATABLE READ")
        self._writers = engine(url, isolation_level=writers)
        # The sessions of owners last as long as these.
        self._sessions = engine(url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        self._clock = ServerClock()
        try:
            with errors():
                self._prepare_schema()
                with self._writers.connect() as connection:
                    self._ask_time(connection)
        except BaseException:
            self.close()
            raise

    @abstractmethod
    def _prepare_schema(self) -> None:
        """Makes or migrates the schema."""

    @abstractmethod
    def _ask_time(self, connection: Connection) -> None:
        """Sets the clock by the server's."""

    def _ask_time_if_due(self, connection: Connection) -> None:
        if self._clock.is_due:
            self._ask_time(connection)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Reads what was committed when the first statement runs; what is written is not kept."""
        with self._errors(), self._readers.connect() as connection:
            yield connection

    def clock(self) -> Clock:
        """The server's clock, which all machines go by."""
        return self._clock

    def refuse_exchanged(self) -> None:  # noqa: B027
        """Does nothing: a server's database is no file that could be exchanged."""

    def close(self) -> None:
        """Closes every connection."""
        for engine in (self._readers, self._writers, self._sessions):
            engine.dispose()
