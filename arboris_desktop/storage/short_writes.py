"""Writing much without keeping others from writing: many short transactions in a row."""

from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from arboris_desktop.storage.database import Database, Transaction

HOLD_SECONDS = 0.5
"""The time for which the lock for writing is held before others get a turn."""

PAUSE_SECONDS = 0.12
"""The time that a turn lasts: SQLite lets whoever waits look every 0.1 s, at the rarest."""


class ShortWrites:
    """Transactions one after the other, each committed when it has lasted long enough.

    What was committed stays when a later one fails: the caller has to begin with something that
    nobody sees, and to clear it away.
    """

    def __init__(self, database: Database) -> None:
        self._database = database

    def __enter__(self) -> Self:
        self._begin()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._writing.__exit__(kind, error, trace)

    @property
    def transaction(self) -> Transaction:
        """The present one; not to be kept beyond ``breathe``."""
        return self._transaction

    def breathe(self) -> None:
        """Lets others write if it is time: to be called after each little piece of work."""
        if time.monotonic() - self._began < HOLD_SECONDS:
            return
        self._writing.__exit__(None, None, None)
        time.sleep(PAUSE_SECONDS)
        self._begin()

    def _begin(self) -> None:
        self._writing = self._database.write()
        self._transaction = self._writing.__enter__()
        self._began = time.monotonic()
