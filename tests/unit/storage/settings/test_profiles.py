"""Profiles and routes as they are stored, and what an author of one provider had before."""

from __future__ import annotations

import pytest

from arboris_desktop.domain.model_calls import ModelTask
from arboris_desktop.domain.profiles import FIRST_PROFILE, ProviderProfile, ProviderRoster
from arboris_desktop.domain.server_presets import usual_model
from arboris_desktop.domain.settings import PriceSettings, ProviderKind, ProviderSettings
from arboris_desktop.llm.keys import SessionKeyStore
from arboris_desktop.storage.database import Database
from arboris_desktop.writing.preferences import Preferences
from arboris_desktop.writing.providers import KeyChange, Providers

SERVER = ProviderSettings(
    ProviderKind.OPENAI_COMPATIBLE,
    "https://api.example.com/v1",
    "big",
    context_tokens=65536,
    configured=True,
)
PAID = ProviderProfile("provider", "Big", SERVER, PriceSettings(1.5, 6.0, "CNY"), 4, 60)
OWN = ProviderProfile(
    "provider-1", "Own", ProviderSettings(model_path="/models/own.gguf", configured=True)
)


@pytest.fixture
def keys() -> SessionKeyStore:
    return SessionKeyStore()


@pytest.fixture
def providers(database: Database, keys: SessionKeyStore) -> Providers:
    return Providers(database, keys)


def test_before_anything_is_set_up_the_built_in_model_does_everything(
    providers: Providers,
) -> None:
    roster = providers.roster()
    assert roster == ProviderRoster((ProviderProfile(),))
    assert not roster.first.connection.configured


def test_what_was_set_for_the_only_provider_is_the_first_profile(
    providers: Providers, database: Database, keys: SessionKeyStore
) -> None:
    prices = PriceSettings(0.27, 1.1, "CNY")
    Preferences(database).set(SERVER, prices)
    keys.set("provider", "sk-kept")

    (first,) = providers.roster().profiles
    assert (first.id, first.connection, first.prices) == (FIRST_PROFILE, SERVER, prices)
    assert providers.with_key([first]) == {FIRST_PROFILE}

    providers.store(ProviderRoster((first, OWN)))
    stored = providers.roster().first
    assert (stored.connection, stored.prices) == (SERVER, PriceSettings(0.27, 1.1, "CNY"))
    assert Preferences(database).get(PriceSettings) == prices


def test_profiles_and_routes_come_back_as_they_were(providers: Providers) -> None:
    roster = ProviderRoster(
        (OWN, PAID),
        {ModelTask.DRAFTING: ("provider", "provider-1"), ModelTask.SUMMARIES: ("provider-1",)},
    )
    providers.store(roster)
    assert providers.roster() == roster


def test_who_is_removed_is_gone_from_the_routes(providers: Providers, database: Database) -> None:
    routes = {ModelTask.DRAFTING: ("provider", "provider-1")}
    providers.store(ProviderRoster((PAID, OWN), routes))
    providers.store(ProviderRoster((PAID,), routes))
    assert providers.roster() == ProviderRoster((PAID,), {ModelTask.DRAFTING: ("provider",)})
    assert Preferences(database).get(ProviderSettings) == SERVER


def test_the_first_run_page_sets_the_first_one_only(providers: Providers) -> None:
    providers.store(ProviderRoster((PAID, OWN)))
    providers.set_first(ProviderSettings())
    roster = providers.roster()
    assert roster.first.connection == ProviderSettings(configured=True)
    assert roster.profiles[1] == OWN


def test_each_profile_has_its_key(providers: Providers, keys: SessionKeyStore) -> None:
    providers.change_key(KeyChange("provider", "sk-1"))
    providers.change_key(KeyChange("provider-1", copied_from="provider"))
    assert keys.get("provider-1") == "sk-1"
    providers.change_key(KeyChange("provider"))
    assert providers.with_key([PAID, OWN]) == {"provider-1"}


def test_the_first_run_takes_over_what_is_known_of_a_usual_model(providers: Providers) -> None:
    address, model = "https://api.deepseek.com", "deepseek-v4-flash"
    usual = usual_model(address, model)
    assert usual is not None
    providers.set_first(ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, address, model))
    first = providers.roster().first
    assert first.prices == usual.prices
    assert first.connection.context_tokens == usual.proposed_context
