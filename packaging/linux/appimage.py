"""The AppImage, made from the frozen folder: a runtime, and behind it a file system.

`appimagetool` makes it with the runtime that it brings or fetches. Where a runtime is at hand
(RUNTIME_VARIABLE), `mksquashfs` is enough, and nothing is fetched.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from freeze import names
from linux import files
from linux.package import Source

RUNTIME_VARIABLE = "ARBORIS_APPIMAGE_RUNTIME"
"""Names the runtime's file: a release of AppImage/type2-runtime, or what its source compiles to."""

START = """\
#!/bin/sh
# What an AppImage runs, wherever it was mounted.
exec "$(dirname "$(readlink -f "$0")")/usr/lib/arboris-desktop/arboris-desktop" "$@"
"""


def stage(source: Source, folder: Path) -> Path:
    """Lays the folder out as `appimagetool` wants it; returns `folder`."""
    shutil.rmtree(folder, ignore_errors=True)
    usr = folder / "usr"
    shutil.copytree(source.frozen, usr / "lib" / names.COMMAND, symlinks=True)
    files.stage_shared_files(source.root, usr, source.built_at)
    start = folder / "AppRun"
    start.write_text(START, encoding="utf-8")
    start.chmod(0o755)
    # It looks for the menu entry and the icon at the top.
    files.copy(usr / "share" / "applications" / f"{names.COMMAND}.desktop", folder)
    icon = usr / "share" / "icons" / "hicolor" / "256x256" / "apps" / f"{names.COMMAND}.png"
    files.copy(icon, folder)
    (folder / ".DirIcon").symlink_to(icon.name)
    return folder


def tool() -> str:
    """The program that `make` needs here."""
    return "mksquashfs" if os.environ.get(RUNTIME_VARIABLE) else "appimagetool"


def make(source: Source, dist: Path) -> Path:
    """Makes the AppImage; returns the file. Needs what `tool` names.

    Raises CalledProcessError when that refuses, OSError when the runtime cannot be read.
    """
    machine = os.uname().machine
    name = f"{names.COMMAND}-{source.version}-{machine}"
    folder = stage(source, dist / f"{name}.AppDir")
    target = dist / f"{name}.AppImage"
    seconds = str(int(source.built_at.timestamp()))
    if runtime := os.environ.get(RUNTIME_VARIABLE):
        _join(Path(runtime), folder, target, seconds)
    else:
        environment = os.environ | {"ARCH": machine, "SOURCE_DATE_EPOCH": seconds}
        subprocess.run(["appimagetool", str(folder), str(target)], check=True, env=environment)
    shutil.rmtree(folder)
    return target


def _join(runtime: Path, folder: Path, target: Path, seconds: str) -> None:
    """Puts the folder, as a file system whose files all bear one time, behind the runtime."""
    packed = target.with_suffix(".squashfs")
    packed.unlink(missing_ok=True)
    options = ["-root-owned", "-comp", "zstd", "-quiet", "-no-progress"]
    times = ["-mkfs-time", seconds, "-all-time", seconds]
    command = ["mksquashfs", str(folder), str(packed), *options, *times]
    # It takes the time from its options or from the environment, not from both.
    environment = {name: v for name, v in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
    subprocess.run(command, check=True, env=environment)
    with target.open("wb") as whole:
        for part in (runtime, packed):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    target.chmod(0o755)
    packed.unlink()
