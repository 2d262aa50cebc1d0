"""The session ends while the real program is open: it is left as by its author."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.services import build_services
from tests.support import real_desktop
from tests.support.real_desktop import Screen

_MISSING = real_desktop.missing()

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    (tmp_path / "screen").mkdir()
    with real_desktop.screen(tmp_path / "screen", tray=False) as screen:
        yield screen


@pytest.fixture
def world(tmp_path: Path) -> dict[str, str]:
    environment = {"ARBORIS_HOME": str(tmp_path / "home")}
    services = build_services(environment)
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    services.close()
    return environment


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_a_signal_leaves_as_the_author_would(
    screen: Screen, world: dict[str, str], number: signal.Signals
) -> None:
    app = screen.start(world)
    app.until_shown()
    os.kill(app.pid, number)
    assert app.until_ended() == 0
    assert app.said() == ""
    assert Path(world["ARBORIS_HOME"], "window.ini").exists()
