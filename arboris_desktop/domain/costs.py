"""What was spent on models, added up in one way or another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from arboris_desktop.domain.spending import start_of_day
from arboris_desktop.domain.usage import TokenUsage


class CostPeriod(StrEnum):
    """The time that is looked at; days begin at midnight where the author is."""

    TODAY = "today"
    WEEK = "week"
    MONTH = "month"
    ALL = "all"

    def begins(self, now: datetime) -> datetime | None:
        """The moment from which on it counts; ``None`` is from the beginning."""
        days = {CostPeriod.TODAY: 0, CostPeriod.WEEK: 6, CostPeriod.MONTH: 29}
        if self is CostPeriod.ALL:
            return None
        return start_of_day(start_of_day(now) - timedelta(days=days[self], hours=-12))


class CostGrouping(StrEnum):
    """What a row stands for."""

    TASK = "task"
    CHAPTER = "chapter"
    DAY = "day"
    NOVEL = "novel"
    MODEL = "model"


@dataclass(frozen=True, slots=True)
class CostRow:
    """The calls that have something in common.

    ``key`` is the task's value, the chapter's id, the day (ISO), the novel's id or the model;
    empty for calls that belong to none. ``title`` is the chapter's or novel's, ``number`` the
    chapter's, ``novel`` the title of its novel; for a model, ``title`` is what the author calls
    it. ``money`` is by currency; ``unpriced`` calls took tokens whose price nobody knew.
    """

    key: str
    title: str = ""
    number: int | None = None
    novel: str = ""
    calls: int = 0
    usage: TokenUsage = field(default_factory=TokenUsage)
    money: Mapping[str, float] = field(default_factory=dict)
    unpriced: int = 0


@dataclass(frozen=True, slots=True)
class CostReport:
    """Rows, those that took most first (days: the newest first), and all of them together."""

    grouping: CostGrouping
    rows: tuple[CostRow, ...]
    total: CostRow


def add_up(key: str, rows: Iterable[CostRow]) -> CostRow:
    """All rows in one; amounts in different currencies stay apart."""
    calls = unpriced = 0
    usage = TokenUsage()
    money: dict[str, float] = {}
    for row in rows:
        calls += row.calls
        unpriced += row.unpriced
        usage += row.usage
        for currency, amount in row.money.items():
            money[currency] = money.get(currency, 0.0) + amount
    return CostRow(key, calls=calls, usage=usage, money=money, unpriced=unpriced)
