"""The sum of several calls: currencies stay apart, whatever comes."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.spent import Spent, all_spent, money_words
from arboris_desktop.domain.usage import TokenUsage

CALLS = st.lists(
    st.builds(
        Spent.on_call,
        st.builds(TokenUsage, st.integers(0, 10**6), st.integers(0, 10**6)),
        st.one_of(st.none(), st.floats(0, 1000)),
        st.sampled_from(["USD", "CNY", "EUR"]),
    ),
    max_size=12,
)


def test_half_a_dollar_and_three_yuan_are_no_three_and_a_half_of_anything() -> None:
    dollars = Spent.on_call(TokenUsage(10, 5), 0.5, "USD")
    yuan = Spent.on_call(TokenUsage(20, 5), 3.0, "CNY")

    both = dollars + yuan

    assert both.money == {"USD": 0.5, "CNY": 3.0}
    assert (both.tokens, both.unpriced) == (40, 0)
    assert money_words(both) == "3.0000 CNY + 0.5000 USD"


def test_a_call_without_a_price_does_not_hide_what_is_known() -> None:
    spent = Spent.on_call(TokenUsage(1), 0.5, "USD") + Spent.on_call(TokenUsage(1), None, "CNY")
    assert (spent.money, spent.unpriced) == ({"USD": 0.5}, 1)
    assert money_words(spent) == "0.5000 USD + unknown"
    # The built-in model costs nothing, and what took nothing has no price to be known.
    assert Spent.on_call(TokenUsage(9), 0.0, "USD") == Spent(TokenUsage(9))
    assert Spent.on_call(TokenUsage(), None, "USD") == Spent()


@given(CALLS)
def test_nothing_is_lost_in_a_sum_nor_in_its_stored_form(calls: list[Spent]) -> None:
    together = all_spent(calls)
    for currency in ("USD", "CNY", "EUR"):
        wanted = sum(call.paid_in(currency) for call in calls)
        assert together.paid_in(currency) == pytest.approx(wanted)
    assert together.tokens == sum(call.tokens for call in calls)
    assert Spent.from_json(together.to_json()) == together


def test_an_older_form_and_a_forged_one_are_read_as_far_as_they_make_sense() -> None:
    assert Spent.from_json(None) == Spent()
    assert Spent.from_json({"prompt_tokens": 3}) == Spent(TokenUsage(3))
    forged = {"money": {"USD": -5.0, "CNY": float("nan"), "EUR": True, "GBP": "1", "JPY": 2}}
    assert Spent.from_json(forged).money == {"JPY": 2.0}
    assert Spent.from_json({"money": [1, 2]}).money == {}
