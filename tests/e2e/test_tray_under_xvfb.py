"""The tray and the desktop's notifications on a real X screen, with a real tray and daemon."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QImage

from tests.support import tray_desktop
from tests.support.scripted_provider import ScriptedProvider

_MISSING = tray_desktop.missing()

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that a run of the app on such a desktop left: a report and a picture of the
    screen."""
    folder = tmp_path_factory.mktemp("desktop")
    with ScriptedProvider() as provider:
        script = Path(tray_desktop.__file__)
        ended = subprocess.run(
            ["dbus-run-session", "--", sys.executable, str(script), provider.base_url, str(folder)],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            timeout=280,
            capture_output=True,
            check=False,
            text=True,
        )
    assert ended.returncode == 0, ended.stderr
    return folder


@pytest.fixture(scope="module")
def report(folder: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    return loaded


def test_the_icon_is_in_the_tray(report: dict[str, Any]) -> None:
    assert report["tray_available"]
    assert report["icon_visible"]
    assert min(report["icon_size"]) > 8


def test_a_finished_analysis_is_told_by_the_service_and_is_unread(
    report: dict[str, Any],
) -> None:
    assert report["supports_messages"]
    assert report["notifications"] == ["completed"]
    assert report["unread"] == 1
    ((application, title, text),) = report["told"]
    assert application == "Arboris Desktop"
    assert title
    assert text
    assert report["shown"] == [], "Qt's own balloon need not tell it again"
    assert report["toasts"] == [], "the window need not tell it again"


def test_the_desktops_own_service_is_reached(report: dict[str, Any]) -> None:
    assert not report["sent_before_look"]
    assert report["desktop_available"]
    assert report["desktop_sent"]
    # This service reads markup, so the words reach it escaped and are shown as they were.
    words = html.escape(tray_desktop.TEXT, quote=False)
    assert report["history"][0] == ["Arboris Desktop", tray_desktop.TITLE, words]


def test_a_click_on_a_notification_is_heard(report: dict[str, Any]) -> None:
    assert report["desktop_clicked"] == ["the subject"]


def test_something_is_on_the_screen(folder: Path) -> None:
    screen = QImage(str(folder / "screen.png"))
    assert (screen.width(), screen.height()) == (1400, 1000)
    colours = {screen.pixel(x, y) for x in range(0, 1400, 7) for y in range(0, 1000, 7)}
    assert len(colours) > 20
