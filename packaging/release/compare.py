"""Compares two builds and lists what differs, down to the file inside an archive.

    PYTHONPATH=packaging python -m release.compare LEFT RIGHT

Both are folders (frozen programs, a whole `dist`) or both are files. Archives are opened only when
their bytes differ. Times of files in folders are not compared: the packages set them.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

Unpack = Callable[[Path, Path], None]
"""Puts what is in an archive into an empty folder."""


def differences(left: Path, right: Path, name: str = "") -> Iterator[str]:
    """Differences, a line each, the place first; nothing when the two are the same.

    `name` is the place that the lines begin with.
    """
    if left.is_dir() and right.is_dir() and not (left.is_symlink() or right.is_symlink()):
        yield from _folders(left, right, name)
    elif _kind(left) != _kind(right):
        yield f"{name}: {_kind(left)} against {_kind(right)}"
    elif left.is_symlink():
        if left.readlink() != right.readlink():
            yield f"{name}: leads to {left.readlink()} against {right.readlink()}"
    else:
        yield from _files(left, right, name)


def _kind(path: Path) -> str:
    if path.is_symlink():
        return "a link"
    return "a folder" if path.is_dir() else "a file"


def _folders(left: Path, right: Path, name: str) -> Iterator[str]:
    names = {path.name for path in left.iterdir()}, {path.name for path in right.iterdir()}
    for entry in sorted(names[0] | names[1]):
        place = f"{name}/{entry}" if name else entry
        if entry not in names[1]:
            yield f"{place}: only on the left"
        elif entry not in names[0]:
            yield f"{place}: only on the right"
        else:
            yield from differences(left / entry, right / entry, place)


def _files(left: Path, right: Path, name: str) -> Iterator[str]:
    modes = [path.stat().st_mode & 0o777 for path in (left, right)]
    if modes[0] != modes[1]:
        yield f"{name}: mode {modes[0]:o} against {modes[1]:o}"
    if left.read_bytes() == right.read_bytes():
        return
    unpack = _unpacker(left)
    inside = list(_archives(left, right, name, unpack)) if unpack else []
    # The same content in other bytes: order, times, or how it was packed.
    yield from inside or [f"{name}: {_bytes(left, right)}"]


def _archives(left: Path, right: Path, name: str, unpack: Unpack) -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="arboris-compare-") as scratch:
        folders = Path(scratch) / "left", Path(scratch) / "right"
        for archive, folder in zip((left, right), folders, strict=True):
            folder.mkdir()
            unpack(archive, folder)
        yield from differences(*folders, f"{name}!")


def _bytes(left: Path, right: Path) -> str:
    first, second = left.read_bytes(), right.read_bytes()
    pairs = enumerate(zip(first, second, strict=False))
    place = next((at for at, (a, b) in pairs if a != b), min(len(first), len(second)))
    return f"{len(first)} against {len(second)} bytes, other from byte {place}"


def _unpacker(path: Path) -> Unpack | None:
    """The function that opens an archive, by its name or its first bytes; None for any other
    file."""
    if path.suffix == ".deb":
        return _unpack_deb
    if path.suffixes[-2:] == [".tar", ".zst"]:
        return _unpack_tar
    if zipfile.is_zipfile(path):
        return _unpack_zip
    if _is_frozen(path):
        return _unpack_frozen
    return None


def _unpack_deb(archive: Path, folder: Path) -> None:
    subprocess.run(["dpkg-deb", "-R", archive, folder], check=True)


def _unpack_tar(archive: Path, folder: Path) -> None:
    options = ["--zstd", "--file", str(archive), "--directory", str(folder)]
    subprocess.run(["tar", "--extract", *options], check=True)


def _unpack_zip(archive: Path, folder: Path) -> None:
    with zipfile.ZipFile(archive) as opened:
        opened.extractall(folder)


def _is_frozen(path: Path) -> bool:
    """True if PyInstaller put modules behind the program's end, or made this archive of them."""
    with path.open("rb") as file:
        head = file.read(4)
        file.seek(max(path.stat().st_size - 4096, 0))
        return head == b"PYZ\0" or b"MEI\014\013\012\013\016" in file.read()


def _unpack_frozen(archive: Path, folder: Path) -> None:
    from PyInstaller.archive.readers import CArchiveReader, ZlibArchiveReader

    if archive.read_bytes()[:4] == b"PYZ\0":
        modules = ZlibArchiveReader(str(archive))
        for name in modules.toc:
            (folder / name).write_bytes(modules.extract(name, raw=True) or b"")
        return
    program = CArchiveReader(str(archive))
    for name in program.toc:
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(program.extract(name))
    # What PyInstaller's loader itself is, in front of its archive.
    with archive.open("rb") as file:
        (folder / "bootloader").write_bytes(file.read(program._start_offset))


def main(arguments: list[str]) -> int:
    """Prints what differs between the two; returns 1 when anything does, 2 for wrong use."""
    if len(arguments) != 2 or not all(Path(argument).exists() for argument in arguments):
        print("usage: python -m release.compare LEFT RIGHT", file=sys.stderr)
        return 2
    left, right = map(Path, arguments)
    found = list(differences(left, right, "" if left.is_dir() else left.name))
    print("\n".join(found) if found else "the two are the same")
    return int(bool(found))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
