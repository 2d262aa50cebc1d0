"""Modules that are read once there is an application are not looked through by PySide6."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

_ASKED = """
ASKED = []

def __getattr__(name):
    if name != "__path__":
        ASKED.append(name)
    raise AttributeError(name)
"""

_OF_THE_WINDOW = """
from arboris_desktop.app import create_application
application = create_application([])
"""

_WITHOUT_A_WINDOW = """
from arboris_desktop.background.headless import work_queue
try:
    work_queue(None, None, (), None, None, None, None)
except TypeError:
    pass  # there is no queue to be worked
"""


@pytest.mark.parametrize(
    ("begin", "asked"),
    [("import PySide6.QtCore", ["__wrapped__"]), (_OF_THE_WINDOW, []), (_WITHOUT_A_WINDOW, [])],
    ids=["qt alone", "window", "service"],
)
def test_a_module_that_is_read_is_asked_for_nothing(
    begin: str, asked: list[str], tmp_path: Path
) -> None:
    (tmp_path / "asked.py").write_text(_ASKED, encoding="utf-8")
    script = f"import sys\nsys.path.append({str(tmp_path)!r})\n{begin}\nimport asked\n"

    done = subprocess.run(
        [sys.executable, "-c", script + "print(*asked.ASKED)"],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )

    assert done.stdout.split() == asked
