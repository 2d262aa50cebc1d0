"""Freezes the application and makes what this system can make of it. Run by `dev.py build`."""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from freeze import names

SPEC = names.ROOT / "packaging" / "arboris.spec"


def main(arguments: list[str] | None = None) -> int:
    """Freezes, then packs; prints each file with its size. Returns PyInstaller's exit code."""
    parser = argparse.ArgumentParser(prog="dev.py build", description=__doc__)
    parser.add_argument("--dist", type=Path, default=names.ROOT / "dist", help="for the results")
    parser.add_argument(
        "--work", type=Path, default=names.ROOT / "build", help="for what is between"
    )
    parser.add_argument("--no-freeze", action="store_true", help="take the folder that is there")
    parser.add_argument("--no-installers", action="store_true", help="the frozen folder only")
    parser.add_argument("--version", default=names.version(), help="what the packages call it")
    options = parser.parse_args(arguments)
    if not options.no_freeze and (code := freeze(options.dist, options.work)):
        return code
    made = [] if options.no_installers else installers(options.dist, options.work, options.version)
    for path in made:
        print(f"{path.stat().st_size / 1e6:8.1f} MB  {path}")
    return 0


def freeze(dist: Path, work: Path) -> int:
    """Runs PyInstaller; the folder `arboris-desktop` is then in `dist`."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(dist), "--workpath", str(work), str(SPEC)]
    # Hashes of strings decide the order of sets, and so of what PyInstaller writes.
    environment = {
        **os.environ,
        "PYTHONHASHSEED": "1",
        "SOURCE_DATE_EPOCH": str(int(built_at().timestamp())),
    }
    return subprocess.run(command, cwd=names.ROOT, env=environment, check=False).returncode


def built_at() -> datetime:
    """The time that everything bears: SOURCE_DATE_EPOCH, else that of the commit, else now."""
    if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
        return datetime.fromtimestamp(int(epoch), UTC)
    command = ["git", "-C", str(names.ROOT), "log", "-1", "--format=%ct"]
    if shutil.which("git") is not None:
        asked = subprocess.run(command, capture_output=True, text=True, check=False)
        if asked.returncode == 0:
            return datetime.fromtimestamp(int(asked.stdout), UTC)
    return datetime.now(UTC)


def installers(dist: Path, work: Path, version: str) -> Iterable[Path]:
    """Makes the packages that this system has the tools for, and says which it has not."""
    for tool, make in makers(dist, work, version).items():
        if shutil.which(tool) is None:
            print(f"{tool} is not installed: what it makes was left out", file=sys.stderr)
        else:
            yield make()


def makers(dist: Path, work: Path, version: str) -> dict[str, Callable[[], Path]]:
    """The packages that can be made of the frozen folder on this system, by the tool that each
    takes."""
    frozen = dist / names.COMMAND
    if sys.platform == "win32":
        from windows import installer

        icon = work / "arboris" / "icons" / "app.ico"
        return {"makensis": lambda: installer.make(names.ROOT, frozen, version, icon, dist)}
    if sys.platform == "darwin":
        from macos import disk_image

        return {"hdiutil": lambda: disk_image.make(dist, version)}
    from linux import appimage, flatpak, package

    source = package.Source(names.ROOT, frozen, version, built_at())

    def archive() -> Path:
        made = package.make_archive(source, dist)
        flatpak.write(made)
        return made

    return {
        "zstd": archive,
        "dpkg-deb": lambda: package.make_deb(source, dist),
        appimage.tool(): lambda: appimage.make(source, dist),
    }


if __name__ == "__main__":
    sys.exit(main())
