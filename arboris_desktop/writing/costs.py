"""Costs of model calls: by task, chapter, day, novel or model."""

from __future__ import annotations

from arboris_desktop.domain.clock import Clock, utc_now
from arboris_desktop.domain.costs import CostGrouping, CostPeriod, CostReport, CostRow, add_up
from arboris_desktop.storage.database import Database


class Costs:
    """Adds up the ledger. A large one takes a moment: call it off the GUI thread."""

    def __init__(self, database: Database, clock: Clock = utc_now) -> None:
        self._database = database
        self._clock = clock

    def report(
        self, period: CostPeriod, grouping: CostGrouping, project_id: str | None = None
    ) -> CostReport:
        """Returns the costs within a period, of all novels or one of them."""
        since = period.begins(self._clock())
        with self._database.read() as transaction:
            rows = transaction.costs.rows(grouping, since=since, project_id=project_id)
        ordered = sorted(rows, key=_amount, reverse=True)
        if grouping is CostGrouping.DAY:
            ordered = sorted(rows, key=lambda row: row.key, reverse=True)
        return CostReport(grouping, tuple(ordered), add_up("", rows))

    def of_models(self) -> list[CostRow]:
        """Returns calls, tokens and money by provider and model, of everything called from here."""
        with self._database.read() as transaction:
            return transaction.costs.of_models()

    def of_chapter(self, chapter_id: int) -> CostRow:
        """Returns everything that was spent on a chapter."""
        with self._database.read() as transaction:
            return add_up("", transaction.costs.rows(CostGrouping.TASK, chapter_id=chapter_id))


def _amount(row: CostRow) -> int:
    """Sorts by tokens, since money may be in several currencies or unknown."""
    return row.spent.tokens
