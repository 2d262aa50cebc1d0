"""The price of model calls: tokens, and money in whatever currencies it was paid."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import field

from arboris_desktop.domain.record import record
from arboris_desktop.domain.usage import TokenUsage


@record
class Spent:
    """The sum of one or more calls.

    ``money`` is by currency, and holds only what was paid; amounts in different currencies are
    never added together. ``unpriced`` calls took tokens whose price nobody knew.
    """

    usage: TokenUsage = field(default_factory=TokenUsage)
    money: Mapping[str, float] = field(default_factory=dict)
    unpriced: int = 0

    @classmethod
    def on_call(cls, usage: TokenUsage, cost: float | None, currency: str) -> Spent:
        """The sum of one call; ``cost`` is ``None`` when no price is known."""
        money = {currency: cost} if cost else {}
        return cls(usage, money, int(cost is None and usage.total_tokens > 0))

    def __add__(self, other: Spent) -> Spent:
        money = dict(self.money)
        for currency, amount in other.money.items():
            money[currency] = money.get(currency, 0.0) + amount
        return Spent(self.usage + other.usage, money, self.unpriced + other.unpriced)

    @property
    def tokens(self) -> int:
        """Tokens in both directions."""
        return self.usage.total_tokens

    def paid_in(self, currency: str) -> float:
        """The amount paid in one currency."""
        return self.money.get(currency, 0.0)

    def to_json(self) -> dict[str, object]:
        """The stored form: that of the tokens, and the money beside it."""
        return {**self.usage.to_json(), "money": dict(self.money), "unpriced": self.unpriced}

    @classmethod
    def from_json(cls, data: Mapping[str, object] | None) -> Spent:
        """Reads what ``to_json`` wrote; missing figures count as nothing."""
        if not data:
            return cls()
        data = dict(data)
        money = data.get("money")
        amounts = money.items() if isinstance(money, Mapping) else ()
        return cls(
            TokenUsage.from_json(data),
            {str(currency): float(amount) for currency, amount in amounts if _is_paid(amount)},
            int(str(data.get("unpriced", 0))),
        )


def _is_paid(amount: object) -> bool:
    if isinstance(amount, bool) or not isinstance(amount, int | float):
        return False
    return math.isfinite(amount) and amount > 0


def money_words(spent: Spent) -> str:
    """The amounts in plain English, such as "0.5000 USD + 3.0000 CNY"; "0" for nothing."""
    known = [f"{amount:.4f} {currency}" for currency, amount in sorted(spent.money.items())]
    return " + ".join([*known, *["unknown"] * bool(spent.unpriced)]) or "0"


def all_spent(parts: Iterable[Spent]) -> Spent:
    """The sum of all parts."""
    return sum(parts, Spent())
