"""A data folder of its own for each test of a command, and a model that writes a chapter."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.scripted_provider import ChapterFacts, ScriptedProvider, perfect_rule
from tests.unit.commands.command_setup import STORY


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The data folder of the commands; none is made before a command does."""
    folder = tmp_path / "home with space 书"
    monkeypatch.setenv("ARBORIS_HOME", str(folder))
    monkeypatch.delenv("ARBORIS_BASE_URL", raising=False)
    return folder


@pytest.fixture
def provider(
    scripted_provider: ScriptedProvider, monkeypatch: pytest.MonkeyPatch
) -> ScriptedProvider:
    """The model that the commands ask."""
    monkeypatch.setenv("ARBORIS_BASE_URL", scripted_provider.base_url)
    monkeypatch.setenv("ARBORIS_MAX_PARALLEL", "16")
    monkeypatch.setenv("ARBORIS_MODEL", "test")
    scripted_provider.rule = perfect_rule(ChapterFacts(STORY, "Mara lights the lamp.", {}))
    return scripted_provider
