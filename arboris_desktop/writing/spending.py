"""Keeping to the author's limits: looked up before each call."""

from __future__ import annotations

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.errors import ErrorKind, ProviderError
from arboris_desktop.domain.model_calls import CallPurpose
from arboris_desktop.domain.spending import SpendSettings, reached_limit, start_of_day
from arboris_desktop.domain.spent import Spent
from arboris_desktop.storage.database import Database, Transaction


class Spending:
    """Says whether more may be spent. For any thread.

    What runs is not stopped: calls under way may go beyond a limit by what they take themselves.
    """

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def check(self, purpose: CallPurpose, currency: str | None) -> None:
        """Raises ``ProviderError`` (SPEND_LIMIT) when a call would go beyond a limit.

        ``currency`` is what it costs money in; ``None`` when it costs none, or nobody knows.
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


def _on_novel(transaction: Transaction, purpose: CallPurpose) -> Spent:
    if purpose.project_id is None:
        return Spent()
    return transaction.calls.spent(project_id=purpose.project_id)
