"""The record of calls: what each took is stored, now or as soon as it can be."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from arboris_desktop.domain.errors import StorageError
from arboris_desktop.domain.model_calls import CallPurpose, ModelCall
from arboris_desktop.storage.database import Database

if TYPE_CHECKING:
    from arboris_desktop.llm.metered import CheckSpending

log = logging.getLogger(__name__)


class CallLedger:
    """Writes down what calls took.

    A call that cannot be written down just now is kept for later: its answer is paid for, and must
    not be lost with it. ``settle`` comes before the next call, so that spending stays bounded.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[ModelCall] = []
        self._writing = threading.Lock()

    def record(self, call: ModelCall) -> None:
        """Stores a call that has ended, soon if not now; for any thread."""
        with self._writing:
            self._waiting.append(call)
            try:
                self._write()
            except StorageError as error:
                log.warning("%d calls are not on record yet: %s", len(self._waiting), error)

    def settle(self) -> None:
        """Stores the calls that wait for it; raises ``StorageError``. For any thread."""
        with self._writing:
            if self._waiting:
                self._write()

    def _write(self) -> None:
        with self._database.write() as transaction:
            for call in self._waiting:
                transaction.calls.add(call)
        self._waiting.clear()


def settled_first(ledger: CallLedger, check: CheckSpending) -> CheckSpending:
    """The check, with all on record that it is to count; also raises ``StorageError``."""

    def settle_and_check(purpose: CallPurpose, currency: str | None) -> None:
        ledger.settle()
        check(purpose, currency)

    return settle_and_check
