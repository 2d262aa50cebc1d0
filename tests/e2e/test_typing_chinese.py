"""Chinese typed into a chapter with a real input method, from source and in the frozen program."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from arboris_desktop.domain.novel import Language
from arboris_desktop.domain.settings import InterfaceLanguage, InterfaceSettings, ProviderSettings
from arboris_desktop.services import build_services
from tests.support import pinyin, real_desktop
from tests.support.pinyin import Pinyin
from tests.support.real_desktop import ROOT, SOURCE, App, Screen, until

_MISSING = real_desktop.missing() + pinyin.missing()

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.alone,
    pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}"),
]

DIST = "ARBORIS_TEST_DIST"
"""Names the folder with the result of `dev.py build`, when it is not `dist`."""

FCITX = {"QT_IM_MODULE": "fcitx", "GTK_IM_MODULE": "fcitx", "XMODIFIERS": "@im=fcitx"}
"""The variables of a desktop that uses Fcitx 5; im-config of Debian sets them."""


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    (tmp_path / "screen").mkdir()
    with real_desktop.screen(tmp_path / "screen", tray=False) as screen:
        yield screen


@pytest.fixture
def fcitx(screen: Screen, tmp_path: Path) -> Pinyin:
    return Pinyin(screen, tmp_path / "author")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A data folder with a novel that has a written chapter."""
    home = tmp_path / "home"
    services = build_services({"ARBORIS_HOME": str(home)})
    services.preferences.set(
        ProviderSettings(configured=True), InterfaceSettings(language=InterfaceLanguage.ENGLISH)
    )
    services.novels.create_sample(Language.CHINESE)
    services.close()
    return home


def frozen() -> tuple[str, ...]:
    """The frozen program; skips where nobody has built it."""
    dist = Path(os.environ.get(DIST) or ROOT / "dist")
    program = dist / "arboris-desktop" / "arboris-desktop"
    if not program.exists():
        pytest.skip(f"there is no build in {dist}: run 'python3 dev.py build', or set {DIST}")
    return (str(program),)


@pytest.mark.parametrize(
    "variables",
    [FCITX, {"XMODIFIERS": "@im=fcitx"}, {"QT_IM_MODULE": "ibus"}],
    ids=["as im-config sets them", "the one of X only", "Fcitx in the place of IBus"],
)
def test_from_source(
    screen: Screen, fcitx: Pinyin, home: Path, variables: dict[str, str], tmp_path: Path
) -> None:
    type_hello(screen, fcitx, home, variables, SOURCE)
    screen.photograph(tmp_path / "typed.png")


def test_in_the_frozen_program(screen: Screen, fcitx: Pinyin, home: Path, tmp_path: Path) -> None:
    type_hello(screen, fcitx, home, FCITX, frozen())
    screen.photograph(tmp_path / "typed.png")


def test_without_a_session_bus_letters_can_be_typed(
    screen: Screen, home: Path, tmp_path: Path
) -> None:
    """Fcitx is named and does not run: the window opens all the same, and takes what is typed."""
    nowhere = {"XDG_CONFIG_HOME": str(tmp_path / "nothing"), "DBUS_SESSION_BUS_ADDRESS": ""}
    app = screen.start(
        {"ARBORIS_HOME": str(home)} | FCITX,
        before=("env", *(f"{name}={value}" for name, value in nowhere.items())),
    )
    window = open_novel(screen, app)

    def takes_letters() -> bool:
        click_into_text(screen, window)
        screen.ask("xdotool", "type", "--delay", "60", "nihao")
        # The chapter may have come after the keys: then they are pressed once more.
        with suppress(AssertionError):
            until(lambda: "nihao" in "".join(texts(home)), "it is stored", seconds=6)
            return True
        return False

    assert any(takes_letters() for _ in range(6))
    assert app.said() == ""


def type_hello(
    screen: Screen, fcitx: Pinyin, home: Path, variables: dict[str, str], program: tuple[str, ...]
) -> None:
    """Types as an author does, and waits until the characters are in the database."""
    environment = {"ARBORIS_HOME": str(home)} | fcitx.environment | variables
    app = screen.start(environment, program=program, before=fcitx.on_its_bus())
    window = open_novel(screen, app)

    def has_keyboard() -> bool:
        click_into_text(screen, window)
        return fcitx.is_on()

    until(has_keyboard, "the input method has the keyboard")
    screen.ask("xdotool", "type", "--delay", "60", "nihao")
    screen.ask("xdotool", "key", "space")
    until(lambda: "你好" in "".join(texts(home)), f"你好 is in the chapter ({app.said()})")
    assert "nihao" not in "".join(texts(home))


def open_novel(screen: Screen, app: App) -> str:
    """Opens the only novel, whose first chapter is shown soon; returns the window."""
    window = app.until_shown()
    until(lambda: screen.active() == window, "the window is in front")
    until(lambda: is_open(screen, window), "the novel is open")
    return window


def click_into_text(screen: Screen, window: str) -> None:
    """Puts the cursor there, if the chapter is shown already."""
    screen.ask("xdotool", "mousemove", "--window", window, "600", "420", "click", "1")


def is_open(screen: Screen, window: str) -> bool:
    """Tries to open the novel, as long as its title is not in the frame.

    Nobody knows from outside where the list begins. Where it is empty, and in the chapter that is
    shown later, two clicks do no harm.
    """
    for height in range(420, 260, -30):
        if screen.title(window).startswith("六更天"):
            return True
        screen.ask("xdotool", "mousemove", "--window", window, "450", str(height))
        screen.ask("xdotool", "click", "--repeat", "2", "--delay", "60", "1")
    return False


def texts(home: Path) -> list[str]:
    """The text of every version of a chapter that is stored."""
    with closing(sqlite3.connect(f"{(home / 'arboris.db').as_uri()}?mode=ro", uri=True)) as opened:
        return [row[0] for row in opened.execute("SELECT content FROM chapter_versions")]
