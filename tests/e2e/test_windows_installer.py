"""The Windows installer's script compiles, and its uninstaller leaves the author's books alone."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

import dev
from freeze import icons
from windows import installer

pytestmark = pytest.mark.e2e

PROGRAMS = ("Arboris Desktop.exe", "arboris-desktop.exe")
SCRIPT = installer.SCRIPT.read_text(encoding="utf-8")


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
@pytest.mark.parametrize("signer", [None, "sign.sh"])
def test_the_script_compiles_over_a_staged_tree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, signer: str | None
) -> None:
    stage = tmp_path / "stage"
    (stage / "_internal").mkdir(parents=True)
    for name in (*PROGRAMS, "_internal/作家.txt"):
        (stage / name).write_bytes(b"stand-in")
    signed = tmp_path / "signed.txt"
    if signer is not None:
        script = tmp_path / signer
        script.write_text(f'#!/bin/sh\necho "$1" >> {signed}\n', encoding="utf-8")
        script.chmod(0o755)
        monkeypatch.setenv(installer.SIGN_VARIABLE, str(script))
    icon = icons.make(dev.ROOT / "resources" / "icons" / "app.svg", tmp_path / "icons").ico
    made = installer.make(dev.ROOT, stage, "1.2.0rc1", icon, tmp_path)
    assert made.read_bytes()[:2] == b"MZ"
    signatures = signed.read_text(encoding="utf-8").splitlines() if signer else []
    # Both programs, the uninstaller, and the installer itself: each before it is packed.
    assert len(signatures) == (4 if signer else 0)
    assert signatures[:2] == [str(stage / name) for name in PROGRAMS][: len(signatures)]


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_when_its_files_were_made_is_not_in_the_installer(tmp_path: Path) -> None:
    icon = icons.make(dev.ROOT / "resources" / "icons" / "app.svg", tmp_path / "icons").ico
    made = []
    for number, name in enumerate(("one", "another")):
        stage = tmp_path / name / "stage"
        (stage / "_internal").mkdir(parents=True)
        (stage / "_internal" / "words.txt").write_text("the same", encoding="utf-8")
        os.utime(stage / "_internal" / "words.txt", (1e9 * number, 1e9 * number))
        made.append(installer.make(dev.ROOT, stage, "1.2.0", icon, stage.parent))
    assert made[0].read_bytes() == made[1].read_bytes()


@pytest.mark.skipif(shutil.which("makensis") is None, reason="makensis is not installed")
def test_an_empty_folder_makes_no_installer(tmp_path: Path) -> None:
    (tmp_path / "stage").mkdir()
    icon = icons.make(dev.ROOT / "resources" / "icons" / "app.svg", tmp_path / "icons").ico
    with pytest.raises(subprocess.CalledProcessError):
        installer.make(dev.ROOT, tmp_path / "stage", "1.2.0", icon, tmp_path)


def test_folders_are_removed_whole_only_where_all_of_it_is_ours() -> None:
    removed = [line.strip() for line in SCRIPT.splitlines() if "RMDir /r" in line]
    assert removed == ['RMDir /r "$INSTDIR\\_internal"']


def test_only_the_program_is_chosen_by_itself() -> None:
    optional = [line for line in SCRIPT.splitlines() if line.startswith("Section /o")]
    assert len(optional) == 2
    assert any("AUTOSTART" in line for line in optional)
