"""The real program, started as from the menu: one window, with a tray and without."""

from __future__ import annotations

import os
import signal
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.services import build_services
from tests.support import real_desktop
from tests.support.real_desktop import App, Screen, until

_MISSING = real_desktop.missing()

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]


@pytest.fixture
def world(tmp_path: Path) -> dict[str, str]:
    """An author who has started the program before and keeps it in the tray."""
    environment = {"ARBORIS_HOME": str(tmp_path / "home")}
    services = build_services(environment)
    services.preferences.set(
        ProviderSettings(configured=True),
        InterfaceSettings(language=InterfaceLanguage.ENGLISH, keep_in_tray=True),
    )
    services.close()
    return environment


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Screen]:
    """A desktop without a tray."""
    with real_desktop.screen(tmp_path, tray=False) as screen:
        yield screen


@pytest.fixture
def with_tray(tmp_path: Path) -> Iterator[Screen]:
    with real_desktop.screen(tmp_path, tray=True) as screen:
        yield screen


def test_a_second_start_brings_the_window_back(bare: Screen, world: dict[str, str]) -> None:
    first = bare.start(world)
    window = first.until_shown()
    until(lambda: bare.active() == window, "the window is in front")
    assert '"arboris-desktop"' in bare.ask("xprop", "-id", window, "WM_CLASS"), "as in its entry"
    bare.ask("xdotool", "windowminimize", window)
    until(lambda: "Iconic" in first.state(window), "it is minimised")

    assert bare.start(world).until_ended() == 0

    until(lambda: "Normal" in first.state(window), "it is back")
    until(lambda: bare.active() == window, "and in front")
    assert first.windows() == [window], "there is one window only"


def test_a_second_start_fetches_the_window_from_the_tray(
    with_tray: Screen, world: dict[str, str]
) -> None:
    first = with_tray.start(world)
    window = first.until_shown()
    first.close_window(window)
    until(lambda: window not in first.windows(), "it went to the tray")
    assert first.process.poll() is None

    assert with_tray.start(world).until_ended() == 0

    until(lambda: window in first.windows(), "it is back")
    until(lambda: with_tray.active() == window, "and in front")


def test_a_killed_program_is_no_obstacle(bare: Screen, world: dict[str, str]) -> None:
    first = bare.start(world)
    first.until_shown()
    first.kill()

    second = bare.start(world)
    second.close_window(second.until_shown())

    # Without a tray closing is leaving, whatever the settings say: it could not be found again.
    assert second.until_ended() == 0
    assert second.said() == ""


@pytest.fixture
def hung(bare: Screen, world: dict[str, str]) -> Iterator[tuple[App, str]]:
    """A program that has its window, and stopped to do anything."""
    app = bare.start(world)
    window = app.until_shown()
    os.kill(app.pid, signal.SIGSTOP)
    yield app, window
    with suppress(ProcessLookupError):
        os.kill(app.pid, signal.SIGCONT)


def test_a_window_that_hangs_is_told_of(
    bare: Screen, world: dict[str, str], hung: tuple[App, str]
) -> None:
    first, _ = hung
    second = bare.start(world)
    message = second.until_shown()
    until(lambda: bare.active() == message, "the message is in front")
    assert "does not answer" in second.said()
    assert str(first.pid) in second.said()

    bare.ask("xdotool", "key", "Escape")

    assert second.until_ended() == 1
    assert first.process.poll() is None


def test_a_window_that_wakes_is_brought_to_the_front_after_all(
    bare: Screen, world: dict[str, str], hung: tuple[App, str]
) -> None:
    first, window = hung
    second = bare.start(world)
    second.until_shown()
    os.kill(first.pid, signal.SIGCONT)
    assert second.until_ended() == 0
    until(lambda: bare.active() == window, "the window is in front")


def test_when_the_window_that_hangs_is_ended_the_next_one_opens(
    bare: Screen, world: dict[str, str], hung: tuple[App, str]
) -> None:
    first, _ = hung
    second = bare.start(world)
    message = second.until_shown()
    os.kill(first.pid, signal.SIGKILL)
    second.close_window(second.until_other(message))
    assert second.until_ended() == 0


def test_another_window_can_be_opened_beside_one_that_hangs(
    bare: Screen, world: dict[str, str], hung: tuple[App, str]
) -> None:
    del hung
    second = bare.start(world)
    message = second.until_shown()
    until(lambda: bare.active() == message, "the message is in front")
    bare.ask("xdotool", "key", "Tab", "space")
    second.until_other(message)
    third = bare.start(world)
    assert third.until_ended() == 0, "the one that answers is found"


def test_windows_of_two_data_folders_are_independent(
    bare: Screen, world: dict[str, str], tmp_path: Path
) -> None:
    first = bare.start(world)
    first.until_shown()
    other = bare.start({"ARBORIS_HOME": str(tmp_path / "another home")})
    other.until_shown()
    assert first.process.poll() is None
    assert other.process.poll() is None


def test_nobody_else_may_read_what_the_window_keeps(bare: Screen, world: dict[str, str]) -> None:
    home = Path(world["ARBORIS_HOME"])
    for path in (home, *home.rglob("*")):
        path.chmod(0o777)  # as an older version left it, or worse
    careless = ("sh", "-c", 'umask 0; exec "$@"', "sh")
    app = bare.start(world, before=careless)
    window = app.until_shown()
    until((home / "window.ini").exists, "its settings are there")
    assert {"arboris.db-wal", "arboris.db-shm"} <= {path.name for path in home.iterdir()}
    assert modes(home) == {"folders": {0o700}, "files": {0o600}}

    app.close_window(window)

    assert app.until_ended() == 0
    assert (home / "window.ini").stat().st_size > 0
    assert modes(home) == {"folders": {0o700}, "files": {0o600}}


def modes(home: Path) -> dict[str, set[int]]:
    found: dict[str, set[int]] = {"folders": set(), "files": set()}
    for path in (home, *home.rglob("*")):
        with suppress(FileNotFoundError):  # it is there for a moment only
            mode = path.stat().st_mode
            found["folders" if stat.S_ISDIR(mode) else "files"].add(mode & 0o777)
    return found


def test_in_the_tray_it_begins_without_a_window(with_tray: Screen, world: dict[str, str]) -> None:
    first = with_tray.start(world, "--tray")
    until(with_tray.icons, "its icon is in the tray")
    assert first.windows() == []

    assert with_tray.start(world).until_ended() == 0

    until(first.windows, "the window comes when it is wanted")


def test_without_a_tray_it_begins_with_its_window(bare: Screen, world: dict[str, str]) -> None:
    first = bare.start(world, "--tray")
    first.close_window(first.until_shown())
    assert first.until_ended() == 0
