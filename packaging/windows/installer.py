"""The Windows installer, compiled from `installer.nsi` with NSIS (also under Linux)."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from freeze import names, version_resource

SCRIPT = Path(__file__).with_name("installer.nsi")

SIGN_VARIABLE = "ARBORIS_SIGN_COMMAND"
"""Holds the command that signs a file named after it; without it nothing is signed."""


def make(root: Path, frozen: Path, version: str, icon: Path, dist: Path) -> Path:
    """Compiles the installer for a frozen folder; returns the file. Needs `makensis`.

    With a key, the programs in the folder are signed first, then the uninstaller and the installer.
    Raises CalledProcessError with what NSIS or the signing command says; NSIS's warnings count as
    errors.
    """
    target = dist / f"{names.COMMAND}-{version}-windows-x64.exe"
    defined = {
        "NAME": names.APPLICATION,
        "COMMAND": names.COMMAND,
        "PUBLISHER": names.AUTHORS,
        "VERSION": version,
        "NUMBERS": ".".join(map(str, version_resource.four_numbers(version))),
        "STAGE": frozen.resolve(),
        "OUTFILE": target.resolve(),
        "ICON": icon.resolve(),
        "LICENCE": (root / "LICENSE").resolve(),
        "SUFFIX": names.NOVEL_SUFFIX,
        "TYPE": names.NOVEL_TYPE,
    }
    if signing := os.environ.get(SIGN_VARIABLE):
        for program in sorted(frozen.glob("*.exe")):
            # As NSIS runs it: a line for the system's shell.
            subprocess.run(f'{signing} "{program}"', shell=True, check=True)
        defined["SIGN"] = signing
    options = [f"-D{name}={value}" for name, value in defined.items()]
    command = ["makensis", "-V2", "-WX", "-INPUTCHARSET", "UTF8", *options, str(SCRIPT)]
    subprocess.run(command, check=True)
    return target
