"""One window per data folder, and what a start does that finds it taken."""

from __future__ import annotations

import os
import shutil
import socket
import stat
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.ui.files.opened_files import LONGEST_PATH_BYTES
from arboris_desktop.ui.second_start import HandOver, Outcome
from arboris_desktop.ui.single_instance import ANSWER, FirstWindow, SingleInstance

pytestmark = pytest.mark.qt_log_ignore("QLocalSocket")

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="a pipe of Windows has no place or mode")

OTHER_START = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from arboris_desktop.storage.engine.paths import DataPaths
from arboris_desktop.ui.second_start import HandOver
from arboris_desktop.ui.single_instance import SingleInstance

application = QCoreApplication([])
single = SingleInstance(DataPaths(Path(sys.argv[1])))
if single.claim():
    single.listen()
    print("first", flush=True)
    application.exec()
hand = HandOver(single, Path(sys.argv[2]) if sys.argv[2:] else None)
hand.ended.connect(lambda outcome: (print(outcome.name, flush=True), application.exit()))
hand.start()
application.exec()
"""


@pytest.fixture
def first(paths: DataPaths) -> Iterator[SingleInstance]:
    """This process has the window."""
    first = SingleInstance(paths)
    assert first.claim()
    first.listen()
    yield first
    first.release()


@contextmanager
def other_start(paths: DataPaths, *file: str) -> Iterator[subprocess.Popen[str]]:
    """Another process; it is killed at the end."""
    command = [sys.executable, "-c", OTHER_START, str(paths.home), *file]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        yield process
        process.kill()


def line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


@pytest.fixture
def elsewhere(paths: DataPaths) -> Iterator[subprocess.Popen[str]]:
    """Another process has the window."""
    with other_start(paths) as process:
        assert line(process) == "first"
        yield process


def outcome_of(qtbot: QtBot, hand: HandOver, starts: Callable[[], None] | None = None) -> Outcome:
    with qtbot.waitSignal(hand.ended, timeout=30_000) as ended:
        hand.start()
        if starts is not None:
            starts()
    assert ended.args is not None
    outcome = ended.args[0]
    assert isinstance(outcome, Outcome)
    return outcome


@pytest.mark.parametrize("file", ["/books/归潮 (2).arboris", "/" + "x/" * 2000 + "long.txt"])
def test_another_start_raises_the_window_and_hands_its_file_over(
    qtbot: QtBot, first: SingleInstance, paths: DataPaths, file: str
) -> None:
    with (
        qtbot.waitSignals([first.raise_requested, first.file_opened], timeout=30_000),
        qtbot.waitSignal(first.file_opened, timeout=30_000) as opened,
        other_start(paths, file) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=30_000)
        assert line(other) == "HANDED_OVER"
    assert opened.args == [Path(file)]


def test_it_can_be_named_before_it_listens(qtbot: QtBot, paths: DataPaths) -> None:
    """It may hang at its data, on a slow disk, or right after its window was painted."""
    first, second = SingleInstance(paths), SingleInstance(paths)
    assert first.claim()
    assert not second.claim()
    assert second.first() == FirstWindow(os.getpid(), "")
    hand = HandOver(second, None)
    with qtbot.assertNotEmitted(hand.ended, wait=300):
        hand.start()
    with qtbot.waitSignal(first.raise_requested, timeout=30_000):
        assert outcome_of(qtbot, hand, first.listen) is Outcome.HANDED_OVER
    first.release()


@POSIX
def test_who_opened_beside_a_window_that_hangs_can_be_reached_and_leaves_nothing(
    paths: DataPaths, elsewhere: subprocess.Popen[str]
) -> None:
    hung = SingleInstance(paths).first()
    assert hung is not None
    assert hung.process == elsewhere.pid
    beside = SingleInstance(paths)
    assert not beside.claim()
    beside.listen()
    window = beside.first()
    assert window is not None
    assert (window.process, Path(window.socket).exists()) == (os.getpid(), True)
    beside.release()
    assert beside.first() is None


def test_without_a_file_it_only_raises_the_window(
    qtbot: QtBot, first: SingleInstance, paths: DataPaths
) -> None:
    with (
        qtbot.assertNotEmitted(first.file_opened),
        qtbot.waitSignal(first.raise_requested, timeout=30_000),
        other_start(paths) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=30_000)
        assert line(other) == "HANDED_OVER"


def test_who_is_first_stays_first(first: SingleInstance, paths: DataPaths) -> None:
    assert first.claim()
    assert not SingleInstance(paths).claim()
    first.release()
    assert list(paths.home.iterdir()) == [], "and leaves nothing"


def test_other_data_folders_do_not_count(first: SingleInstance, tmp_path: Path) -> None:
    del first
    other = SingleInstance(DataPaths(tmp_path / "other"))
    assert other.claim()
    other.release()


@POSIX
def test_the_same_folder_by_another_path_counts(first: SingleInstance, tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "home")
    linked = SingleInstance(DataPaths(tmp_path / "link"))
    assert not linked.claim()
    assert linked.first() == first.first()


@POSIX
def test_what_a_killed_process_left_is_no_obstacle(
    paths: DataPaths, elsewhere: subprocess.Popen[str]
) -> None:
    second = SingleInstance(paths)
    assert not second.claim()
    elsewhere.kill()
    elsewhere.wait()
    assert second.claim()
    second.listen()
    names = {path.name.split("-")[0] for path in paths.home.iterdir()}
    assert names == {"window.lock", "window.address", "window"}
    assert len(list(paths.home.glob("window-*"))) == 1, "the old socket is gone"
    second.release()


@POSIX
def test_a_start_waits_for_a_window_that_hangs(
    qtbot: QtBot, paths: DataPaths, elsewhere: subprocess.Popen[str]
) -> None:
    elsewhere.send_signal(19)  # it stops, as a process that hangs
    hand = HandOver(SingleInstance(paths), Path("/a.md"))
    with qtbot.assertNotEmitted(hand.ended, wait=700):
        hand.start()
    assert outcome_of(qtbot, hand, lambda: elsewhere.send_signal(18)) is Outcome.HANDED_OVER


@POSIX
def test_a_start_takes_the_place_of_a_window_that_ends(
    qtbot: QtBot, paths: DataPaths, elsewhere: subprocess.Popen[str]
) -> None:
    elsewhere.send_signal(19)
    second = SingleInstance(paths)
    hand = HandOver(second, None)
    with qtbot.assertNotEmitted(hand.ended, wait=300):
        hand.start()
    assert outcome_of(qtbot, hand, elsewhere.kill) is Outcome.FIRST
    second.release()


@POSIX
def test_a_start_that_has_given_up_is_not_served_later(qtbot: QtBot, first: SingleInstance) -> None:
    """The window hung; the author left it at that, and is not surprised when it wakes."""
    with qtbot.assertNotEmitted(first.raise_requested, wait=300):
        # This process does not look at its sockets meanwhile.
        say(first, b"/forgotten.md\n").abort()
    with qtbot.waitSignal(first.file_opened) as opened:
        staying = say(first, b"/next.md\n")
    assert opened.args == [Path("/next.md")]
    del staying


def test_a_window_that_goes_is_waited_for(
    qtbot: QtBot, first: SingleInstance, paths: DataPaths
) -> None:
    first.stop_listening()
    assert first.first() == FirstWindow(os.getpid(), "")
    second = SingleInstance(paths)
    hand = HandOver(second, None)
    with qtbot.assertNotEmitted(hand.ended, wait=300):
        hand.start()
    assert outcome_of(qtbot, hand, first.release) is Outcome.FIRST
    second.release()


def say(first: SingleInstance, words: bytes) -> QLocalSocket:
    """Says something to whoever is the first, as no other start of ours would."""
    window = first.first()
    assert window is not None
    socket = QLocalSocket()
    socket.connectToServer(window.socket)
    assert socket.waitForConnected(30_000)
    socket.write(words)
    socket.flush()
    return socket


@pytest.mark.parametrize(
    "words",
    [
        b"relative.arboris\n",
        b"\xff\xfe/not utf-8\n",
        b"/with\x00nul\n",
        b"/with\nline\n",
        b"/" + b"x" * (LONGEST_PATH_BYTES + 100_000) + b"\n",
        b"\n",
    ],
    ids=["relative", "no UTF-8", "NUL", "lines", "endless", "nothing"],
)
def test_what_is_no_path_only_raises_the_window(
    qtbot: QtBot, first: SingleInstance, words: bytes
) -> None:
    with qtbot.assertNotEmitted(first.file_opened), qtbot.waitSignal(first.raise_requested):
        staying = say(first, words)
    del staying
    with qtbot.waitSignal(first.file_opened) as opened:  # and the next one is heard
        next_one = say(first, b"/next.md\n")
    assert opened.args == [Path("/next.md")]
    qtbot.waitUntil(lambda: next_one.bytesAvailable() > 0)
    assert next_one.readAll().data() == ANSWER


def test_who_says_nothing_more_is_not_waited_for(
    qtbot: QtBot, first: SingleInstance, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("arboris_desktop.ui.single_instance.PATIENCE_MS", 50)
    silent = say(first, b"/half a pa")
    with qtbot.assertNotEmitted(first.raise_requested), qtbot.waitSignal(silent.disconnected):
        pass


@POSIX
def test_the_socket_is_where_no_other_user_comes(first: SingleInstance, paths: DataPaths) -> None:
    window = first.first()
    assert window is not None
    place = Path(window.socket)
    assert place.parent == paths.home
    assert stat.S_ISSOCK(place.stat().st_mode)
    for path in (paths.home, place, paths.window_address, paths.window_lock):
        assert path.stat().st_mode & 0o077 == 0, path


@POSIX
@pytest.mark.parametrize("has_runtime", [True, False])
def test_a_path_too_long_for_a_socket_has_it_elsewhere(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, has_runtime: bool
) -> None:
    short = Path(tempfile.mkdtemp(prefix="a", dir="/tmp"))
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short / "absent"))
    if has_runtime:
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(short))
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    paths = DataPaths(tmp_path / ("很长的文件夹" * 12))
    first = SingleInstance(paths)
    assert first.claim()
    first.listen()
    window = first.first()
    assert window is not None
    place = Path(window.socket)
    assert place.parent.parent == short
    assert place.parent.stat().st_mode & 0o777 == 0o700
    with (
        qtbot.waitSignal(first.raise_requested, timeout=30_000),
        other_start(paths) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=30_000)
        assert line(other) == "HANDED_OVER", "whatever the environment of the other start is"
    first.release()
    assert list(short.iterdir()) == []
    shutil.rmtree(short)


def test_another_start_does_not_open_the_data(
    qtbot: QtBot, first: SingleInstance, paths: DataPaths
) -> None:
    script = """
import os, sys
from arboris_desktop import app
def opened(_environment): sys.exit(99)
app.build_services = opened
sys.exit(app.run(["arboris-desktop"], os.environ))
"""
    environment = os.environ | {"ARBORIS_HOME": str(paths.home), "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script]
    with (
        qtbot.waitSignal(first.raise_requested, timeout=60_000),
        subprocess.Popen(command, env=environment) as other,
    ):
        qtbot.waitUntil(lambda: other.poll() is not None, timeout=60_000)
    assert other.returncode == 0
    assert not paths.database.exists()


def test_where_nobody_sees_a_message_the_start_ends_with_a_word(
    paths: DataPaths, elsewhere: subprocess.Popen[str]
) -> None:
    """Offscreen, and without anybody to press a button."""
    if sys.platform == "win32":
        pytest.skip("no process can be stopped there")
    elsewhere.send_signal(19)
    ended = subprocess.run(
        [sys.executable, "-m", "arboris_desktop"],
        env=os.environ | {"ARBORIS_HOME": str(paths.home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )
    assert ended.returncode == 1
    said = f"the window that is open does not answer (process {elsewhere.pid})"
    assert ended.stderr == f"arboris-desktop: {said}\n"


NOBODY = 65534


@contextmanager
def as_nobody() -> Iterator[None]:
    """This process runs for another user meanwhile."""
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


@pytest.mark.skipif(
    sys.platform == "win32" or os.geteuid() != 0, reason="only root can be another user"
)
class TestAnotherUser:
    def test_cannot_reach_the_window(self, first: SingleInstance) -> None:
        window = first.first()
        assert window is not None
        with as_nobody(), socket.socket(socket.AF_UNIX) as intruder, pytest.raises(PermissionError):
            intruder.connect(window.socket)

    def test_is_not_heard_even_where_the_folder_is_open(
        self, qtbot: QtBot, first: SingleInstance, paths: DataPaths, tmp_path: Path
    ) -> None:
        """As on a disk that knows no rights."""
        window = first.first()
        assert window is not None
        for path in (*reversed(tmp_path.parents), tmp_path, paths.home, Path(window.socket)):
            if path.is_relative_to("/tmp/pytest-of-root"):
                path.chmod(0o777)
        with (
            qtbot.assertNotEmitted(first.raise_requested, wait=300),
            qtbot.assertNotEmitted(first.file_opened),
            as_nobody(),
            socket.socket(socket.AF_UNIX) as intruder,
        ):
            intruder.connect(window.socket)
            intruder.sendall(b"/evil.md\n")

    def test_is_told_nothing_of_what_is_opened(
        self, qtbot: QtBot, first: SingleInstance, paths: DataPaths, tmp_path: Path
    ) -> None:
        """Its socket stands where ours should be."""
        place = Path(tempfile.mkdtemp(dir="/tmp"), "window-evil")
        place.parent.chmod(0o777)
        first.stop_listening()
        with as_nobody():
            intruder = socket.socket(socket.AF_UNIX)
            intruder.bind(str(place))
            intruder.listen()
        # Who listens counts: what a socket was made by, the system keeps.
        paths.window_address.write_text(f"1\n{place}", encoding="utf-8")
        hand = HandOver(SingleInstance(paths), Path("/secret/of mine.md"))
        with qtbot.assertNotEmitted(hand.ended, wait=700):
            hand.start()
        intruder.settimeout(30)
        caught, _ = intruder.accept()
        caught.settimeout(30)
        assert caught.recv(100) == b""
        hand.stop()
        intruder.close()
        caught.close()
        shutil.rmtree(place.parent)
