"""Spending on calls: recorded, and kept within the author's limits."""

from __future__ import annotations

import logging
import threading
from typing import TYPE_CHECKING

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, ProviderError, StorageError
from arboris_desktop.domain.model_calls import CallPurpose, ModelCall
from arboris_desktop.domain.spending import SpendSettings, reached_limit, start_of_day
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database, Transaction

if TYPE_CHECKING:
    from arboris_desktop.llm.metered import CheckSpending

log = logging.getLogger(__name__)


class CallLedger:
    """Records what calls cost.

    If a call cannot be recorded at the moment, it is kept for later: its answer is paid for, and
    must not be lost with it. ``settle`` comes before the next call, so that spending stays bounded.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._waiting: list[ModelCall] = []
        self._writing = threading.Lock()

    def record(self, call: ModelCall) -> None:
        """Stores a call that has ended, later if it cannot be stored now. Thread-safe."""
        with self._writing:
            self._waiting.append(call)
            try:
                self._write()
            except StorageError as error:
                log.warning("%d calls are not on record yet: %s", len(self._waiting), error)

    def settle(self) -> None:
        """Stores the calls that are waiting. Raises ``StorageError``. Thread-safe."""
        with self._writing:
            if self._waiting:
                self._write()

    def _write(self) -> None:
        with self._database.write() as transaction:
            for call in self._waiting:
                transaction.calls.add(call)
        self._waiting.clear()


class Spending:
    """Decides whether more may be spent. Thread-safe.

    Running calls are not stopped and may exceed a limit by their own cost.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def check(self, purpose: CallPurpose, currency: str | None) -> None:
        """Raises ``ProviderError`` (SPEND_LIMIT) if a call would exceed a limit.

        ``currency`` is what it costs money in; ``None`` if it costs none, or that is unknown.
        """
        with self._database.read() as transaction:
            settings = transaction.settings.get(SpendSettings)
            reached = reached_limit(
                settings,
                self._today(transaction) if settings.watches_days else Spent(),
                _on_novel(transaction, purpose) if settings.watches_novels else Spent(),
                currency,
            )
        if reached is not None:
            raise ProviderError(ErrorKind.SPEND_LIMIT, reached)

    def _today(self, transaction: Transaction) -> Spent:
        return transaction.calls.spent(since=start_of_day(self._clock()))


def settled_first(ledger: CallLedger, check: CheckSpending) -> CheckSpending:
    """The check, with all on record that it is to count; also raises ``StorageError``."""

    def settle_and_check(purpose: CallPurpose, currency: str | None) -> None:
        ledger.settle()
        check(purpose, currency)

    return settle_and_check


def _on_novel(transaction: Transaction, purpose: CallPurpose) -> Spent:
    if purpose.project_id is None:
        return Spent()
    return transaction.calls.spent(project_id=purpose.project_id)
