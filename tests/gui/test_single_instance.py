from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.single_instance import SingleInstance

OTHER_PROCESS = """
import sys
from PySide6.QtCore import QCoreApplication
from arboris_desktop.ui.single_instance import SingleInstance

application = QCoreApplication([])
single = SingleInstance(sys.argv[1])
print(single.is_first(), flush=True)
if sys.argv[2] == "stay":
    application.exec()
"""


@pytest.fixture
def name() -> str:
    return f"arboris-test-{uuid.uuid4().hex}"


@pytest.fixture
def staying(name: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", OTHER_PROCESS, name, "stay"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def test_a_second_start_raises_the_first(qtbot: QtBot, name: str) -> None:
    first = SingleInstance(name)
    assert first.is_first()
    with qtbot.waitSignal(first.raise_requested):
        assert not SingleInstance(name).is_first()


def test_another_process_raises_the_first(qtbot: QtBot, name: str) -> None:
    first = SingleInstance(name)
    assert first.is_first()
    command = [sys.executable, "-c", OTHER_PROCESS, name, "leave"]
    with qtbot.waitSignal(first.raise_requested):
        answer = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert answer.stdout == "False\n"


def test_who_is_first_stays_first(qtbot: QtBot, name: str) -> None:
    del qtbot
    first = SingleInstance(name)
    assert first.is_first()
    assert first.is_first()


def test_other_data_folders_do_not_count(qtbot: QtBot, name: str) -> None:
    del qtbot
    first, other = SingleInstance(name), SingleInstance(f"{name}-other")
    assert first.is_first()
    assert other.is_first()


def test_what_a_killed_process_left_is_no_obstacle(
    qtbot: QtBot, name: str, staying: subprocess.Popen[str]
) -> None:
    del qtbot
    assert staying.stdout is not None
    assert staying.stdout.readline() == "True\n"
    assert not SingleInstance(name).is_first()
    staying.kill()
    staying.wait()
    assert SingleInstance(name).is_first()
