"""Starts of the real program where it cannot start, or where one might think that it cannot."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import NewNovel
from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.services import build_services
from tests.faults.small_disk import fill, small_disk
from tests.support import real_desktop
from tests.support.real_desktop import WAIT_SECONDS, WITHOUT_ROOTS_POWERS, Screen, until

_MISSING = real_desktop.missing()

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]

NOBODY_SPECIAL = WITHOUT_ROOTS_POWERS if os.geteuid() == 0 else ()


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    (tmp_path / "screen").mkdir()
    with real_desktop.screen(tmp_path / "screen", tray=False) as screen:
        yield screen


def furnish(home: Path) -> dict[str, str]:
    """A data folder with a novel in it, of an author who has started the program before."""
    environment = {"ARBORIS_HOME": str(home)}
    services = build_services(environment)
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    services.novels.create(NewNovel("Dear to me"))
    services.close()
    return environment


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def refused(screen: Screen, environment: dict[str, str], words: str) -> None:
    """The window says why, and is gone when that was read; so does the command line."""
    app = screen.start(environment, before=NOBODY_SPECIAL)
    window = app.until_shown()
    until(lambda: screen.active() == window, "the message is in front")
    screen.ask("xdotool", "key", "Escape")
    assert app.until_ended() == 1
    assert words in app.said()
    assert "Traceback" not in app.said()
    told = command(environment, "status", "--json")
    assert told.returncode == 1
    assert told.stdout == ""
    assert len(told.stderr.strip().splitlines()) == 1


def command(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*NOBODY_SPECIAL, sys.executable, "-m", "arboris_desktop", *arguments],
        env=os.environ | {"PYTHONPATH": str(real_desktop.ROOT)} | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=WAIT_SECONDS,
    )


@pytest.fixture
def read_only() -> Iterator[Callable[[Path], None]]:
    """Takes away the right to write; gives it back, for whoever tidies up."""
    changed: list[tuple[Path, int]] = []
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        pytest.skip("root may write everywhere, and setpriv is not installed")

    def forbid(path: Path) -> None:
        for each in [path, *path.rglob("*")] if path.is_dir() else [path]:
            changed.append((each, each.stat().st_mode))
            each.chmod(each.stat().st_mode & ~0o222)

    yield forbid
    for path, mode in changed:
        path.chmod(mode)


def test_a_database_of_a_newer_version_is_refused_and_left_alone(
    screen: Screen, tmp_path: Path
) -> None:
    environment = furnish(tmp_path / "home")
    with closing(sqlite3.connect(tmp_path / "home" / "arboris.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    before = contents(tmp_path / "home")
    assert list(before) == ["arboris.db"]

    refused(screen, environment, "Your novels were saved by a newer version of Arboris.")

    assert contents(tmp_path / "home") == before, "no log, no backup, no other byte"


def test_a_folder_that_may_not_be_made(
    screen: Screen, tmp_path: Path, read_only: Callable[[Path], None]
) -> None:
    (tmp_path / "closed").mkdir()
    read_only(tmp_path / "closed")
    home = tmp_path / "closed" / "home"
    refused(screen, {"ARBORIS_HOME": str(home)}, "cannot be written to")
    assert contents(tmp_path / "closed") == {}


def test_a_data_folder_that_may_only_be_read(
    screen: Screen, tmp_path: Path, read_only: Callable[[Path], None]
) -> None:
    environment = furnish(tmp_path / "home")
    before = contents(tmp_path / "home")
    read_only(tmp_path / "home")
    refused(screen, environment, "cannot be written to")
    assert contents(tmp_path / "home") == before


def test_a_database_that_may_only_be_read(
    screen: Screen, tmp_path: Path, read_only: Callable[[Path], None]
) -> None:
    environment = furnish(tmp_path / "home")
    read_only(tmp_path / "home" / "arboris.db")
    app = screen.start(environment, before=NOBODY_SPECIAL)
    window = app.until_shown()
    until(lambda: screen.active() == window, "the message is in front")
    screen.ask("xdotool", "key", "Escape")
    assert app.until_ended() == 1
    assert "cannot be written to" in app.said()
    assert command(environment, "status").returncode == 0, "looking at it is possible"


@pytest.mark.parametrize("new", [True, False], ids=["at the first start", "later"])
def test_a_full_disk(screen: Screen, tmp_path: Path, new: bool) -> None:
    with small_disk(tmp_path / "small", 4) as disk:
        environment = {"ARBORIS_HOME": str(disk / "home")} if new else furnish(disk / "home")
        ballast = fill(disk)
        refused(screen, environment, "The disk is full.")
        ballast.unlink()
        told = command(environment, "status")
        assert told.returncode == 0, "nothing half-made is in the way of the next start"


def test_a_path_too_long_for_the_database(screen: Screen, tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["很长的文件夹名字" * 5] * 4)
    refused(screen, {"ARBORIS_HOME": str(deep)}, "The path is too long")
    assert not (tmp_path / ("很长的文件夹名字" * 5)).exists()


@pytest.mark.parametrize(
    "name",
    [
        "作者 的 家 😀",
        "100%20#1?&'\" [x]",
        "/".join(["a folder in a folder"] * 14),
    ],
    ids=["Chinese, spaces, emoji", "signs of addresses", "long"],
)
def test_a_home_of_any_name_works(screen: Screen, tmp_path: Path, name: str) -> None:
    """The user's own folder, as the system names it: no variable of ours helps."""
    home = tmp_path / name
    home.mkdir(parents=True)
    environment = {"HOME": str(home), "XDG_DATA_HOME": "", "ARBORIS_BASE_URL": "http://127.0.0.1:9"}
    begun = command(environment, "new", "第一部")
    assert begun.returncode == 0, begun.stderr

    app = screen.start(environment)
    app.close_window(app.until_shown())

    assert app.until_ended() == 0
    assert app.said() == ""
    data = home / ".local" / "share" / "Arboris Desktop"
    assert (data / "arboris.db").exists()
    assert (data / "window.ini").exists(), "the window's place is remembered"
    told = command(environment, "status", begun.stdout.strip())
    assert told.returncode == 0, told.stderr


def test_a_window_file_that_cannot_be_written_keeps_nobody(
    screen: Screen, tmp_path: Path, read_only: Callable[[Path], None]
) -> None:
    environment = furnish(tmp_path / "home")
    remembered = tmp_path / "home" / "window.ini"
    remembered.write_text("[General]\ngeometry=@ByteArray(not one)\n")
    read_only(remembered)
    app = screen.start(environment, before=NOBODY_SPECIAL)
    app.close_window(app.until_shown())
    assert app.until_ended() == 0
    assert app.said() == ""


def test_without_a_keyring_the_command_line_says_what_to_do(tmp_path: Path) -> None:
    """A server that wants a key, and no place that holds one: never a traceback."""
    environment = furnish(tmp_path / "home") | {
        "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"
    }
    told = command(environment, "doctor")
    assert "Traceback" not in told.stderr
    assert "keyring" in told.stdout
