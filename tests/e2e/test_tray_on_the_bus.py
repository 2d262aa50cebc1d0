"""A tray of today's desktops, which are told of things over D-Bus and read them as markup."""

from __future__ import annotations

import html
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import bus_desktop, real_desktop

_MISSING = real_desktop.missing()

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]


def test_words_of_a_novel_are_no_markup(tmp_path: Path) -> None:
    (tmp_path / "screen").mkdir()
    with real_desktop.screen(tmp_path / "screen", tray=False) as screen:
        ended = subprocess.run(
            ["dbus-run-session", "--", sys.executable, bus_desktop.__file__, str(tmp_path)],
            env=os.environ
            | {"DISPLAY": screen.display, "QT_QPA_PLATFORM": "xcb", "LANGUAGE": "en"}
            | {"PYTHONPATH": str(real_desktop.ROOT)},
            capture_output=True,
            check=False,
            text=True,
            timeout=280,
        )
    assert ended.returncode == 0, ended.stderr
    told = json.loads((tmp_path / "told.json").read_text(encoding="utf-8"))
    title, body = told["shown"][0]
    assert bus_desktop.TITLE in title, "titles are never markup"
    assert html.escape(bus_desktop.CURRENCY, quote=False) in body
    assert "<" not in body
    assert not told["tray_takes_messages"]
    assert told["toasts"] == 0
