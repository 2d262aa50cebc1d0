"""The AppImage, made from the frozen folder where `appimagetool` is to be had."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

from freeze import names
from linux import files
from linux.package import Source

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


def make(source: Source, dist: Path) -> Path:
    """Makes the AppImage; returns the file. Needs `appimagetool`."""
    machine = os.uname().machine
    name = f"{names.COMMAND}-{source.version}-{machine}"
    folder = stage(source, dist / f"{name}.AppDir")
    target = dist / f"{name}.AppImage"
    epoch = str(int(source.built_at.timestamp()))
    environment = os.environ | {"ARCH": machine, "SOURCE_DATE_EPOCH": epoch}
    subprocess.run(["appimagetool", str(folder), str(target)], check=True, env=environment)
    shutil.rmtree(folder)
    return target
