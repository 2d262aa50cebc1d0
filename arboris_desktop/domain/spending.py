"""Limits to what may be spent on models, and sums of what was."""

from __future__ import annotations

import math
from datetime import datetime

from arboris_desktop.domain.errors import ErrorKind, RuleError
from arboris_desktop.domain.record import record
from arboris_desktop.domain.spent import Spent


@record
class MoneyLimit:
    """The most that may be spent in one currency in a day, and on one novel; 0 sets no limit.

    ``alert`` stops nothing: an analysis that costs more is told of.
    """

    currency: str
    per_day: float = 0.0
    per_novel: float = 0.0
    alert: float = 0.0

    def __post_init__(self) -> None:
        amounts = (self.per_day, self.per_novel, self.alert)
        if not all(math.isfinite(amount) and amount >= 0 for amount in amounts):
            raise RuleError(ErrorKind.INVALID_VALUE, "a limit must be zero or more")


@record
class SpendSettings:
    """The author's limits; 0 sets none. A day begins at midnight where the author is.

    Tokens count whatever they cost, money in its own currency only: different ones are never
    added together.
    """

    tokens_per_day: int = 0
    tokens_per_novel: int = 0
    money: tuple[MoneyLimit, ...] = ()

    def __post_init__(self) -> None:
        if min(self.tokens_per_day, self.tokens_per_novel) < 0:
            raise RuleError(ErrorKind.INVALID_VALUE, "a limit must be zero or more")

    def money_limit(self, currency: str | None) -> MoneyLimit:
        """The limit in a currency, which may be none."""
        found = (limit for limit in self.money if limit.currency == currency)
        return next(found, MoneyLimit(currency or ""))

    def is_alarming(self, spent: Spent) -> bool:
        """True if one analysis cost more, in any currency, than the author wants to be told of."""
        return any(0 < each.alert < spent.paid_in(each.currency) for each in self.money)

    @property
    def watches_days(self) -> bool:
        """True if anything limits a day."""
        return bool(self.tokens_per_day or any(limit.per_day for limit in self.money))

    @property
    def watches_novels(self) -> bool:
        """True if anything limits a novel."""
        return bool(self.tokens_per_novel or any(limit.per_novel for limit in self.money))


def reached_limit(
    settings: SpendSettings, today: Spent, on_novel: Spent, currency: str | None
) -> str | None:
    """The limit that a further call would break, in words with its figures; ``None`` if none.

    ``currency`` is what the call costs money in; one that costs none is stopped by tokens only.
    """
    for when, spent, allowed in (
        ("today", today.tokens, settings.tokens_per_day),
        ("on this novel", on_novel.tokens, settings.tokens_per_novel),
    ):
        if 0 < allowed <= spent:
            return f"{spent:,} of {allowed:,} tokens are spent {when}"
    if currency is None:
        return None
    limit = settings.money_limit(currency)
    for when, paid, payable in (
        ("today", today.paid_in(currency), limit.per_day),
        ("on this novel", on_novel.paid_in(currency), limit.per_novel),
    ):
        if 0 < payable <= paid:
            return f"{paid:,.2f} of {payable:,.2f} {currency} are spent {when}"
    return None


def start_of_day(now: datetime) -> datetime:
    """Midnight before ``now``, where the author is."""
    return now.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
