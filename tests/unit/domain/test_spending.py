from __future__ import annotations

from datetime import UTC, datetime

import pytest

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.spending import (
    MoneyLimit,
    SpendSettings,
    reached_limit,
    start_of_day,
)
from arboris_desktop.domain.spent import Spent
from tests.support.amounts import took

LIMITS = SpendSettings(1000, 5000, (MoneyLimit("USD", 1.0, 10.0), MoneyLimit("CNY", 5.0)))


@pytest.mark.parametrize(
    ("today", "on_novel", "currency", "said"),
    [
        (took(999, {"USD": 0.99}), took(4999, {"USD": 9.99}), "USD", None),
        (took(1000), took(), None, "1,000 of 1,000 tokens are spent today"),
        (took(), took(5200), None, "5,200 of 5,000 tokens are spent on this novel"),
        (took(1, {"USD": 1.0}), took(), "USD", "1.00 of 1.00 USD are spent today"),
        (took(1), took(1, {"USD": 12.5}), "USD", "12.50 of 10.00 USD are spent on this novel"),
        # What costs nothing, or another currency, is not stopped by dollars that were spent.
        (took(1, {"USD": 99.0}), took(), None, None),
        (took(1, {"USD": 99.0, "CNY": 4.0}), took(), "CNY", None),
        (took(1, {"EUR": 99.0}), took(1, {"EUR": 99.0}), "EUR", None),
    ],
)
def test_what_stops_a_call(
    today: Spent, on_novel: Spent, currency: str | None, said: str | None
) -> None:
    assert reached_limit(LIMITS, today, on_novel, currency) == said


def test_without_limits_nothing_is_watched() -> None:
    assert reached_limit(SpendSettings(), took(10**9, {"USD": 1e9}), took(), "USD") is None
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
