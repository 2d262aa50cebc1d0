"""The costs of models, added up in one way or another."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from datetime import datetime, timedelta
from enum import StrEnum

from arboris_desktop.domain.record import record
from arboris_desktop.domain.spending import start_of_day
from arboris_desktop.domain.spent import Spent, all_spent


class CostPeriod(StrEnum):
    """The period that is shown; days begin at the author's local midnight."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def begins(self, now: datetime) -> datetime | None:
        """The moment at which it starts; ``None`` is the beginning."""
        days = {CostPeriod.TODAY: 0, CostPeriod.WEEK: 6, CostPeriod.MONTH: 29}
        if self is CostPeriod.ALL:
            return None
        return start_of_day(start_of_day(now) - timedelta(days=days[self], hours=-12))


class CostGrouping(StrEnum):
    """The subject of a row of costs."""

    TASK = "task"
    CHAPTER = "chapter"
    DAY = "day"
    NOVEL = "novel"
    MODEL = "model"


@record
class CostRow:
    """Calls that have something in common.

    ``key`` is the task's value, the chapter's id, the day (ISO), the novel's id or the model;
    empty for calls that belong to none. ``title`` is the chapter's or novel's, ``number`` and
    ``label`` the chapter's, ``novel`` the title of its novel; for a model, ``title`` is what the
    author calls it.
    """

    key: str
    title: str = ""
    number: int | None = None
    novel: str = ""
    calls: int = 0
    spent: Spent = field(default_factory=Spent)
    label: str | None = None


@record
class CostReport:
    """Rows, those that took most first (days: the newest first), and all of them together."""

    grouping: CostGrouping
    rows: tuple[CostRow, ...]
    total: CostRow


def add_up(key: str, rows: Iterable[CostRow]) -> CostRow:
    """All rows in one."""
    rows = list(rows)
    return CostRow(
        key, calls=sum(row.calls for row in rows), spent=all_spent(row.spent for row in rows)
    )
