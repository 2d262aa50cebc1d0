"""A novel and models of the settings, as the tests of the commands need them."""

from __future__ import annotations

import json

import pytest

from arboris_desktop.cli import main
from arboris_desktop.domain.profiles import ProviderProfile, ProviderRoster
from arboris_desktop.domain.settings import ProviderKind, ProviderSettings
from arboris_desktop.services import build_services
from tests.support.prose import prose
from tests.support.scripted_provider import MODEL, ScriptedProvider

STORY = prose(320)


def begin(capsys: pytest.CaptureFixture[str]) -> str:
    """Begins a novel and returns its id."""
    assert main(["new", "The Lamp", "--premise", "A keeper.", "--json"]) == 0
    return str(json.loads(capsys.readouterr().out)["project_id"])


def set_up(*servers: ScriptedProvider) -> None:
    """Profiles called "Model 1", "Model 2"… for these servers."""
    services = build_services()
    profiles = tuple(
        ProviderProfile(
            f"provider-{number}",
            f"Model {number}",
            ProviderSettings(ProviderKind.OPENAI_COMPATIBLE, server.base_url, MODEL),
        )
        for number, server in enumerate(servers, 1)
    )
    services.providers.store(ProviderRoster(profiles))
    services.close()
