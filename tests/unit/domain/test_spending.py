from __future__ import annotations

from datetime import UTC, datetime

import pytest

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.spending import (
    MoneyLimit,
    SpendSettings,
    Spent,
    reached_limit,
    start_of_day,
)

LIMITS = SpendSettings(1000, 5000, (MoneyLimit("USD", 1.0, 10.0), MoneyLimit("CNY", 5.0)))


@pytest.mark.parametrize(
    ("today", "on_novel", "currency", "said"),
    [
        (Spent(999, {"USD": 0.99}), Spent(4999, {"USD": 9.99}), "USD", None),
        (Spent(1000), Spent(), None, "1,000 of 1,000 tokens are spent today"),
        (Spent(), Spent(5200), None, "5,200 of 5,000 tokens are spent on this novel"),
        (Spent(1, {"USD": 1.0}), Spent(), "USD", "1.00 of 1.00 USD are spent today"),
        (Spent(1), Spent(1, {"USD": 12.5}), "USD", "12.50 of 10.00 USD are spent on this novel"),
        # What costs nothing, or another currency, is not stopped by dollars that were spent.
        (Spent(1, {"USD": 99.0}), Spent(), None, None),
        (Spent(1, {"USD": 99.0, "CNY": 4.0}), Spent(), "CNY", None),
        (Spent(1, {"EUR": 99.0}), Spent(1, {"EUR": 99.0}), "EUR", None),
    ],
)
def test_what_stops_a_call(
    today: Spent, on_novel: Spent, currency: str | None, said: str | None
) -> None:
    assert reached_limit(LIMITS, today, on_novel, currency) == said


def test_without_limits_nothing_is_watched() -> None:
    assert reached_limit(SpendSettings(), Spent(10**9, {"USD": 1e9}), Spent(), "USD") is None
    assert not SpendSettings().watches_days
    assert not SpendSettings().watches_novels
    assert LIMITS.watches_days
    assert LIMITS.watches_novels
    assert not SpendSettings(money=(MoneyLimit("USD", per_day=1.0),)).watches_novels


def test_limits_are_amounts() -> None:
    for wrong in (-1.0, float("nan"), float("inf")):
        with pytest.raises(RuleError):
            MoneyLimit("USD", wrong)
    with pytest.raises(RuleError):
        SpendSettings(tokens_per_day=-1)


def test_a_day_begins_at_the_authors_midnight() -> None:
    began = start_of_day(datetime(2026, 11, 25, 12, tzinfo=UTC))
    assert (began.hour, began.minute) == (0, 0)
    assert began.utcoffset() is not None
