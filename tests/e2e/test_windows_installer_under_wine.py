"""The Windows installer does its work: installs, upgrades and leaves, and the books stay.

Its programs are stand-ins; what is tried is the installer itself, under Wine. Skipped without it:
`dpkg --add-architecture i386 && apt-get install wine wine32:i386` (NSIS makes 32-bit programs).
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import dev
from freeze import icons
from windows import installer

MISSING = [tool for tool in ("makensis", "wine", "wineserver") if shutil.which(tool) is None]

pytestmark = [
    pytest.mark.long,
    pytest.mark.e2e,
    pytest.mark.skipif(bool(MISSING), reason=f"not installed: {', '.join(MISSING)}"),
    pytest.mark.timeout(300),
]

CLASSES = r"HKCU\Software\Classes"
RUN = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Run"
UNINSTALL = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\ArborisDesktop"


@dataclass(frozen=True)
class Windows:
    """A Windows of its own: a prefix of Wine."""

    prefix: Path

    def run(self, *words: str | Path) -> subprocess.CompletedProcess[str]:
        """Runs a program to its end."""
        environment = os.environ | {"WINEPREFIX": str(self.prefix), "WINEDEBUG": "-all"}
        environment["DISPLAY"] = ""
        command = ["wine", *map(str, words)]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, timeout=120
        )

    def install(self, setup: Path) -> None:
        """Runs an installer that asks nothing."""
        assert self.run(setup, "/S").returncode == 0

    def uninstall(self) -> None:
        """Runs the uninstaller; it works in a copy of itself, so its end is awaited."""
        assert self.run(self.programs / "uninstall.exe", "/S").returncode == 0
        environment = os.environ | {"WINEPREFIX": str(self.prefix)}
        subprocess.run(["wineserver", "-w"], env=environment, check=True, timeout=60)

    def value(self, key: str, name: str) -> str | None:
        """A value of the registry, None where there is none; name "" is the key's own."""
        which = ["/v", name] if name else ["/ve"]
        found = self.run("reg", "query", key, *which)
        if found.returncode != 0:
            return None
        return found.stdout.partition("REG_SZ")[2].strip()

    @property
    def _local(self) -> Path:
        (local,) = self.prefix.glob("drive_c/users/*/AppData/Local")
        return local

    @property
    def programs(self) -> Path:
        """The folder in which the program is installed."""
        return self._local / "Programs" / "Arboris Desktop"

    @property
    def books(self) -> Path:
        """The folder of the author's database."""
        return self._local / "Arboris Desktop" / "arboris.db"


@pytest.fixture
def windows(tmp_path: Path) -> Iterator[Windows]:
    made = Windows(tmp_path / "wine")
    assert made.run("wineboot", "--init").returncode == 0
    yield made
    environment = os.environ | {"WINEPREFIX": str(made.prefix)}
    subprocess.run(["wineserver", "-k"], env=environment, check=False, timeout=60)


def make_installer(folder: Path, version: str) -> Path:
    """An installer of that version, over stand-ins for the programs."""
    stage = folder / "stage" / version
    (stage / "_internal").mkdir(parents=True)
    for name in ("Arboris Desktop.exe", "arboris-desktop.exe", f"_internal/作家 {version}.txt"):
        (stage / name).write_text(version, encoding="utf-8")
    icon = icons.make(dev.ROOT / "resources" / "icons" / "app.svg", folder / "icons").ico
    return installer.make(dev.ROOT, stage, version, icon, folder)


def test_an_installation_its_upgrade_and_its_end(windows: Windows, tmp_path: Path) -> None:
    windows.install(make_installer(tmp_path, "1.2.0"))
    window = windows.programs / "Arboris Desktop.exe"
    assert window.read_text(encoding="utf-8") == "1.2.0"
    assert windows.value(UNINSTALL, "DisplayVersion") == "1.2.0"
    assert windows.value(RUN, "ArborisDesktop") is None, "nobody asked for it"
    windows.books.parent.mkdir()
    windows.books.write_text("a book", encoding="utf-8")
    (windows.programs / "mine.txt").write_text("put there by the author", encoding="utf-8")

    windows.install(make_installer(tmp_path, "1.3.0"))
    assert window.read_text(encoding="utf-8") == "1.3.0"
    assert [path.name for path in (windows.programs / "_internal").iterdir()] == ["作家 1.3.0.txt"]
    assert windows.value(UNINSTALL, "DisplayVersion") == "1.3.0"

    windows.uninstall()
    assert [path.name for path in windows.programs.iterdir()] == ["mine.txt"]
    assert windows.books.read_text(encoding="utf-8") == "a book"
    assert windows.value(UNINSTALL, "DisplayVersion") is None


def test_a_novel_is_opened_by_the_program_until_it_is_gone(
    windows: Windows, tmp_path: Path
) -> None:
    setup = make_installer(tmp_path, "1.2.0")
    windows.install(setup)
    progid = windows.value(rf"{CLASSES}\.arboris", "")
    assert progid == "ArborisDesktop.Novel.1"
    opener = windows.value(rf"{CLASSES}\{progid}\shell\open\command", "")
    assert opener is not None
    assert opener.endswith('\\Programs\\Arboris Desktop\\Arboris Desktop.exe" "%1"')
    windows.uninstall()
    assert windows.value(rf"{CLASSES}\{progid}", "") is None
    assert windows.value(rf"{CLASSES}\.arboris", "") is None

    windows.install(setup)
    windows.run("reg", "add", rf"{CLASSES}\.arboris", "/ve", "/d", "Other.Program", "/f")
    windows.uninstall()
    assert windows.value(rf"{CLASSES}\.arboris", "") == "Other.Program"


def test_an_upgrade_keeps_the_start_in_the_tray(windows: Windows, tmp_path: Path) -> None:
    setup = make_installer(tmp_path, "1.2.0")
    windows.install(setup)
    windows.run("reg", "add", RUN, "/v", "ArborisDesktop", "/d", "chosen", "/f")
    windows.install(setup)
    starts = windows.value(RUN, "ArborisDesktop")
    assert starts is not None
    assert starts.endswith('Arboris Desktop.exe" --tray')
    windows.uninstall()
    assert windows.value(RUN, "ArborisDesktop") is None
