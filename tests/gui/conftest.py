"""Widgets are tested without a screen."""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

from tests.gui.bracket_translator import BracketTranslator
from tests.gui.studio.studio_samples import FACTS
from tests.support.looks import looks_given_back
from tests.support.scripted_provider import ScriptedProvider, perfect_rule
from tests.support.studio_stage import Play, open_services, perform, set_the_stage


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks every test of this folder as needing a Qt application."""
    here = Path(__file__).parent
    for item in items:
        if item.path.is_relative_to(here):
            item.add_marker(pytest.mark.gui)


def environment(provider: ScriptedProvider, home: Path) -> dict[str, str]:
    return {
        "ARBORIS_HOME": str(home),
        "ARBORIS_BASE_URL": provider.base_url,
        # A server on this computer is asked one thing at a time otherwise.
        "ARBORIS_MAX_PARALLEL": "16",
        "ARBORIS_API_KEY": "sk-scripted",
        "ARBORIS_MODEL": "scripted",
    }


@pytest.fixture(autouse=True)
def no_fault_of_a_loop() -> Iterator[None]:
    """Fails where a task or a callback failed and nobody asked: asyncio only logs it.

    Exceptions in slots are caught by pytest-qt, and coroutines that nobody awaits are warnings.
    """
    faults: list[str] = []
    noting = logging.Handler(logging.ERROR)
    noting.emit = lambda record: faults.append(record.getMessage())  # type: ignore[method-assign]
    log = logging.getLogger("asyncio")
    log.addHandler(noting)
    yield
    log.removeHandler(noting)
    assert faults == []


@pytest.fixture
def world(
    scripted_provider: ScriptedProvider, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> dict[str, str]:
    """The environment of the app: the provider, and no desktop to send notifications to."""
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    scripted_provider.rule = perfect_rule(FACTS)
    return environment(scripted_provider, tmp_path / "home")


@pytest.fixture
def application(qapp: QApplication) -> Iterator[QApplication]:
    """The application, whose looks are given back."""
    with looks_given_back(qapp):
        yield qapp


@pytest.fixture
def play(application: QApplication, world: dict[str, str]) -> Play:
    """Plays an act in a studio that was set up before."""
    services = open_services(world)
    set_the_stage(services)
    services.close()
    return lambda act: perform(application, world, act)


@pytest.fixture
def switch_language(qapp: QApplication) -> Iterator[Callable[[], None]]:
    """Changes to a language in which every text stands between brackets."""
    translator = BracketTranslator()

    def install() -> None:
        qapp.installTranslator(translator)
        QCoreApplication.sendPostedEvents()

    yield install
    qapp.removeTranslator(translator)
