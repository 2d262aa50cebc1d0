from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from arboris_desktop.domain.errors import RuleError
from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import (
    ProviderProfile,
    ProviderRoster,
    host_of,
    is_open_on_the_way,
    new_profile_id,
)
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.domain.usage import TokenUsage

IDS = ("provider", "provider-a", "provider-b")


def profile(id: str, name: str = "", model: str = "") -> ProviderProfile:
    connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, "https://api.example.com", model)
    return ProviderProfile(id, name, connection)


@given(
    st.dictionaries(
        st.sampled_from(list(ModelTask)), st.lists(st.sampled_from([*IDS, "gone"])).map(tuple)
    )
)
def test_a_route_names_those_that_there_are_once_and_is_never_empty(
    routes: dict[ModelTask, tuple[str, ...]],
) -> None:
    roster = ProviderRoster(tuple(profile(id) for id in IDS), routes)
    for task in ModelTask:
        found = [candidate.id for candidate in roster.route(task)]
        wanted = [id for id in routes.get(task, ()) if id != "gone"]
        assert found == (list(dict.fromkeys(wanted)) or ["provider"])
        assert set(found) <= {candidate.id for candidate in roster.in_use()}
    assert roster.route(None) == (roster.first,)


def test_a_roster_holds_one_of_each_at_least_one() -> None:
    with pytest.raises(RuleError):
        ProviderRoster(())
    with pytest.raises(RuleError):
        ProviderRoster((profile("a"), profile("a")))
    assert new_profile_id() != new_profile_id()


def test_a_profile_is_found_by_what_the_author_calls_it() -> None:
    named, plain = profile("a", "Fast & cheap"), profile("b", model="big-model")
    roster = ProviderRoster((named, plain))
    assert roster.named("fast & CHEAP") is named
    assert roster.named("big-model") is plain
    assert roster.named("") is None


def test_a_profile_costs_what_its_prices_say() -> None:
    usage = TokenUsage(1_000_000, 500_000)
    prices = PriceSettings(2.0, 8.0, "CNY")
    paid = ProviderProfile(connection=profile("a").connection, prices=prices)
    assert (paid.cost_of(usage), paid.currency) == (6.0, "CNY")
    cached = TokenUsage(1_000_000, 500_000, cached_tokens=600_000)
    assert paid.cost_of(cached) == 6.0
    assert replace(prices, cached_per_million=0.5).cost_of(cached) == pytest.approx(5.1)
    assert (profile("a").cost_of(usage), profile("a").currency) == (None, None)
    built_in = ProviderProfile(prices=prices)
    assert (built_in.cost_of(usage), built_in.currency) == (0.0, None)


def test_limits_are_counts() -> None:
    with pytest.raises(RuleError):
        ProviderProfile(max_parallel=-1)
    with pytest.raises(RuleError):
        ProviderProfile(requests_per_minute=1_000_000)


@pytest.mark.parametrize(
    ("address", "host"),
    [("https://user:pass@example.com/v1", "example.com"), ("localhost:1", "localhost"), ("", "")],
)
def test_a_host_is_told_without_the_password(address: str, host: str) -> None:
    assert host_of(address) == host


@pytest.mark.parametrize(
    ("address", "is_open"),
    [
        ("http://api.example.com/v1", True),
        (" HTTP://8.8.8.8:8000", True),
        ("https://api.example.com/v1", False),
        ("http://localhost:11434/v1", False),
        ("http://192.168.1.20:1234/v1", False),
        ("http://studio.local/v1", False),
        ("", False),
    ],
)
def test_what_is_sent_without_https_over_other_networks_is_open(
    address: str, is_open: bool
) -> None:
    assert is_open_on_the_way(address) is is_open


@pytest.mark.parametrize(
    ("address", "max_parallel", "takes_turns"),
    [
        ("http://localhost:11434/v1", 0, True),
        ("http://192.168.1.20:1234/v1", 0, True),
        ("http://[fd00::5]:8080", 0, True),
        ("http://writing-pc.local:8080", 0, True),
        ("http://localhost:8000/v1", 4, False),
        ("https://api.example.com/v1", 0, False),
        ("https://api.example.com/v1", 1, True),
    ],
)
def test_a_model_beside_the_author_answers_one_call_at_a_time(
    address: str, max_parallel: int, takes_turns: bool
) -> None:
    connection = ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, address, "m")
    asked = ProviderProfile(connection=connection, max_parallel=max_parallel)
    assert asked.takes_turns is takes_turns


def test_the_built_in_model_answers_one_call_at_a_time() -> None:
    assert ProviderProfile().takes_turns
