from __future__ import annotations

import subprocess
import sys
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from arboris_desktop.ui.files.opened_files import LONGEST_PATH_BYTES
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


def say(name: str, words: bytes) -> QLocalSocket:
    """Says something to whoever is the first, as no other start of ours would."""
    socket = QLocalSocket()
    socket.connectToServer(name)
    assert socket.waitForConnected(5000)
    socket.write(words)
    socket.flush()
    return socket


@pytest.mark.parametrize("file", ["/books/归潮 (2).arboris", "/" + "x/" * 2000 + "long.txt"])
def test_a_second_start_hands_its_file_over(qtbot: QtBot, name: str, file: str) -> None:
    first = SingleInstance(name)
    assert first.is_first(Path("/books/its own.arboris"))
    with (
        qtbot.waitSignals([first.raise_requested, first.file_opened]),
        qtbot.waitSignal(first.file_opened) as opened,
    ):
        assert not SingleInstance(name).is_first(Path(file))
    assert opened.args == [Path(file)]


def test_another_process_hands_its_file_over(qtbot: QtBot, name: str) -> None:
    first = SingleInstance(name)
    assert first.is_first()
    script = OTHER_PROCESS.replace("is_first()", "is_first(__import__('pathlib').Path('/a 书.md'))")
    command = [sys.executable, "-c", script, name, "leave"]
    with qtbot.waitSignal(first.file_opened) as opened:
        subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    assert opened.args == [Path("/a 书.md")]


@pytest.mark.parametrize(
    "words",
    [
        b"relative.arboris",
        b"\xff\xfe/not utf-8",
        b"/with\x00nul",
        b"/with\nline",
        b"/" + b"x" * (LONGEST_PATH_BYTES + 100_000),
        b"",
    ],
    ids=["relative", "no UTF-8", "NUL", "lines", "endless", "nothing"],
)
def test_what_is_no_path_only_raises_the_window(qtbot: QtBot, name: str, words: bytes) -> None:
    first = SingleInstance(name)
    assert first.is_first()
    with qtbot.assertNotEmitted(first.file_opened), qtbot.waitSignal(first.raise_requested):
        socket = say(name, words)
        socket.disconnectFromServer()
    with qtbot.waitSignal(first.file_opened) as opened:  # and the next one is heard
        say(name, b"/next.md").disconnectFromServer()
    assert opened.args == [Path("/next.md")]


def test_who_says_nothing_more_is_not_waited_for(
    qtbot: QtBot, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.ui.single_instance._SEND_MILLISECONDS", 50)
    first = SingleInstance(name)
    assert first.is_first()
    with qtbot.waitSignal(first.file_opened) as opened:
        staying = say(name, b"/staying.md")
    assert opened.args == [Path("/staying.md")]
    assert staying.isValid()
