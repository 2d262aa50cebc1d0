"""The Debian package and the plain archive, made from the frozen folder."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from freeze import contents, names
from linux import files

DEB = Path(__file__).parent / "deb"

FROM_DEPENDENCIES = (
    "libX11",
    "libdbus-1",
    "libfontconfig",
    "libfreetype",
    "libglib-2.0",
    "libgthread-2.0",
    "libxcb",
    "libxkbcommon",
)
"""Libraries of the screen that a Debian package takes from the system, where they are mended."""

_NEEDED_BEYOND_QT = ("libc6 (>= 2.34)", "libgcc-s1", "libstdc++6", "libx11-6", "libx11-xcb1")
_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Source:
    """The material of a package: the checkout, the frozen folder, the version and the time it
    bears."""

    root: Path
    frozen: Path
    version: str
    built_at: datetime

    @property
    def architecture(self) -> str:
        """Debian's word for this machine's processor."""
        return _ARCHITECTURES[os.uname().machine]


def make_archive(source: Source, dist: Path) -> Path:
    """Packs the frozen folder with its menu entry and icons as `.tar.zst`; returns the file.

    Files are sorted, owned by root and bear one time, so that two builds of one commit agree.
    """
    name = f"{names.COMMAND}-{source.version}-linux-{os.uname().machine}"
    stage = dist / name
    shutil.rmtree(stage, ignore_errors=True)
    shutil.copytree(source.frozen, stage, symlinks=True)
    files.stage_shared_files(source.root, stage, source.built_at)
    target = dist / f"{name}.tar.zst"
    _run(
        *("tar", "--create", "--sort=name", "--owner=0", "--group=0", "--numeric-owner"),
        *(f"--mtime=@{_seconds(source)}", "--use-compress-program=zstd -T0 -17 --quiet"),
        *("--file", str(target), "--directory", str(dist), name),
    )
    shutil.rmtree(stage)
    return target


def make_deb(source: Source, dist: Path) -> Path:
    """Makes the Debian package; returns the file. Needs `dpkg-deb`."""
    name = f"{names.COMMAND}_{debian_version(source.version)}_{source.architecture}"
    stage = dist / name
    shutil.rmtree(stage, ignore_errors=True)
    usr = stage / "usr"
    library = usr / "lib" / names.COMMAND
    shutil.copytree(source.frozen, library, symlinks=True)
    _leave_to_system(library)
    (usr / "bin").mkdir()
    (usr / "bin" / names.COMMAND).symlink_to(f"../lib/{names.COMMAND}/{names.COMMAND}")
    files.stage_shared_files(source.root, usr, source.built_at)
    _stage_documents(source, usr / "share")
    _set_modes(stage)
    _write_control(source, stage)
    target = dist / f"{name}.deb"
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(_seconds(source))}
    _run(
        *("dpkg-deb", "--root-owner-group", "-Zxz", "--build", str(stage), str(target)),
        environment=environment,
    )
    shutil.rmtree(stage)
    return target


def debian_version(version: str) -> str:
    """The version as Debian sorts it: `1.2.0~rc1` is older than `1.2.0`."""
    for mark in ("a", "b", "rc"):
        head, found, tail = version.partition(mark)
        if found:
            return f"{head}~{found}{tail}"
    return version


def dependencies(root: Path) -> str:
    """The packages that the program needs: those that Qt's wheels expect, and its own."""
    listed = (root / "packaging" / "requirements" / "apt-qt.txt").read_text(encoding="utf-8")
    qt = [line for line in listed.splitlines() if line and not line.startswith("#")]
    return ", ".join(sorted({*qt, *_NEEDED_BEYOND_QT}))


def _leave_to_system(library: Path) -> None:
    """Removes the libraries that the dependencies bring, and those that only they needed."""
    inside = library / "_internal"
    for path in inside.glob("lib*.so*"):
        if path.name.startswith(FROM_DEPENDENCIES):
            path.unlink()
    kept = [p for p in inside.rglob("*.so*") if p.is_file() and not p.is_symlink()]
    top = {path.name: path for path in kept if path.parent == inside}
    needed = contents.reached(top, [path for path in kept if path.name not in top])
    for name in top.keys() - needed:
        if not name.startswith(("libpyside6", "libshiboken6")):
            top[name].unlink()


def _stage_documents(source: Source, share: Path) -> None:
    documents = share / "doc" / names.COMMAND
    licence = (source.root / "LICENSE").read_text(encoding="utf-8").strip().splitlines()
    indented = "\n".join(f" {line}" if line.strip() else " ." for line in licence)
    text = (DEB / "copyright").read_text(encoding="utf-8").replace("@LICENSE@", indented)
    files.write(documents / "copyright", text)
    third_party = source.frozen / "_internal" / "THIRD_PARTY.md"
    if third_party.exists():
        files.copy(third_party, documents)
    _write_gz(documents / "changelog.gz", _changelog(source))
    manual = share / "man" / "man1" / f"{names.COMMAND}.1"
    _write_gz(manual.with_name(manual.name + ".gz"), manual.read_text(encoding="utf-8"))
    manual.unlink()
    overrides = (DEB / "lintian-overrides").read_text(encoding="utf-8")
    files.write(share / "lintian" / "overrides" / names.COMMAND, overrides)


def _changelog(source: Source) -> str:
    return (
        f"{names.COMMAND} ({debian_version(source.version)}) unstable; urgency=medium\n\n"
        "  * The changes of this version are in the project's CHANGELOG.md.\n\n"
        f" -- {names.AUTHORS} <{names.CONTACT}>  {format_datetime(source.built_at)}\n"
    )


def _write_gz(path: Path, text: str) -> None:
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))


def _set_modes(stage: Path) -> None:
    for path in stage.rglob("*"):
        if path.is_symlink():
            continue
        is_program = path.is_dir() or path == stage / "usr" / "lib" / names.COMMAND / names.COMMAND
        path.chmod(0o755 if is_program else 0o644)


def _write_control(source: Source, stage: Path) -> None:
    sums, size = [], 0
    for path in sorted(stage.rglob("*")):
        if path.is_file() and not path.is_symlink():
            digest = hashlib.md5(path.read_bytes(), usedforsecurity=False).hexdigest()
            sums.append(f"{digest}  {path.relative_to(stage)}\n")
            size += path.stat().st_size
    fields = {
        "Package": names.COMMAND,
        "Version": debian_version(source.version),
        "Architecture": source.architecture,
        "Maintainer": f"{names.AUTHORS} <{names.CONTACT}>",
        "Installed-Size": str(size // 1024),
        "Depends": dependencies(source.root),
        "Recommends": "dbus-user-session, fonts-noto-cjk, gnome-keyring | kwalletmanager",
        "Section": "editors",
        "Priority": "optional",
        "Description": (DEB / "description").read_text(encoding="utf-8").strip(),
    }
    control = "".join(f"{name}: {value}\n" for name, value in fields.items())
    files.write(stage / "DEBIAN" / "control", control)
    files.write(stage / "DEBIAN" / "md5sums", "".join(sums))
    (stage / "DEBIAN").chmod(0o755)


def _seconds(source: Source) -> int:
    return int(source.built_at.astimezone(UTC).timestamp())


def _run(*command: str, environment: dict[str, str] | None = None) -> None:
    subprocess.run(command, check=True, env=environment)
